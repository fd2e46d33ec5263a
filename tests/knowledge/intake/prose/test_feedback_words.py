"""Words of praise, complaint and risk: what turns them round, and the level that a text itself states."""

import pytest

from knowledge.intake.prose.feedback import sentiment_of, stated_level

REVIEW = """# Internal account review, 20 May 2031

- Angkasa Boga: margin 21%; churn risk high.
- Northwind Textiles: margin 30%; churn risk low.
- Rumah Sakit Bina Waras: sedang membandingkan penyedia lain.
"""


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("The new site opened without a single complaint.", "positive"),
        ("Serah terima berjalan tanpa satu pun keluhan.", "positive"),
        ("There were no complaints about the move.", "positive"),
        ("No, he complained about the move again.", "negative"),
        ("Ada keluhan dari gudang.", "negative"),
        ("Pak Teguh tidak mengeluh.", "neutral"),
    ],
)
def test_absence_of_complaints_is_praise(text: str, sentiment: str) -> None:
    assert sentiment_of(text) == sentiment


@pytest.mark.parametrize(
    ("text", "level"), [("churn risk high", "high"), ("Risiko pindah: rendah", "low"), ("risiko pindah sedang", "medium"), ("they may leave", None)]
)
def test_only_a_level_that_is_stated_is_stated(text: str, level: str | None) -> None:
    assert stated_level(text) == level


def test_a_review_gives_each_customer_its_own_risk_and_no_customer_is_a_person(reading) -> None:
    risks = reading(REVIEW, "internal/review.md").facts.risks
    assert [(risk.text, risk.level, risk.person) for risk in risks] == [
        ("margin 21%; churn risk high.", "high", None),
        ("sedang membandingkan penyedia lain.", None, None),
    ]
