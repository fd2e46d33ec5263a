"""What is asked of an agreement is told by its clauses: quoted, not by their number, nor by what tickets say of it."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 2, 3)

FILES = {
    "customers.csv": "Code;Customer\nGH-1;Gull Harbour Ltd\n",
    "tickets.csv": (
        "Ticket No;Customer;Opened;Priority;Type;Subject;Response (minutes);Target (minutes);Response met\n"
        "TQ-1;Gull Harbour Ltd;2031-01-04 08:00;P1;Incident;Link down;9;25;yes\nTQ-2;Gull Harbour Ltd;2031-01-19 10:30;P1;Incident;Mail full;31;25;no\n"
    ),
    "gull harbour.md": """# SERVICES AGREEMENT

No. GH-4/2030

Made on 3 May 2030 between PT Sinar Penyedia ("Provider") and Gull Harbour Ltd ("Customer").

## 1 Term

1.1 This Agreement runs from 1 June 2030 until 31 May 2033.

## 2 Fees

2.1 Invoices are due forty (40) days after receipt.

## 3 Service Levels

3.1 P1 incidents are answered within 40 minutes and restored within 6 hours.

## 7 Liability

7.1 Liability is limited to USD 90,000 per contract year.

## 8 Disputes

8.1 Disputes are mediated in Singapore.
""",
}


@pytest.mark.parametrize("question", ["Is there a limit on liability in the Gull Harbour contract?", "Which clause of the Gull Harbour agreement covers liability?"])
def test_a_clause_is_quoted(ask_here: AskHere, question: str) -> None:
    assert "“7.1 Liability is limited to USD 90,000 per contract year.”" in ask_here(question).answer


@pytest.mark.parametrize("question", ["berapa SLA respons P1 di Gull Harbour sekarang?", "brp sla respon p1 gull harbour", "What is the P1 response SLA of Gull Harbour?"])
def test_what_was_agreed_is_not_what_tickets_say_of_it(ask_here: AskHere, question: str) -> None:
    answer = ask_here(question).answer
    assert "40 " in answer and "25" not in answer
