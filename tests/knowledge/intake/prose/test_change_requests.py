"""Signed change requests and addenda in the forms that people give them: they amend the agreement that they name; unsigned ones change nothing."""

import datetime as dt

import pytest

from knowledge.intake.prose.amending import UNDER_AGREEMENT, is_amendment
from knowledge.intake.prose.amendments import touched

REQUEST = ["Change request CR-ALF-04", "Agreement: MSA-2031-7, Alfa Foods Ltd. Requested by Ann Lee.", "In clause 2.1 the fee becomes EUR 9,100 per month.", "Signed for Alfa: Ann Lee, 2 May 2032."]
ADDENDUM = ["ADENDUM KEDUA", "Nomor 9/ADD-2/2032 atas Perjanjian 4/PKS/2030", "Berlaku mulai 1 Juni 2032. Ditandatangani 20 Mei 2032 oleh Budi dan Sari.", "Ayat (1) Biaya bulanan pada Bab II Ayat (3) menjadi Rp 12.400.000."]


@pytest.mark.parametrize(
    ("lines", "amends"),
    [
        (REQUEST, True),
        (REQUEST[:3], False),
        ([REQUEST[0], *REQUEST[2:]], False),
        ([*REQUEST[:2], "The new rack is delivered in the week after.", REQUEST[3]], False),
        (["DRAFT - " + REQUEST[0], *REQUEST[1:]], False),
        (ADDENDUM, True),
        ([*ADDENDUM[:2], ADDENDUM[3]], False),
    ],
)
def test_what_amends(lines: list[str], amends: bool) -> None:
    assert is_amendment(lines[0], lines, lines) is amends


def test_the_agreement_that_a_request_names() -> None:
    match = UNDER_AGREEMENT.match(REQUEST[1])
    assert match is not None and match["code"] == "MSA-2031-7"
    assert UNDER_AGREEMENT.match("Perjanjian: PKS/11.3/2030, PT Alfa")
    assert UNDER_AGREEMENT.match("Agreement: signed by both") is None


def test_a_request_is_read_as_an_amendment_with_its_day(reading) -> None:
    text = "# Change request CR-ALF-04\n\nAgreement: MSA-2031-7, Alfa Foods Ltd.\n\n## 1 What changes\n\nIn clause 2.1 the fee becomes EUR 9,100 per month.\n\n## 2 From when\n\n1 July 2032.\n\n## 3 Signatures\n\nSigned for Alfa: Ann Lee, 2 May 2032.\n"
    read = reading(text, "CR-ALF-04 signed.md")
    assert read.klass.kind == "amendment"
    assert (read.facts.agreement.number, read.facts.agreement.amends_number) == ("CR-ALF-04", "MSA-2031-7")
    assert read.facts.agreement.effective_from == dt.date(2032, 7, 1)


def test_something_in_a_schedule_is_no_clause_of_that_number() -> None:
    assert touched("In Schedule 2, row P2, the entry reads 6 hours instead of 8 hours.") == [("Schedule 2:", "partly")]
    assert touched("Schedule 2 remains unchanged.") == []
    assert touched("In clause 2 the figure 30 is replaced by 45.") == [("2", "replaced")]
