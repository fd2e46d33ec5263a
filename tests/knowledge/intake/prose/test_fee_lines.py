"""What an agreement's fee table and fee sentences charge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.prose.credits import as_json, credit_rules
from knowledge.intake.prose.fee_lines import fee_lines, together


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("2.1 Biaya bulanan:\nLayanan: Portal; Biaya (Rp): 8.000.000\nLayanan: Surel; Biaya (Rp): 2.500.000\nLayanan: Total; Biaya (Rp): 10.500.000", {("IDR", "month"): 10_500_000}),
        ("Item: Desktop; Seats: 40; Unit price (USD): 25; Monthly charge (USD): 1,000", {("USD", "month"): 1000}),
        ("Fees:\nItem: Portal; Monthly charge (CHF): 1,200\nItem: Backup; Monthly charge (CHF): 300", {("CHF", "month"): 1500}),
        ("Fees per month:\nItem: Portal; Charge: SGD 4,000\nItem: Setup; Charge: SGD 900 one-time", {("SGD", "month"): 4000, ("SGD", "once"): 900}),
        ("3.1 Monthly fees: Portal EUR 400, Backup EUR 150 and Archive EUR 50.", {("EUR", "month"): 600}),
        ("3.1 Port: EUR 7,400 per month. Link: EUR 3,950 per month.", {("EUR", "month"): 11_350}),
        ("(2) Biaya Jaringan Depo sebesar Rp38.000.000 (tiga puluh delapan juta rupiah) per bulan.", {("IDR", "month"): 38_000_000}),
        ("(1) The fee for the portal is EUR 400 per month; that for the archive is EUR 50 per month.", {("EUR", "month"): 450}),
        ("3.2 Bandwidth above 300 Mbps is charged at USD 18 per Mbps per month.", {}),
        ("3.3 Service Desk: USD 4,750 per month for up to 300 tickets; USD 14 for each further ticket.", {("USD", "month"): 4750}),
    ],
)
def test_what_is_paid_together(text: str, sums: dict[tuple[str, str], int]) -> None:
    assert together(fee_lines(text)) == {key: Decimal(value) for key, value in sums.items()}


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_a_table_sums_to_its_rows(amounts: list[int]) -> None:
    rows = "\n".join(f"Layanan: Layanan {'ABCDEFGH'[number]}; Biaya per bulan (Rp): {f'{amount:,}'.replace(',', '.')}" for number, amount in enumerate(amounts))
    assert together(fee_lines(f"Biaya:\n{rows}")) == {("IDR", "month"): Decimal(sum(amounts))}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            "If availability is below its target the credit of the monthly fee is 4% if up to 0.5 percentage points below target; 9% if more than 0.5 percentage points below target.",
            [("4", "0", "0.5"), ("9", "0.5", None)],
        ),
        ("Bila ketersediaan kurang dari target, Pelanggan mendapat restitusi 8% dari biaya bulanan.", [("8", "0", None)]),
        ("If the target is missed in three consecutive months the credit is 20% of the monthly fee.", []),
    ],
)
def test_credits_by_how_far_the_target_is_missed(text: str, rules: list[tuple[str, str, str | None]]) -> None:
    assert [(rule["percent"], rule["over"], rule.get("up_to")) for rule in as_json(credit_rules(text))] == rules


def test_a_recurring_price_of_a_unit_is_told_but_not_summed() -> None:
    lines = fee_lines("2.2 Wi-Fi: Rp3.250.000 per rangkaian per bulan, untuk 24 rangkaian.")
    assert [(line.name, line.per) for line in lines] == [("Wi-Fi", "unit")]
    assert together(lines) == {}
