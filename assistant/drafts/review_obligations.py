"""What the agreements oblige each side to, with its state: as recorded, else by the open promise that is about the same."""

from assistant.drafts import promises
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, quoted, table
from assistant.drafts.wording import phrase
from knowledge.language.calendar import days_between
from knowledge.language.concepts import concept_names
from knowledge.records.agreements import Obligation
from knowledge.records.relationship import Commitment

EACH = 5
"""Obligations of one side that are told; those with a state first."""
LEAST, ALIKE = 2, 0.4
"""How many concepts a promise and an obligation must share, and what share of the shorter one, to be about the same."""
PARTIES = ("provider", "customer")


def obligations(dossier: Dossier) -> Section:
    """A row an obligation, ours first: whose it is, what, and its state; how many more there are."""
    language = dossier.language
    found = [one for one in dossier.records(Obligation) if one.text.strip() and dossier.may_quote(one.text) and _is_current(dossier, one)]
    rows: list[Line] = []
    for party in PARTIES:
        made = [(item, promises.full_words(dossier, item)) for item in promises.open_commitments(dossier, party)]
        mine = [(one, promised_of(one, made)) for one in found if one.party == party]
        mine.sort(key=lambda pair: (pair[0].met is not False, pair[1] is None, pair[0].met is None))
        rows += [_row(dossier, one, promise) for one, promise in mine[:EACH]]
        if rest := mine[EACH:]:
            dossier.computed(len(rest))
            side = _side(dossier, party)
            rows.append(line(phrase("review.more_obligations", language, count=len(rest), side=side), *[dossier.cite(one) for one, _ in rest[:3]]))
    return table(rows, tuple(phrase(f"review.heading_{name}", language) for name in ("side", "obligation", "state")))


def promised_of(one: Obligation, found: list[tuple[Commitment, str]]) -> Commitment | None:
    """The open promise whose words share most with those of an obligation; None where none shares enough."""
    mine = concept_names(one.text)
    shares = [(len(mine & theirs) / max(1, min(len(mine), len(theirs))), item) for item, words in found if len(mine & (theirs := concept_names(words))) >= LEAST]
    best = max(shares, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _row(dossier: Dossier, one: Obligation, promise: Commitment | None) -> Line:
    language = dossier.language
    side = _side(dossier, one.party)
    evidence = [dossier.cite(one)]
    if one.met is not None:
        state = phrase(f"review.{'kept' if one.met else 'not_kept'}", language)
    elif promise is not None:
        evidence.append(dossier.cite(promise))
        state = _promised(dossier, promise)
    else:
        state = "–" if dossier.for_customer else phrase("review.no_state", language)
    cells = (side, quoted(one.text, 160), state)
    made = line(" | ".join(cells), *evidence, cells=cells)
    made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)) :]}")
    return made


def _side(dossier: Dossier, party: str) -> str:
    name = "party_us" if party == "provider" and dossier.for_customer else f"party_{party}"
    return phrase(f"review.{name}", dossier.language, customer=dossier.customer.name)


def _promised(dossier: Dossier, promise: Commitment) -> str:
    """ "promised: due 3 May 2027, 7 days overdue"."""
    language = dossier.language
    late = days_between(promise.due, dossier.today) if promise.due and promise.due < dossier.today else 0
    dossier.computed(late)
    due = phrase("review.promised_by", language, day=day(promise.due, language)) if promise.due else phrase("review.promised", language)
    return joined(due, phrase("review.promised_late", language, days=late) if late and not dossier.for_customer else "", by=", ")


def _is_current(dossier: Dossier, one: Obligation) -> bool:
    """Whether no amendment in force replaces the clause that it stands in."""
    clause = dossier.clause(one.clause_id)
    return clause is None or dossier.is_current(clause)
