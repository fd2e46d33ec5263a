"""Which agreement an amendment amends."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.records.agreements import Agreement

_SIMILAR_TITLE = 60


def base_of(amendment: Agreement, bases: Sequence[Agreement]) -> Agreement | None:
    """The agreement that an amendment names by number; without a number, the one of the same customer with the
    likest title or the date it cites."""
    wanted = bare_number(amendment.amends_number)
    if wanted:
        exact = [base for base in bases if bare_number(base.number) == wanted]
        if exact:
            return exact[0]
        within = [
            base
            for base in bases
            if base.number and (bare_number(base.number) in wanted or wanted in bare_number(base.number))
        ]
        return within[0] if len(within) == 1 else None
    named = [base for base in bases if _named_in(base, amendment.title)]
    if len(named) == 1:
        return named[0]
    same = [
        base
        for base in bases
        if base.customer_id is not None and base.customer_id == amendment.customer_id and not base.internal
    ]
    dated = amendment.extra.get("amends_dated")
    by_date = [base for base in same if dated and base.signed_on and base.signed_on.isoformat() == dated]
    if len(by_date) == 1:
        return by_date[0]
    scored = sorted(
        ((fuzz.token_set_ratio(base.title, amendment.title), base.id or 0, base) for base in same),
        reverse=True,
        key=lambda row: row[:2],
    )
    if len(same) == 1:
        return same[0]
    if scored and scored[0][0] >= _SIMILAR_TITLE and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return scored[0][2]
    return None


def annexes_of(base: Agreement, agreements: Sequence[Agreement]) -> list[Agreement]:
    """The agreements that call themselves a part of the base by its number: a schedule of service levels, an order form."""
    own = bare_number(base.number)
    return [one for one in agreements if own and one is not base and bare_number(one.extra.get("annex_of")) == own and one.customer_id in (base.customer_id, None)]


def bare_number(number: str | None) -> str:
    """An agreement's number without marks and blanks, in capitals; empty without one."""
    return re.sub(r"[^A-Z0-9]", "", (number or "").upper())


def _named_in(base: Agreement, title: str) -> bool:
    """Whether an amendment's title holds the agreement's number, or its title where that has a code ("SERVICE CONTRACT HS-77")."""
    coded = bool(re.search(r"[A-Z]+[-/.]?\d", base.title))
    number = bare_number(base.number)
    return len(number) > 3 and number in bare_number(title) or coded and len(base.title) > 7 and base.title.casefold() in title.casefold()
