"""Turns that are nothing but another period, priority, level or currency ("Q2?", "and in rupiah?"), put into the question before."""

import re
from datetime import date

from knowledge.language.dates import find_dates
from knowledge.language.time_units import MONTHS_OF
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_alternatives
from knowledge.queries.vocabulary import levels

PRIORITY = re.compile(r"\b(?:p|prioritas|priority|sev(?:erity)?)[\s:-]{0,2}(\d)\b", re.IGNORECASE)
_LEAD, _NAMED = (section_alternatives(__file__, "swapped", section) for section in ("in_currency", "currency"))
_CURRENCY = re.compile(rf"\W*(?:(?:{_LEAD})\s+)*(?P<currency>{_NAMED})(?:\s+(?:{_LEAD}))*\W*", re.IGNORECASE)


def in_currency(text: str, question: str) -> str | None:
    """ "Dalam rupiah?": the question before, for an amount."""
    match = _CURRENCY.fullmatch(text)
    return f"{question.rstrip(' ?')}, {match['currency']}?" if match else None


def swapped(text: str, question: str, today: date) -> str | None:
    """The question before with what the turn names in the place of its like; None where the turn is more than that."""
    core = re.sub(r"^\W*(?:(?:kalau|kalo|and|dan|lalu|terus|berapa|what|which|how much|how many|for|in|untuk|di|bulan)\s+)*|\W+$", "", text, flags=re.IGNORECASE)
    new, old = PRIORITY.fullmatch(core), PRIORITY.search(question)
    if new and old:
        return PRIORITY.sub(new.group(), question)
    if (earlier := _one_before(core, question, today)) is not None:
        return earlier
    if level := _other_level(core, question):
        return level
    new_dates, old_dates = find_dates(core, today), find_dates(question, today)
    if len(new_dates) == 1 and len(old_dates) == 1 and new_dates[0].end - new_dates[0].start == len(core):
        return question[: old_dates[0].start] + core + question[old_dates[0].end :]
    return None


BEFORE = re.compile(r"(?:yang |the )?(?:bulan|semester|kuartal|triwulan|tahun|month|half|half-year|quarter|year|previous (?:month|half|quarter|year))\s*(?:sebelumnya|sebelum itu|before(?: that)?)?", re.IGNORECASE)


def _one_before(core: str, question: str, today: date) -> str | None:
    """ "kalau semester sebelumnya?", "and the quarter before?": the period right before the one that was asked about."""
    if not re.search(r"sebelum|before|previous", core, re.IGNORECASE) or not BEFORE.fullmatch(core.strip()):
        return None
    spans = find_dates(question, today)
    if len(spans) != 1 or spans[0].precision not in MONTHS_OF:
        return None
    months = MONTHS_OF[spans[0].precision]
    first = spans[0].value.year * 12 + spans[0].value.month - 1 - months
    year, month = divmod(first, 12)
    told = {"month": f"{month + 1:02}/{year}", "quarter": f"Q{month // 3 + 1} {year}", "half": f"semester {month // 6 + 1} {year}", "year": f"{year}"}
    return question[: spans[0].start] + told[spans[0].precision] + question[spans[0].end :]


def _other_level(core: str, question: str) -> str | None:
    """ "yang sedang": another level than the one before."""
    word = re.sub(r"^(?:yang|the|only|hanya|cuma)\s+|\s+(?:saja|aja|ones?|only)$", "", normalise(core)).strip()
    known = {each for group in levels() for each in group if len(each) > 1}
    old = next((match for match in re.finditer(r"[\w-]+", question) if match[0].lower() in known), None)
    if word not in known or old is None or old[0].lower() == word:
        return None
    return question[: old.start()] + word + question[old.end() :]
