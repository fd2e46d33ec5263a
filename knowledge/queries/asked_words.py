"""What single words of a question say of its form: how many of a ranking, a unit of time, a currency, "which", "per"."""

from knowledge.language.money import find_money
from knowledge.queries.vocabulary import currencies, number_words, phrases, scales
from knowledge.queries.words import Match, Reading

_BETWEEN = 3
_MOST_RANKED = 50


def flag(reading: Reading, section: str, literal: bool = True) -> Match | None:
    return reading.best(phrases(section), synonyms=False, literal=literal)


def apart_from_target(reading: Reading) -> Match | None:
    """ "below its availability target": what is missed stands before the word for it."""
    goals = [match.first for wanted in phrases("met.goal") for match in reading.find(wanted, synonyms=False)]
    leads = [match for wanted in phrases("met.no.lead") for match in reading.find(wanted, synonyms=False, literal=True)]
    return next((lead for lead in leads if any(0 <= goal - lead.last <= _BETWEEN for goal in goals)), None)


def last_word(reading: Reading) -> int:
    """The number of words before what a bracket at the end adds."""
    at = reading.text.find(" (")
    return sum(word.end <= at for word in reading.words) if at > 0 else len(reading.words)


def top_asked(reading: Reading, groups: dict[str, Match]) -> tuple[int, frozenset[int]] | None:
    """A number in front of what is ranked, or after "top"."""
    for at, word in enumerate(reading.words):
        number = int(word.norm) if word.norm.isdigit() else number_words().get(word.norm)
        if number is None or not 1 < number <= _MOST_RANKED:
            continue
        before = reading.words[at - 1].norm if at else ""
        after = {match.first for match in groups.values()}
        plain = at + 1 < len(reading.words) and not reading.words[at + 1].norm[:1].isdigit()
        if before in ("top", "the") or at + 1 in after or (at == 0 and plain):
            return number, frozenset({at, at - 1} if before == "top" else {at})
    return None


def said_units(reading: Reading) -> frozenset[int]:
    leads = [match.last for wanted in phrases("said_unit.lead") for match in reading.find(wanted, literal=True)]
    asked = {match.last for wanted in (*phrases("ask.how_much"), *phrases("ask.how_many")) for match in reading.find(wanted, literal=True)}
    leads += [at for at in asked if at < len(reading.words) and any(reading.words[at].norm in words for words in scales().values())]  # "berapa juta"
    units = frozenset(at for wanted in phrases("said_unit") for match in reading.find(wanted, literal=True) for at in match.indices)
    found: set[int] = set()
    for at in leads:
        while at in units:
            found.add(at)
            at += 1
    return frozenset(found)


def unit_after(reading: Reading, at: int) -> int | None:
    """The end of a unit of time that follows at once: "berapa jam", "how many days"; not of months, which are counted as well."""
    units = [match.last for wanted in phrases("unit_of_time") for match in reading.find(wanted, synonyms=False, literal=True) if match.first == at]
    ahead = reading.words[units[0]].norm if units and units[0] < len(reading.words) else ""
    return units[0] if units and ahead not in ("lagi", "left", "remain") else None


def currency_asked(reading: Reading) -> tuple[str, frozenset[int]] | None:
    """A currency that customers or records are in, with the words around it: "rupiah-paying", "yang memakai dolar", "IDR customers"."""
    money = frozenset().union(*(reading.indices(span.start, span.end) for span in find_money(reading.text)))
    units = said_units(reading)
    for code, wanted in currencies():
        match = reading.best(wanted, synonyms=False, literal=True)
        if match is None or match.indices & (money | units):
            continue
        around = {at for each in phrases("in_currency") for other in reading.find(each, literal=True)
                  if -2 <= other.first - match.last <= 1 or 0 <= match.first - other.last <= 1 for at in other.indices}  # fmt: skip
        return code, match.indices | around
    return None


def stands_before(reading: Reading, section: str, at: int) -> bool:
    return any(match.last == at for wanted in phrases(section) for match in reading.find(wanted, literal=True))


def asked_which(reading: Reading, match: Match) -> bool:
    """ "pelanggan mana", "which customers", "bulan apa saja"."""
    after = [word.norm for word in reading.words[match.last : match.last + 2]]
    before = [word.norm for word in reading.words[max(0, match.first - 2) : match.first]]
    return bool({"mana", "apa", "manakah"} & set(after[:1])) or bool({"which", "what"} & set(before)) or "mana" in after


def at_least(reading: Reading, groups: dict[str, Match]) -> int | None:
    """ "di dua pelanggan", "at several customers": at least so many."""
    match = groups.get("customer")
    if match is None:
        return None
    numbers = {"dua": 2, "two": 2, "tiga": 3, "three": 3, "2": 2, "3": 3, "empat": 4, "four": 4, "4": 4}
    before = [word.norm for word in reading.words[max(0, match.first - 2) : match.first]]
    number = next((numbers[word] for word in reversed(before) if word in numbers), None)
    return number or (2 if stands_before(reading, "several", match.first) else None)
