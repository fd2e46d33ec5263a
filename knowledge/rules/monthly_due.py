"""The day on which something about a month falls due: "the fifth Business Day of the following month", "tanggal 10 bulan berikutnya"."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import partial

from knowledge.language.calendar import add_business_days, add_months, public_holidays
from knowledge.language.vocabulary import section_expressions, words_beside

_pattern = partial(section_expressions, __file__, "monthly_due", flags=re.IGNORECASE)
_LAST_SAFE_DAY = 28


def due_for_month(text: str, month: date, holidays: Collection[date] | None = None) -> date | None:
    """The last day for what concerns `month`, by a sentence that counts from the month after it; None where it says no such day.

    `holidays`: None for Indonesia's public holidays. Calendar days up to the 28th, working days up to the 23rd.
    """
    following = add_months(month.replace(day=1), 1)
    if (number := _number(text, "working_day")) is not None and number <= _LAST_SAFE_DAY - 5:
        free = public_holidays(following, add_months(following, 1)) if holidays is None else holidays
        return add_business_days(following - timedelta(days=1), number, free)
    if (number := _number(text, "calendar_day")) is not None and number <= _LAST_SAFE_DAY:
        return following.replace(day=number)
    return None


def _number(text: str, section: str) -> int | None:
    match = _pattern(section).search(text)
    said = next((group for group in match.groups() if group), "").lower() if match else ""
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", said)
    if digits:
        return int(digits[1]) or None
    both = words_beside(__file__, "monthly_due")["ordinals"]
    return next((place for language in both.values() for place, words in enumerate(language, 1) if said in words.split("|")), None)
