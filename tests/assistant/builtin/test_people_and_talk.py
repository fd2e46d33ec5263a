"""Talk as people type it: who does what as told in notes, turns that go on from the one before, chat words; over a small provider."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2026, 11, 23)
FILES = {
    "contacts.csv": "Name,Customer,Position,Role,Called\nHendrawan Sutopo,PT Cahaya Dermaga,President Director,signatory,Pak Hendra\nSri Wahyuningsih,PT Cahaya Dermaga,Head of IT,decision maker,Bu Ning\n"
    "Yulia Pertiwi,Rumah Sakit Melati Husada,Finance manager,invoice approver,\nFerry Gunadi,Rumah Sakit Melati Husada,Head of IT,technical contact,\nAnita Salim,PT Nusantara Boga Prima,Procurement lead,decision maker,\n"
    "dr. Anita Rahardjo,Rumah Sakit Melati Husada,Director,signatory,\nMalcolm Reid,Northfold Timber Ltd,Managing Director,signatory,\n",
    "team.csv": "Name,Position,Phone,May approve discounts up to\nRatna Wibawa,Head of Relationship Management,0813-1,10%\nPrita Nugraheni,Account Manager,0813-2,3%\nDamar Wicaksono,Account Manager,0813-3,3%\n"
    "Oki Saputra,Service Manager,0813-4,\nLukman Hadi,Service Manager,0813-5,\nSurya Atmaja,Director,0813-6,above 10%\n",
    "jadwal_jaga.csv": "Minggu mulai,Jaringan,Server,Manajer jaga\n2026-11-16,Gilar Perdana,Tio Hartanto,Oki Saputra\n2026-11-23,Novan Siregar,Gilar Perdana,Lukman Hadi\n2026-11-30,Tio Hartanto,Novan Siregar,Oki Saputra\n"
    "\"Catatan: 3-4 Desember Tio Hartanto cuti, diganti Wening Astuti.\",,,\n",
    "siaga_lapangan.csv": "Regu,23-29 Nov 2026,30 Nov-6 Des 2026,7-13 Des 2026\nListrik,Endah Wulan,Bowo Santosa,Endah Wulan\nPendingin,Caca Marica,Dudi Hermawan,Caca Marica\n",
    "projects.csv": "No,Customer,Project,Manager,Status,Live\nP-1,Rumah Sakit Melati Husada,Radiology laboratory network,Oki Saputra,on hold,waiting for the radiation permit\nP-2,Northfold Timber Ltd,Mill cameras,Oki Saputra,running,12/12/2026\n",
    "handover_2026-11.md": """# Handover notes, November 2026

- Lukman looks after the backup tapes until the new engineer, Wening Astuti, starts on 7 December 2026.
- Customer portal: Wening Astuti becomes product owner from January 2027, in place of Oki.
- The escalation telephone is with Oki this month; from 1 December it is with Lukman.
""",
    "customers.csv": "Code,Customer,Short name,Account manager,Service manager\nK-1,PT Cahaya Dermaga,Dermaga,Prita Nugraheni,Oki Saputra\nK-2,Rumah Sakit Melati Husada,RSMH,Prita Nugraheni,Lukman Hadi\n"
    "K-3,PT Nusantara Boga Prima,NBP,Damar Wicaksono,Oki Saputra\nK-4,Northfold Timber Ltd,Northfold,Damar Wicaksono,Oki Saputra\n",
    "contracts/Perjanjian CD-07-2025.md": """# Perjanjian Layanan CD/07/2025 antara PT Cahaya Dermaga dan PT Sagara Data

Pasal 1 Masa berlaku. Berlaku 1 Juli 2025 sampai 30 Juni 2027.

Pasal 2 Biaya. Jaringan pelabuhan Rp 64.000.000 per bulan. Penambahan gerbang Rp 4.500.000 per gerbang per bulan.

Pasal 3 Gangguan Prioritas 1 harus pulih dalam 3 jam. Denda Rp 2.500.000 untuk setiap jam atau bagian jam keterlambatan.

Pasal 4 Target ketersediaan jaringan pelabuhan 99,80% per bulan. Setiap 0,10 poin penuh di bawah target: potongan 2% dari biaya bulanan, paling banyak 10%.
""",
    "contracts/Northfold NT-2024.md": """# Services Agreement NT-2024 between Northfold Timber Ltd and PT Sagara Data

1. Term. From 1 January 2025 to 31 December 2027.

2. Fees. Managed servers USD 5,200 per month.

3. Severity 1 incidents are restored within 4 hours. For each full hour beyond that the Customer receives 4% of the monthly fee, up to 20%.

4. Availability of the managed servers is at least 99.7% per calendar month. For every 0.1 point or part of it below, 1.5% of the monthly fee is credited.
""",
    "sla_2026.csv": "Customer,Service,Measure,Target,Sep 2026,Oct 2026\nPT Cahaya Dermaga,Jaringan pelabuhan,Availability %,99.80,99.83,99.46\nNorthfold Timber Ltd,Managed servers,Availability %,99.70,99.72,99.44\n",
    "tickets_2026.csv": "Ticket,Customer,Opened,Restored,Priority,Summary,Minutes to restore\nSD-4410,PT Cahaya Dermaga,2026-10-12 08:00,2026-10-12 13:20,P1,Gate 4 network down,320\n"
    "SD-4455,Northfold Timber Ltd,2026-10-29 06:00,2026-10-29 12:45,P1,Mill server outage,405\n",
}


def last(ask: AskHere, *turns: str) -> str:
    """The answer to the last turn of a conversation."""
    conversation, said = None, ""
    for turn in turns:
        answer = ask(turn, conversation)
        conversation, said = answer.conversation, answer.answer
    return said


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        (("Berapa lama gangguan gerbang 4 Dermaga 12 Oktober baru pulih?", "jadi dendanya berapa?"), "Rp7.500.000"),
        (("How long did Northfold's server outage on 29 October last?", "So which penalty in dollars does that give?"), "USD 416"),
        (("Biaya bulanan Dermaga berapa?", "kalo nambah 2 gerbang jadi berapa sebulan?"), "Rp73.000.000"),
        (("Ketersediaan Dermaga Oktober berapa?", "targetnya berapa?", "potongannya jadi berapa rupiah?"), "Rp3.840.000"),
    ],
)
def test_a_turn_goes_on_to_what_an_incident_or_a_month_costs(ask_here: AskHere, turns: tuple[str, ...], amount: str) -> None:
    assert last(ask_here, *turns).startswith(amount)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Kontrak Dermaga itu yang tanda tangan Bu Ning bukan?", ("Bukan.", "Hendrawan Sutopo")),
        ("Pak Hendra yang tanda tangan di Dermaga kan?", ("Ya.", "Hendrawan Sutopo")),
        ("Is Oki the one looking after the backup tapes?", ("No.", "Lukman Hadi")),
        ("Is Prita the account manager of NBP?", ("No.", "Damar Wicaksono")),
        ("Damar yang pegang Northfold ya?", ("Ya.", "Damar Wicaksono")),
    ],
)
def test_whom_the_asker_supposes_is_held_against_who_it_is(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert answer.answer.startswith(said[0]) and said[1] in answer.answer


def test_whether_somebody_did_something_is_no_question_for_who_it_is(ask_here: AskHere) -> None:
    assert not ask_here("apakah Pak Ferry sudah bayar faktur?").answer.startswith(("Ya.", "Bukan."))


def test_a_remark_below_a_roster_is_told_with_its_row(ask_here: AskHere) -> None:
    said = ask_here("siapa yang jaga jaringan tanggal 3 Desember?").answer
    assert "Tio Hartanto" in said and "Wening Astuti" in said
    assert "Wening Astuti" not in ask_here("siapa yang jaga jaringan tanggal 1 Desember?").answer


@pytest.mark.parametrize(("question", "name"), [("siapa yang siaga pendingin minggu depan?", "Dudi Hermawan"), ("who is on stand-by for listrik this week?", "Endah Wulan")])
def test_of_a_row_with_a_cell_a_week_the_one_of_the_time_asked_about(ask_here: AskHere, question: str, name: str) -> None:
    assert name in ask_here(question).answer.split("—")[0]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("mau kasih RSMH diskon 7%, minta izin siapa", "Ratna Wibawa"),
        ("Who approves a discount of 2% for Northfold?", "Prita Nugraheni"),
        ("I would like to give NBP 12% off the fee. Whose approval do I need?", "Surya Atmaja"),
    ],
)
def test_who_approves_is_the_lowest_rung_that_reaches_so_far(ask_here: AskHere, question: str, name: str) -> None:
    assert ask_here(question).answer.startswith(name)


def test_who_takes_over_is_the_one_who_comes_and_not_the_one_who_goes(ask_here: AskHere) -> None:
    assert ask_here("Who takes over the customer portal next year?").answer.startswith("Wening Astuti")


def test_why_a_project_stands_still_is_told_with_its_whole_row(ask_here: AskHere) -> None:
    assert "radiation permit" in ask_here("knp sih radiology laboratory network rsmh mandek").answer
