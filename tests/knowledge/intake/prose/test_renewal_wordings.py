"""How an agreement goes on or ends, and how much notice stops it, said in one sentence; Indonesian and English."""

from datetime import date

import pytest

from knowledge.documents.model import Locator
from knowledge.intake.prose.clauses import topic_of
from knowledge.intake.prose.facts import AgreementDraft, ClauseDraft
from knowledge.intake.prose.terms import read_terms

WORDINGS = [
    ("Valid to 31 March 2032. It renews for one year unless we write 60 days before the end.", "automatic", 12, 60, "day"),
    ("This contract rolls over for successive periods of six months unless either party gives 45 days' written notice.", "automatic", 6, 45, "day"),
    ("The term rolls over for successive periods of 12 months.", "automatic", 12, None, None),
    ("The agreement may be ended at any month's end with 30 days' notice.", None, None, 30, "day"),
    ("Kontrak diperpanjang 12 bulan kecuali salah satu pihak menulis 45 hari sebelumnya.", "automatic", 12, 45, "day"),
    ("Perjanjian berakhir dengan sendirinya pada 30 Juni 2032.", "none", None, None, None),
    ("Perjanjian ini berakhir dengan sendirinya tanpa perlu pemberitahuan.", "none", None, None, None),
    ("Berlaku sampai 31 Mei 2032, lalu berlanjut setahun lagi bila tidak ada surat penolakan 60 hari sebelum berakhir.", "automatic", 12, 60, "day"),
    ("Kontrak otomatis berlanjut 1 tahun; bila hendak berhenti, kirim surat paling lambat 2 bulan sebelum masa habis.", "automatic", 12, 2, "month"),
    ("Kontrak bisa diakhiri setiap akhir bulan dengan pemberitahuan 30 hari.", None, None, 30, "day"),
    ("It goes on for another year if nobody objects 6 weeks before the last day.", "automatic", 12, 42, "day"),
    ("No automatic renewal; an extension must be agreed in writing 90 days before expiry.", "none", None, 90, "day"),
    ("The supplier renews us for 24 months each time unless we tell them 120 days ahead.", "automatic", 24, 120, "day"),
    ("Diperpanjang otomatis setiap kali 6 bulan, kecuali ada pemberitahuan tertulis 30 hari kerja sebelum berakhir.", "automatic", 6, 30, "business_day"),
    ("Valid until 1 July 2032, thereafter extended by 12 months at a time unless terminated with 90 days' notice to the end of the term.", "automatic", 12, 90, "day"),
    ("Kontrak ini diperpanjang dengan sendirinya satu tahun, kecuali kami menyurati 75 hari sebelum tanggal akhir.", "automatic", 12, 75, "day"),
    ("The contract expires on 31 March 2032 without notice.", "none", None, None, None),
    ("Tidak diperpanjang otomatis; usul perpanjangan disampaikan 3 bulan sebelum berakhir.", "none", None, 3, "month"),
    ("Renewal: 12 months each time, unless either side writes at least 80 days before the end.", "automatic", 12, 80, "day"),
    ("Renews every year for one further year; stop it by a letter that reaches them 100 days before the anniversary.", "automatic", 12, 100, "day"),
    ("Unless one of us objects at least two months in advance, the contract is prolonged by a year.", "automatic", 12, 2, "month"),
    ("Kontrak selesai pada 31 Mei 2032 tanpa perpanjangan.", "none", None, None, None),
    ("Setiap pihak dapat berhenti kapan saja dengan memberi tahu 90 hari di muka.", None, None, 90, "day"),
    ("Either side may leave at any time by giving three months' notice.", None, None, 3, "month"),
    ("Masa kontrak bergulir tiap 6 bulan selama tidak ada keberatan tertulis 30 hari sebelumnya.", "automatic", 6, 30, "day"),
    ("The arrangement lapses at the end of the term; there is no renewal.", "none", None, None, None),
]


@pytest.mark.parametrize(("text", "renewal", "months", "notice", "unit"), WORDINGS)
def test_renewal_and_notice_of_one_sentence(text, renewal, months, notice, unit):
    draft = AgreementDraft(0, Locator(), text)
    read_terms(draft, [ClauseDraft(0, Locator(), text, text=text, topic=topic_of("", text))], date(2031, 6, 2))
    assert (draft.renewal, draft.renewal_months, draft.notice_value, draft.notice_unit) == (renewal, months, notice, unit)


@pytest.mark.parametrize(
    "text",
    [
        "This agreement ends automatically if either party becomes insolvent.",
        "Perjanjian berakhir dengan sendirinya apabila salah satu pihak pailit.",
        "The price for one year is paid 30 days before the start of the year.",
        "Layanan dihentikan sementara dengan pemberitahuan 7 hari sebelumnya.",
    ],
)
def test_what_happens_in_a_case_or_to_a_service_is_neither(text):
    draft = AgreementDraft(0, Locator(), text)
    read_terms(draft, [ClauseDraft(0, Locator(), text, text=text, topic=topic_of("", text))], date(2031, 6, 2))
    assert (draft.renewal, draft.notice_value) == (None, None)
