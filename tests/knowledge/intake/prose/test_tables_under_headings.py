"""Tables in agreements that belong to no numbered clause."""

from knowledge.documents.loading import load
from knowledge.documents.passages import to_passages
from knowledge.intake.prose.clauses import read_clauses
from knowledge.intake.prose.text import place_blocks

TEXT = """# SCHEDULE C: SERVICE LEVELS

C1.1 The portal is available 99.2% a month.

C1.2 Reports come on the third Business Day.

C1.3 Reviews are held each quarter.

## C2 Incidents

| Priority | Response | Resolution |
|---|---|---|
| P1 | 20 minutes | 5 hours |
| P2 | 90 minutes | 2 Business Days |

## C3 Duties

C3.1 The Supplier names a contact.
"""


def test_a_table_under_a_heading_is_one_clause_with_the_number_of_the_heading() -> None:
    doc = load("schedule.md", TEXT.encode())
    clauses = read_clauses(place_blocks(doc, to_passages(doc))[0])
    table = next(clause for clause in clauses if clause.number == "C2")
    assert [line.split(";")[0] for line in table.text.split("\n")] == ["Priority: P1", "Priority: P2"]
    assert [clause.number for clause in clauses] == ["C1.1", "C1.2", "C1.3", "C2", "C3.1"]
