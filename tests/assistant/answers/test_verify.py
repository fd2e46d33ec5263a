"""What evidence carries passes in every spelling; any other digit, day, unit, name or word does not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answers.verify import Computed, Verified, verify
from assistant.evidence import Evidence
from knowledge.access import Viewer
from knowledge.language.formats import format_date, format_duration, format_money, format_number, format_percent
from knowledge.linking import ContactName, KnownCustomer, Linker, Names

TODAY = date(2026, 11, 22)
PELITA, RANTAI = 1, 2
LINKER = Linker(
    Names(
        [
            KnownCustomer(PELITA, "Pelita Kencana", "short"),
            KnownCustomer(PELITA, "PKA", "abbreviation"),
            KnownCustomer(RANTAI, "Rantai Samudra", "short"),
        ],
        [ContactName(1, 1, "Hendra Wijaksono", PELITA), ContactName(2, 2, "Ratna Soewandi", RANTAI)],
    )
)
VIEWER = Viewer("wulan", customers=frozenset({PELITA}))


def evidence(*texts: str, customers: tuple[int, ...] = (PELITA,), **more: object) -> dict[str, Evidence]:
    return {
        f"E{number}": Evidence(f"E{number}", "passage", text, f"berkas/{number}.docx", customers=customers, **more)
        for number, text in enumerate(texts, 1)
    }  # type: ignore[arg-type]


def judge(
    answer: str,
    found: dict[str, Evidence],
    question: str = "Bagaimana ketentuannya?",
    strict: bool = True,
    computed: Computed | None = None,
) -> Verified:
    return verify(
        answer,
        found,
        question,
        today=TODAY,
        linker=LINKER,
        computed=computed or Computed(),
        viewer=VIEWER,
        strict=strict,
    )


def passes(answer: str, *texts: str, question: str = "Bagaimana ketentuannya?", strict: bool = True) -> bool:
    verified = judge(answer, evidence(*texts), question, strict)
    return bool(verified.cited) and not verified.removed


SOURCE = (
    "Penyedia menanggapi insiden P1 dalam 15 (lima belas) menit dan menyelesaikannya dalam 4 jam. Biaya bulanan Rp 1.250.000.000 dan jaminan EUR 14.500. "
    "Perjanjian berakhir 31 Desember 2027; pemberitahuan 90 hari sebelumnya. Ketersediaan 99,5% per bulan pada kapasitas 300 Mbps untuk 120 pengguna. "
    "Pemeliharaan setiap Sabtu pukul 23.00–03.00 WIB. Pelanggan tidak wajib membayar denda. Kode KE-017 dan TKT-2026-0042, Pasal 3.2."
)


@pytest.mark.parametrize(
    "answer",
    [
        "Insiden P1 ditanggapi dalam 15 menit [E1].",
        "Insiden P1 ditanggapi dalam lima belas menit [E1].",
        "P1 incidents: 15 minutes, solved in 4 hours [E1].",
        "Biaya bulanan Rp1,25 miliar [E1].",
        "Biaya bulanan IDR 1,250,000,000 [E1].",
        "Jaminan EUR 14,500 [E1].",
        "Perjanjian berakhir 31-12-2027 [E1].",
        "Perjanjian berakhir 2027-12-31 [E1].",
        "The agreement ends on 31 December 2027, notice 90 days before [E1].",
        "Perjanjian berakhir pada Desember 2027 [E1].",
        "Perjanjian berakhir Jumat, 31 Desember 2027 [E1].",
        "Ketersediaan 99.5 persen per bulan [E1].",
        "Kapasitas 300 Mbps untuk 120 orang pengguna [E1].",
        "Pemeliharaan Sabtu pukul 23:00 sampai 03:00 [E1].",
        "Pelanggan tidak wajib membayar denda [E1].",
        "Kode KE-017 menurut Pasal 3.2 [E1].",
        "Tertulis “menyelesaikannya dalam 4 jam” [E1].",
        "Tertulis “Penyedia menanggapi insiden P1 … dalam 4 jam.” [E1]",
        "1. Biaya bulanan Rp 1.250.000.000 [E1]\n2. Jaminan EUR 14.500 [E1]",
        "- P1: 15 menit [E1]\n- Penyelesaian: 4 jam [E1]",
        "# Biaya\nBiaya bulanan Rp 1.250.000.000 [E1]",
        "Ketentuan [E1]:\n- P1: 15 menit\n- penyelesaian insiden 4 jam",
        "P1 ditanggapi dalam 15 menit (E1)",
        "P1 ditanggapi dalam 15 menit 【E1】",
        "P1 ditanggapi dalam 15 menit. [E1] Insiden diselesaikan dalam 4 jam. [E1]",
    ],
)
def test_what_the_evidence_carries_passes(answer: str) -> None:
    verified = judge(answer, evidence(SOURCE))
    assert not verified.removed, verified.faults
    assert verified.cited


@pytest.mark.parametrize(
    "answer",
    [
        "Insiden P1 ditanggapi dalam 16 menit [E1].",
        "Insiden P1 ditanggapi dalam 15 jam [E1].",
        "Insiden P1 ditanggapi dalam 15 hari [E1].",
        "Insiden P1 ditanggapi dalam enam belas menit [E1].",
        "Insiden diselesaikan dalam 4 menit [E1].",
        "Insiden P2 ditanggapi dalam 15 menit [E1].",
        "Biaya bulanan EUR 1.250.000.000 [E1].",
        "Biaya bulanan Rp 1.250.000 [E1].",
        "Biaya bulanan Rp 12.500.000.000 [E1].",
        "Biaya bulanan Rp1,25 juta [E1].",
        "Jaminan Rp 14.500 [E1].",
        "Jaminan EUR 14,5 [E1].",
        "Jaminan EUR 99,5 [E1].",
        "Perjanjian berakhir 30 Desember 2027 [E1].",
        "Perjanjian berakhir 31 Desember 2026 [E1].",
        "Perjanjian berakhir Senin, 31 Desember 2027 [E1].",
        "Perjanjian berakhir November 2027 [E1].",
        "Perjanjian berakhir 22 November 2026 [E1].",
        "Pemberitahuan 90 bulan sebelumnya [E1].",
        "Pemberitahuan 90 hari kerja sebelumnya [E1].",
        "Ketersediaan 95,5% per bulan [E1].",
        "Ketersediaan 9,95% per bulan [E1].",
        "Ketersediaan 300% per bulan [E1].",
        "Kapasitas 300 Gbps [E1].",
        "Kapasitas 300 GB [E1].",
        "Untuk 15 pengguna [E1].",
        "Untuk 300 pengguna [E1].",
        "Pemeliharaan Sabtu pukul 22.00–03.00 WIB [E1].",
        "Pemeliharaan setiap Rabu [E1].",
        "Kode KE-018 [E1].",
        "Kode TKT-2026-0043 [E1].",
        "Menurut Pasal 3.3 insiden ditanggapi dalam 15 menit [E1].",
        "Tertulis “menyelesaikannya dalam 5 jam” [E1].",
        "Tertulis “wajib membayar denda” [E1].",
        "Tertulis “Pelanggan wajib membayar denda” [E1].",
        "Tertulis “Pelanggan … wajib membayar denda” [E1].",
        "Tertulis “dalam 4 jam … Penyedia menanggapi insiden P1” [E1].",
        "Tertulis “Biaya bulanan Rp 1.250.000” [E1].",
        'Tertulis "menyelesaikannya dalam 5 jam" [E1].',
        "Pelanggan wajib membayar denda [E1].",
        "Insiden P1 tidak ditanggapi [E1].",
        "Insiden P1 ditanggapi dalam 15 menit menurut Surya Atmaja [E1].",
        "Insiden P1 ditanggapi dalam 15 menit.",
        "Insiden P1 ditanggapi dalam 15 menit [E2].",
        "Tiga ketentuan:\n- P1: 15 menit [E1]\n- Penyelesaian: 4 jam [E1]",
    ],
)
def test_what_it_does_not_carry_is_removed(answer: str) -> None:
    verified = judge(answer, evidence(SOURCE))
    assert verified.removed


def test_the_right_number_with_the_wrong_evidence_is_removed() -> None:
    found = evidence("Waktu tanggap 15 menit.", "Biaya Rp 2.000.000.")
    assert judge("Waktu tanggap 15 menit [E2].", found).removed
    assert judge("Waktu tanggap 15 menit [E1].", found).cited[0].id == "E1"


def test_what_the_question_supposes_is_not_thereby_true() -> None:
    found = evidence("Denda keterlambatan adalah 3% dari nilai faktur.")
    question = "Benarkah denda keterlambatan 5%?"
    assert judge("Ya, denda keterlambatan 5% [E1].", found, question).removed
    assert not judge("Bukan 5%, denda keterlambatan 3% [E1].", found, question).removed


def test_a_customer_that_the_viewer_may_not_see_never_passes() -> None:
    for strict in (True, False):
        found = evidence("Rantai Samudra dan Pelita Kencana memakai layanan jaringan.", customers=(PELITA, RANTAI))
        assert judge("Rantai Samudra memakai layanan jaringan [E1].", found, strict=strict).removed
        assert judge("“Rantai Samudra dan Pelita Kencana memakai layanan” [E1].", found, strict=strict).removed
        assert judge("Rantai Samudra memakai layanan.", found, strict=strict).removed


def test_evidence_of_one_customer_says_nothing_of_another() -> None:
    found = evidence("Waktu tanggap 15 menit.", customers=(RANTAI,))
    owner = Viewer("owner", everything=True)
    verified = verify(
        "Waktu tanggap Pelita Kencana 15 menit [E1].",
        found,
        "Pelita Kencana?",
        today=TODAY,
        linker=LINKER,
        computed=Computed(),
        viewer=owner,
    )
    assert verified.removed


def test_labels_give_bare_cells_their_unit() -> None:
    row = "Layanan: Jaringan; Biaya (USD): 500; Target respons (menit): 15; Ketersediaan (%): 99.5"
    for right in ("Biaya USD 500 [E1].", "Target respons 15 menit [E1].", "Ketersediaan 99,5% [E1]."):
        assert passes(right, row), right
    for wrong in (
        "Biaya EUR 500 [E1].",
        "Target respons 15 hari [E1].",
        "Target respons 500 jam [E1].",
        "Biaya Rp 500 [E1].",
    ):
        assert not passes(wrong, row), wrong


def test_where_it_stands_is_no_value() -> None:
    found = evidence("Insiden ditanggapi segera.", locator={"page": 12, "clause": "4.2"})
    assert judge("Insiden ditanggapi dalam 12 menit [E1].", found).removed
    assert not judge("Insiden ditanggapi segera (hlm. 12, Pasal 4.2) [E1].", found).removed
    assert judge("Insiden ditanggapi segera (hlm. 13) [E1].", found).removed


def test_computed_values_pass_only_beside_their_evidence() -> None:
    found = evidence("Tiket: TKT-1", "Biaya jaringan bulanan")
    computed = Computed(numbers={Decimal(12)})
    computed.bind(["E1"], Computed(numbers={Decimal(12)}))
    assert not judge("Ada 12 tiket [E1].", found, computed=computed).removed
    assert judge("Ada 12 tiket [E2].", found, computed=computed).removed


@pytest.mark.parametrize("count", [1999, 2000, 12_450, 1_250_000])
def test_a_computed_count_beyond_a_thousand_passes_in_either_language(count: int) -> None:
    found, computed = evidence("tiket.csv: 4 baris"), Computed(numbers={Decimal(count).normalize()})
    for answer in (f"{format_number(Decimal(count), 'id')} tiket [E1].", f"{format_number(Decimal(count), 'en')} tickets [E1]."):
        assert not judge(answer, found, computed=computed, strict=False).removed, answer
    assert judge(f"{format_number(Decimal(count + 1), 'id')} tiket [E1].", found, computed=computed, strict=False).removed
    assert judge("Biaya jaringan bulanan 12 juta [E1].", found, computed=computed).removed


def test_arithmetic_shown_before_the_reader_passes_and_wrong_arithmetic_does_not() -> None:
    found = evidence("Pembayaran dilakukan 30 hari sejak faktur diterima.")
    question = "Faktur diterima 5 November 2026, kapan jatuh tempo?"
    assert not judge("5 Desember 2026: 5 November 2026 + 30 hari [E1].", found, question, strict=False).removed
    assert judge("6 Desember 2026: 5 November 2026 + 30 hari [E1].", found, question, strict=False).removed


def test_without_strictness_a_statement_may_repeat_the_question_and_titles_only() -> None:
    found = evidence("x", title="SLA 2025-2027 Pelita")
    declined = "Tidak ada yang tercatat tentang “denda 7%” dalam berkas yang dapat Anda lihat. Yang dicari: SLA 2025-2027 Pelita."
    assert not judge(declined, found, "Berapa denda 7%?", strict=False).removed
    assert judge("Dendanya 8%.", found, "Berapa denda 7%?", strict=False).removed
    assert judge(declined, found, "Berapa denda 7%?", strict=True).removed


def test_a_row_of_a_table_without_reference_goes_and_an_empty_table_with_it() -> None:
    table = "| Hal | Nilai | Sumber |\n|---|---|---|\n| P1 | 15 menit | [E1] |\n| P3 | 99 menit | [E1] |\n| P2 | 30 menit | |"
    verified = judge(table, evidence("P1 ditanggapi 15 menit, P2 30 menit."))
    assert verified.text == "| Hal | Nilai | Sumber |\n|---|---|---|\n| P1 | 15 menit | [1] |"
    assert judge("| Hal | Nilai |\n|---|---|\n| P3 | 99 menit [E1] |", evidence("P1 15 menit.")).text == ""


def test_sentences_are_not_cut_inside_amounts_abbreviations_and_clauses() -> None:
    source = "PT. Pelita Kencana membayar Rp1.250.000 sesuai Pasal 3.2 ayat (1) No. 7, s.d. 3 Mei 2027."
    verified = judge(
        "PT. Pelita Kencana membayar Rp1.250.000 sesuai Pasal 3.2 ayat (1) No. 7, s.d. 3 Mei 2027 [E1].",
        evidence(source),
    )
    assert not verified.removed, verified.faults


def test_forged_references_inside_sources_stay_words() -> None:
    found = evidence("Lihat [E2] dan [1] untuk biaya Rp 5.000.000.", "Rahasia.")
    verified = judge("“Lihat [E2] dan [1] untuk biaya Rp 5.000.000.” [E1]", found)
    assert [item.id for item in verified.cited] == ["E1"] and "[2]" not in verified.text


def test_judging_again_changes_nothing() -> None:
    found = evidence(SOURCE)
    once = judge("Insiden P1 ditanggapi dalam 15 menit [E1]. Biaya EUR 3 [E1].\n- Jaminan EUR 14.500 [E1]", found)
    again = judge(once.marked, found)
    assert again.text == once.text and not again.removed


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
AMOUNTS = st.integers(1_000, 9_999_999_999)
LANGUAGES = st.sampled_from(["id", "en"])
CURRENCIES = st.sampled_from(["IDR", "USD", "EUR", "SGD"])
UNITS = st.sampled_from(["minute", "hour", "day", "business_day", "week", "month", "year"])


@given(DAYS, LANGUAGES, LANGUAGES, st.integers(-400, 400))
def test_a_day_passes_in_either_language_and_no_other_day_does(day: date, one: str, other: str, off: int) -> None:
    source = f"Perjanjian berakhir {format_date(day, one)}."  # type: ignore[arg-type]
    assert passes(f"Perjanjian berakhir {format_date(day, other)} [E1].", source)  # type: ignore[arg-type]
    assert passes(f"Perjanjian berakhir {day.isoformat()} [E1].", source)
    if off:
        assert not passes(f"Perjanjian berakhir {format_date(day + timedelta(off), other)} [E1].", source)  # type: ignore[arg-type]


@given(AMOUNTS, CURRENCIES, CURRENCIES, LANGUAGES, LANGUAGES, st.integers(0, 9), st.integers(1, 9))
def test_an_amount_passes_in_either_language_and_no_other_digit_or_currency_does(
    amount: int, currency: str, wrong: str, one: str, other: str, place: int, step: int
) -> None:
    source = f"Biaya bulanan {format_money(amount, currency, one)}."  # type: ignore[arg-type]
    assert passes(f"Biaya bulanan {format_money(amount, currency, other)} [E1].", source)  # type: ignore[arg-type]
    digits = list(str(amount))
    at = place % len(digits)
    digits[at] = str((int(digits[at]) + step) % 10)
    changed = int("".join(digits))
    assume(changed and changed != amount)
    assert not passes(f"Biaya bulanan {format_money(changed, currency, other)} [E1].", source)  # type: ignore[arg-type]
    if wrong != currency:
        assert not passes(f"Biaya bulanan {format_money(amount, wrong, other)} [E1].", source)  # type: ignore[arg-type]


@given(st.integers(1, 999), UNITS, UNITS, LANGUAGES, LANGUAGES, st.integers(1, 50))
def test_a_length_passes_in_either_language_and_no_other_number_or_unit_does(
    count: int, unit: str, wrong: str, one: str, other: str, off: int
) -> None:
    source = f"Penyelesaian insiden {format_duration(count, unit, one)}."  # type: ignore[arg-type]
    assert passes(f"Penyelesaian insiden {format_duration(count, unit, other)} [E1].", source)  # type: ignore[arg-type]
    assert not passes(f"Penyelesaian insiden {format_duration(count + off, unit, other)} [E1].", source)  # type: ignore[arg-type]
    if wrong != unit:
        assert not passes(f"Penyelesaian insiden {format_duration(count, wrong, other)} [E1].", source)  # type: ignore[arg-type]


@given(st.decimals(0, 100, places=2), LANGUAGES, LANGUAGES, st.decimals("0.01", 5, places=2))
def test_a_percentage_passes_in_either_language_and_no_other_does(
    value: Decimal, one: str, other: str, off: Decimal
) -> None:
    source = f"Ketersediaan {format_percent(value, one)}."  # type: ignore[arg-type]
    assert passes(f"Ketersediaan {format_percent(value, other)} [E1].", source)  # type: ignore[arg-type]
    assert not passes(f"Ketersediaan {format_percent(value + off, other)} [E1].", source)  # type: ignore[arg-type]


WORDS = "penyedia pelanggan membayar denda layanan jaringan laporan kapasitas pengguna insiden kontrak bulan harga 15 menit Rp 2.500.000 99,5% KE-017".split()


@given(st.lists(st.sampled_from(WORDS), min_size=6, max_size=30), st.data())
def test_a_quotation_of_the_evidence_passes_and_one_with_a_word_changed_does_not(
    words: list[str], data: st.DataObject
) -> None:
    source = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    quoted = words[start:end]
    assert passes(f"“{' '.join(quoted)}” [E1]", source, strict=False)
    changed = [*quoted]
    changed[data.draw(st.integers(0, len(changed) - 1))] = "tidak"
    assert not passes(f"“{' '.join(changed)}” [E1]", source, strict=False)


@given(st.text(max_size=300))
def test_no_text_breaks_the_verifier_or_passes_without_evidence(text: str) -> None:
    verified = judge(text, evidence(SOURCE))
    assert verified.cited or not verified.text.strip()


@given(st.one_of(st.integers(0, 9_999), st.integers(20_000, 10**7)), LANGUAGES)
def test_a_bare_number_passes_in_either_language(number: int, language: str) -> None:
    assert passes(f"Volume: {format_number(number, language)} [E1].", f"Volume: {number}", strict=False)  # type: ignore[arg-type]


def test_the_paragraph_of_an_article_is_a_place_and_no_value() -> None:
    found = {"E1": Evidence("E1", "passage", "(2) Bunga keterlambatan 1,5% per bulan.", "kontrak.md", locator={"clause": "12(2)"}, customers=(PELITA,))}
    assert not judge("1,5% — Kontrak (pasal 12(2)): “(2) Bunga keterlambatan 1,5% per bulan.” [E1]", found, "Berapa bunga keterlambatan?").removed
    assert judge("1,5% — Kontrak (pasal 12(7)) [E1]", found, "Berapa bunga keterlambatan?").removed
