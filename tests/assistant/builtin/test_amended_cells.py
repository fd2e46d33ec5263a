"""A row of a table of which an amendment changes one cell: the other cells still hold, and no other row stands in for it."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 2, 3)

FILES = {
    "clients.csv": "Code;Customer\nOT-1;Otter Bay Shipping Ltd.\n",
    "otter bay agreement.md": """# SERVICES AGREEMENT

No. OB-7/2030

Made on 3 May 2030 between PT Sinar Penyedia ("Provider") and Otter Bay Shipping Ltd. ("Customer").

## 1 Term

1.1 This Agreement runs from 1 June 2030 until 31 May 2033.

## B2. Handling of incidents

| Priority | Response | Target resolution | Status updates |
|---|---|---|---|
| P1 Critical | 20 minutes | 5 hours | every 90 minutes |
| P2 High | 2 hours | 14 hours | every 6 hours |
""",
    "otter bay amendment.md": """# AMENDMENT NO. 1

To Services Agreement No. OB-7/2030 between PT Sinar Penyedia and Otter Bay Shipping Ltd., effective 1 October 2030.

1. In section B2, status updates for P1 Critical incidents are given every 45 minutes.
""",
}


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("What is the P1 response time of Otter Bay?", "20 minutes", "2 hours"),
        ("What is the P1 resolution time for Otter Bay under the current agreement?", "5 hours", "14 hours"),
        ("What is the target resolution for P2 at Otter Bay?", "14 hours", "5 hours"),
        ("How often are status updates given for P1 incidents at Otter Bay?", "every 45 minutes", "6 hours"),
        ("Berapa waktu penyelesaian P1 Otter Bay?", "5 jam", "14 jam"),
    ],
)
def test_the_other_cells_hold(ask_here: AskHere, question: str, said: str, unsaid: str) -> None:
    answer = ask_here(question)
    assert not answer.abstained, question
    assert said in answer.answer
    assert unsaid not in answer.answer.split("“")[0]


def test_a_level_of_which_nothing_is_agreed_is_not_answered_by_another(ask_here: AskHere) -> None:
    answer = ask_here("What is the target resolution for P3 at Otter Bay?")
    assert answer.abstained, answer.answer
