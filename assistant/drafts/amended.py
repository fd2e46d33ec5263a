"""Which clauses of a customer's agreements stand, and which amounts in them an amendment in force has replaced."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.wording import matcher
from assistant.tools.desk import Desk
from knowledge.access import record_clause
from knowledge.documents.sentences import sentences
from knowledge.language.money import find_money
from knowledge.records.agreements import Agreement, Clause

_CLAUSE_NUMBER = re.compile(r"(?<!\w)(?:pasal|klausul|butir|ayat|clause|article|section|paragraph)\s+(\d{1,3}(?:\.\d{1,3})*)", re.IGNORECASE)


@dataclass
class AmendedClauses:
    """The clauses of one customer's agreements as the viewer may see them, on the desk's day."""

    desk: Desk
    customer_id: int

    def by(self, clause: Clause) -> Clause | None:
        """The clause of an amendment in force that changes this one; one that names it and says that it stays does not."""
        if clause.amended_by_id is not None:
            return self.desk.session.get(Clause, clause.amended_by_id) if _in_force(clause, self.desk.today) else None
        return self._naming.get(clause.agreement_id or 0, {}).get(clause.number) if clause.number else None

    def states_superseded(self, text: str) -> bool:
        """Whether the text states an amount that was replaced."""
        return any(re.search(rf"(?<![\d.,]){re.escape(amount)}(?![\d])", text) for amount in self._superseded)

    @cached_property
    def _superseded(self) -> frozenset[str]:
        """Amounts of money, as written, that stood in a clause and were replaced."""
        query = select(Clause).where(col(Clause.withdrawn).is_(False), record_clause(self.desk.viewer, Clause), col(Clause.customer_id) == self.customer_id)
        clauses = {clause.id: clause for clause in self.desk.session.execute(query).scalars()}
        changed = [clause for clause in clauses.values() if clause.amended_by_id in clauses and _in_force(clause, self.desk.today)]
        return frozenset(amount for clause in changed for amount in superseded_amounts(clause.text, clauses[clause.amended_by_id].text))

    @cached_property
    def _naming(self) -> dict[int, dict[str, Clause]]:
        """Agreement id → number of its clause → the clause of an amendment in force that names it without saying that it stays."""
        query = select(Clause, Agreement).join(Agreement, col(Clause.agreement_id) == col(Agreement.id)).where(
            col(Agreement.kind) == "amendment", col(Agreement.amends_id).is_not(None), col(Agreement.customer_id) == self.customer_id,
            col(Clause.withdrawn).is_(False), record_clause(self.desk.viewer, Clause),
        )  # fmt: skip
        found: dict[int, dict[str, Clause]] = {}
        rows: list[tuple[Clause, Agreement]] = [(clause, amendment) for clause, amendment in self.desk.session.execute(query).all()]
        for clause, amendment in rows:
            if (amendment.effective_from or amendment.signed_on or self.desk.today) > self.desk.today:
                continue
            for start, end in sentences(clause.text):
                if not matcher("state.stays").search(clause.text[start:end]):
                    for match in _CLAUSE_NUMBER.finditer(clause.text[start:end]):
                        found.setdefault(amendment.amends_id or 0, {})[match[1]] = clause
        return found


def _in_force(clause: Clause, today: date) -> bool:
    return clause.amended_from is None or clause.amended_from <= today


def superseded_amounts(amended: str, amending: str) -> set[str]:
    """Amounts as written that an amending clause takes out of force: those it repeats from the clause that it amends."""
    old = {(span.amount, span.currency) for span in find_money(amended)}
    written = {amended[span.start : span.end] for span in find_money(amended) if (span.amount, span.currency) in old & {(other.amount, other.currency) for other in find_money(amending)}}
    repeated = {amending[span.start : span.end] for span in find_money(amending) if (span.amount, span.currency) in old}
    return {re.sub(r"^[^\d]*", "", text).strip() for text in written | repeated} if repeated and len(find_money(amending)) > len(repeated) else set()
