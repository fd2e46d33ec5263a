"""Agreements without numbered clauses: words in bold or before a colon head a paragraph, orders stand on their own, parties have short
names in brackets, changes say what a value was."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.intake.prose.clauses import bare_heading
from knowledge.intake.prose.counted_credits import counted_rules
from knowledge.intake.prose.credits import credit_rules

FRAMEWORK = """# Framework Agreement NWT-FA-2030
PT Sinar Serat Persada – Northwind Textiles Ltd, signed by Helen Marsh and Rudi Halim

**Term.** 1 March 2030 – 28 February 2033. There is no automatic renewal. An extension must be signed not later than 45 calendar days before the end.

**Services and charges.** Leased lines, 4 mills, EUR 52,700 per month. Payment 30 days.

| Prio | Response | Restore |
|---|---|---|
| P1 | 30 minutes | 5 hours |
| P2 | 1 hour | 10 hours |

**Availability** 99.30% per month.

**Penalty.** 5% of the monthly charge for each started hour beyond the P1 restore time.

**Customer duties.** Northwind keeps two spare routers and names a deputy.

**Reporting.** By the 10th.
"""

PLAIN = """# Perjanjian Layanan Data SMA Cendekia PKS-9-2030
SSP dan SMA Cendekia, 16 Juli 2030 – 15 Juli 2032

1. **Jam layanan** Senin–Jumat 06.00–17.00 WIB.
2. **Mutu** P1 (sekolah mati total): tanggapan 30 menit, pulih 6 jam. P2: 2 jam / 1 hari kerja. Ketersediaan 99,10%.
3. **Biaya** Rp 8.900.000 per bulan, jatuh tempo 21 hari kalender.
4. **Kewajiban sekolah** menyerahkan kalender ujian paling lambat 30 hari sebelum ujian; menjaga ruang perangkat terkunci.
5. **Kewajiban SSP** laporan triwulan tanggal 15; pelatihan admin sekali setahun.
"""

ORDER = """# ORDER FORM QF-77

Customer: Northwind Textiles Ltd. Ordered by Helen Marsh. Term 24 months from 1 October 2030 to 30 September 2032.

Service levels: P1 response 15 minutes, restore 4 hours. Availability Leased Line 99.95%, Archive 99.20%.

Credit: 5% of the monthly charge for each month below target.

Non-renewal notice: 3 months before the end. Payment 30 days.
"""

PARTIES = """# PERJANJIAN KERJA SAMA Nomor 17/SSP/XII/2030

antara Rumah Sakit Bina Waras (PIHAK KESATU) dan PT Sinar Serat Persada (PIHAK KEDUA).

## Pasal 1 Jangka waktu

Berlaku 1 Januari 2031 sampai dengan 31 Desember 2033.

## Pasal 2 Kewajiban PIHAK KEDUA

- menyerahkan laporan bulanan paling lambat hari kerja ke-6;
- menguji pemulihan setiap semester.

## Pasal 3 Kewajiban PIHAK KESATU

a. menjaga suhu ruang server; b. menunjuk satu kontak siaga 24 jam; c. menyediakan UPS.
"""

VARIATION = """# VARIATION No. 1 to NWT-FA-2030

Signed 22 June 2031, effective 1 July 2031.

1. Leased Line availability target is raised from 99.50% to 99.70%.
2. Clause 5(b): access for engineers within 45 minutes instead of 60 minutes.
"""


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        (FRAMEWORK, "NWT framework.md", "agreement"),
        (PLAIN, "sekolah.md", "agreement"),
        (ORDER, "QF-77.md", "agreement"),
        (PARTIES, "rs.md", "agreement"),
        (VARIATION, "v1.md", "amendment"),
        ("# PKS 8/SSP/2030\n\nRumah Sakit Bina Waras. 1 Juni 2030 – 31 Mei 2032. Biaya Rp 3.000.000 per bulan. Ketersediaan 99,00%. Denda Rp 100.000 per jam.\n", "pks.md", "agreement"),
        ("# SURAT PESANAN SP-5/2031\n\nPemesan: Rumah Sakit Bina Waras. Layanan aktif paling lambat 9 hari kerja. Bila terlambat, biaya bulan pertama dibebaskan. Rp 145.000 per bulan. "
         "Perjanjian induk tetap berlaku.\n", "sp.md", "statement_of_work"),
        ("# Ringkasan kontrak Northwind\n\nBerlaku sampai 28 Februari 2033. EUR 52.700 per bulan. Ketersediaan 99,30%. Denda 5%.\n", "r.md", "note"),
        ("# Draft framework agreement\n\nTerm until 2033. EUR 52,700 per month. Availability 99.3%. Penalty 5%.\n", "d.md", "other"),
    ],
)  # fmt: skip
def test_an_agreement_is_known_by_what_it_states(reading, text: str, source: str, kind: str) -> None:
    assert reading(text, source).klass.kind == kind


def test_words_in_bold_head_their_paragraphs(reading) -> None:
    facts = reading(FRAMEWORK, "NWT framework.md").facts
    topics = {clause.heading: clause.topic for clause in facts.clauses}
    assert {topics["Term"], topics["Services and charges"], topics["Availability"], topics["Penalty"], topics["Reporting"]} == {
        "renewal", "charges", "service_level", "credit", "reporting",
    }  # fmt: skip
    agreement = facts.agreement
    assert (agreement.effective_from, agreement.ends_on, agreement.renewal) == (date(2030, 3, 1), date(2033, 2, 28), "none")
    assert (agreement.notice_value, agreement.notice_unit, agreement.counterparty, agreement.customer_id) == (45, "day", "Northwind Textiles Ltd", 2)
    assert {(one.priority, one.indicator, one.value) for one in facts.targets} == {
        ("P1", "response", 30), ("P1", "resolution", 5), ("P2", "response", 1), ("P2", "resolution", 10), (None, "availability", Decimal("99.30")),
    }  # fmt: skip
    assert [(one.party, one.text) for one in facts.obligations] == [("customer", "Northwind keeps two spare routers and names a deputy.")]


def test_list_items_with_words_in_bold_are_clauses_and_a_pair_of_times_follows_the_named_pair(reading) -> None:
    facts = reading(PLAIN, "sekolah.md").facts
    assert (facts.agreement.effective_from, facts.agreement.ends_on) == (date(2030, 7, 16), date(2032, 7, 15))
    assert {("P2", "response", 2, "hour"), ("P2", "resolution", 1, "business_day"), ("P1", "resolution", 6, "hour")} <= {
        (one.priority, one.indicator, one.value, one.unit) for one in facts.targets
    }
    assert [(one.party, one.text, one.due) for one in facts.obligations] == [
        ("customer", "menyerahkan kalender ujian paling lambat 30 hari sebelum ujian", "paling lambat 30 hari sebelum ujian"),
        ("customer", "menjaga ruang perangkat terkunci.", None),
        ("provider", "laporan triwulan tanggal 15", None),
        ("provider", "pelatihan admin sekali setahun.", "sekali setahun"),
    ]


def test_an_order_that_stands_on_its_own_has_its_term_levels_and_notice(reading) -> None:
    facts = reading(ORDER, "QF-77.md").facts
    agreement = facts.agreement
    assert (agreement.number, agreement.counterparty, agreement.effective_from, agreement.ends_on) == ("QF-77", "Northwind Textiles Ltd", date(2030, 10, 1), date(2032, 9, 30))
    assert (agreement.notice_value, agreement.notice_unit) == (3, "month")
    assert {("Leased Line", Decimal("99.95")), ("Archive", Decimal("99.20"))} <= {(one.service, one.value) for one in facts.targets}


def test_numbered_parties_are_who_the_opening_says_they_are(reading) -> None:
    facts = reading(PARTIES, "rs.md").facts
    assert facts.agreement.counterparty == "Rumah Sakit Bina Waras"
    assert [one.party for one in facts.obligations] == ["provider", "provider", "customer", "customer", "customer"]
    assert [one.text for one in facts.obligations][-2:] == ["b. menunjuk satu kontak siaga 24 jam", "c. menyediakan UPS."]


def test_a_variation_gives_the_value_in_force_and_its_service(reading) -> None:
    facts = reading(VARIATION, "v1.md").facts
    assert (facts.agreement.amends_number, facts.agreement.effective_from) == ("NWT-FA-2030", date(2031, 7, 1))
    assert [(one.service, one.indicator, one.value) for one in facts.targets] == [("Leased Line", "availability", Decimal("99.70"))]
    assert [(one.target_clause, one.effective_from) for one in facts.changes] == [("5(b)", date(2031, 7, 1))]


def test_services_after_a_colon_each_have_their_level(reading) -> None:
    facts = reading("# PERJANJIAN LAYANAN A-1/2030\n\n## Pasal 3 Tingkat layanan\n\n3.1 Ketersediaan per bulan: Kasir Pusat 99,70%; jaringan toko 99,50%.\n\n3.2 Laporan bulanan tanggal 5.\n", "a.md").facts
    assert [(one.service, one.value) for one in facts.targets] == [("Kasir Pusat", Decimal("99.70")), ("jaringan toko", Decimal("99.50"))]


@pytest.mark.parametrize(("heading", "kept"), [("Customer duties", "Customer duties"), ("Laporan", "Laporan"), ("IV. Biaya", "Biaya"), ("3 Credits", "Credits"), ("Pasal 3 Laporan", "Laporan")])
def test_a_heading_keeps_its_first_letter(heading: str, kept: str) -> None:
    assert bare_heading(heading) == kept


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("If availability is below target, the Bank receives a part of the monthly charge: up to 0.30 points 4%; more than 0.30 to 0.90 points 9%; more than 0.90 points 18%.",
         [("4", "0", "0.30", None), ("9", "0.30", "0.90", None), ("18", "0.90", None, None)]),
        ("Bila ketersediaan di bawah target, potongan dari biaya bulanan: kurang sampai dengan 0,30 poin 4%; lebih dari 0,30 poin 9%.", [("4", "0", "0.30", None), ("9", "0.30", None, None)]),
        ("3% dari biaya bulanan kasir untuk setiap bulan di bawah target; 8% bila di bawah 98,50%.", [("3", "0", None, None), ("8", None, None, "98.50")]),
        ("5% of the monthly charge of the line for each month below target; must be claimed within 30 days.", [("5", "0", None, None)]),
        ("Di bawah itu: potongan tetap 10% dari biaya bulanan, tanpa klaim.", [("10", "0", None, None)]),
        ("Dua bulan berturut-turut di bawah target: potongan 10%.", []),
    ],
)  # fmt: skip
def test_credits_by_how_far_a_month_is_short(text: str, rules: list[tuple[str | None, ...]]) -> None:
    found = [tuple(None if value is None else str(value) for value in (rule.percent, rule.over, rule.up_to, rule.below)) for rule in credit_rules(text) if rule.percent is not None]
    assert found == rules


def test_a_penalty_for_each_started_hour() -> None:
    (rule,) = counted_rules("For each started hour beyond the P1 restore time: 5% of the monthly charge, at most 20% per month.", "Penalty")
    assert (rule.per, rule.percent, rule.begun, rule.cap, rule.priority) == ("hour", 5, True, 20, "P1")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("Kewajiban hotel", "Kewajiban SSP"), ("Hotel wajib", "SSP wajib"), ("The hotel shall", "SSP shall"), ("Kewajiban Hotel Lembayung", "Kewajiban penyedia")],
)
def test_duties_under_a_heading_that_names_the_side_by_its_kind_or_initials(reading, theirs, ours) -> None:
    text = (
        "# Kontrak Kelola TI HL-4/SSP/2030\n\nPT Sinar Serat Persada dan Hotel Lembayung. Ditandatangani 2 Maret 2030.\n\n"
        f"1. **{theirs}** genset untuk ruang server; satu petugas tiap giliran jaga.\n2. **{ours}** laporan bulanan tanggal 8; kunjungan teknisi tiap dua pekan.\n"
    )
    duties = reading(text, "kontrak.md").facts.obligations
    assert {duty.text.rstrip("."): duty.party for duty in duties} == {
        "genset untuk ruang server": "customer", "satu petugas tiap giliran jaga": "customer", "laporan bulanan tanggal 8": "provider", "kunjungan teknisi tiap dua pekan": "provider",
    }  # fmt: skip
