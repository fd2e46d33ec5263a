"""Follow-ups: a turn that leaves something out is made to stand alone with what the turns before it said."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from assistant.models.builtin.questions.swapped import PRIORITY, in_currency, swapped
from assistant.models.builtin.questions.understanding import kinds_of_answer
from knowledge.language.concepts import concepts
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect, scores
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import Language, words_beside
from knowledge.linking import Linker

__all__ = ["CLEAR", "NAMED", "NUMBER", "PRIORITY", "Standalone", "TurnState", "language_of", "leans", "stand_alone"]
CLEAR = 1.0
"""How much more a turn must speak for one language to change that of the conversation: a word of grammar or of office talk."""
NAMED = re.compile(r"\b(?:[A-Z][A-Z0-9]{1,}[A-Za-z0-9-]*|[A-Z][a-z]+[A-Z]\w*)\b")


@dataclass
class TurnState:
    """What a turn leaves to the next one. `question` stands alone; `own` is what the person typed; `found` names in its answer."""

    own: str
    question: str
    customers: list[int] = field(default_factory=list)
    customer_text: str = ""
    people: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    language: str = "id"
    abstained: bool = False

    @classmethod
    def of(cls, data: dict[str, Any]) -> "TurnState":
        return cls(**{key: value for key, value in data.items() if key in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Standalone:
    """`question` stands alone; `inherited` the words added; `customers` taken over when the turn names none."""

    question: str
    inherited: str = ""
    customers: tuple[int, ...] = ()
    whole: bool = False
    """The turn asks nothing of its own: it is the question before, of somebody else."""


@cache
def _words() -> dict[str, list[str]]:
    table = words_beside(__file__, "followups")
    return {name: sorted(both["id"] + both["en"], key=len, reverse=True) for name, both in table.items()}


def _words_in(language: Language, kind: str) -> list[str]:
    return list(words_beside(__file__, "followups")[kind][language])


def _starts_with(plain: str, kind: str) -> str | None:
    return next((word for word in _words()[kind] if re.match(rf"{re.escape(word)}\b", plain)), None)


def language_of(text: str, before: TurnState | None) -> Language:
    """The language to answer in: a short turn that hardly tells ("P2?") keeps that of the conversation."""
    told = scores(text)
    if before is not None and abs(told["id"] - told["en"]) < CLEAR:
        return "en" if before.language == "en" else "id"
    return detect(text)


def leans(text: str, names_customer: bool) -> bool:
    """Whether a turn needs the ones before it to be understood."""
    plain = normalise(text)
    words = plain.split()
    if _starts_with(plain, "continues"):
        return True
    if names_customer:
        return False
    points = {word for word in _words()["points"]}
    if any(word.strip("?.,!") in points for word in words) or re.search(r"\w{3,}nya\b", plain):
        return True
    return len(words) <= 6


def stand_alone(text: str, before: TurnState | None, linker: Linker, today: date) -> Standalone:
    """The turn as a question of its own."""
    if before is None:
        return Standalone(text)
    text = re.sub(r"(?<=\w)-nya\b", "", text)
    corrected = _corrected(text)
    if corrected and (replaced := _swapped(corrected, before, today) or _replace(corrected, before, linker, today)):
        return replaced
    text = corrected or text
    mentions = linker.customers(text)
    if asked := _of_person_found(text, before, linker):
        return asked
    if not mentions and (swapped := _swapped(text, before, today)):
        return swapped
    if mentions and before.customers and _names_only(text, [mention.text for mention in mentions]) and (replaced := _replace(_without_asking(text), before, linker, today)):
        return replace(replaced, whole=True)
    if not leans(text, bool(mentions)):
        return Standalone(text, customers=() if mentions else _quiet_customers(text, before))
    plain = normalise(text)
    if _starts_with(plain, "replaces") and (replaced := _replace(text, before, linker, today)):
        return replaced
    if mentions:
        topic = _without(before.question, [before.customer_text])
        return Standalone(f"{text} ({topic})", topic)
    added = " ".join(part for part in (*before.found[:2], _topic(before)) if part)
    return Standalone(f"{text} ({added})", added, tuple(before.customers))


def _corrected(text: str) -> str | None:
    """What comes after "maksud saya …", "sorry, I meant …"; None where the turn corrects nothing."""
    plain = re.sub(r"[,.]\s+", " ", text.strip())
    word = next((each for each in _words()["corrects"] if re.match(rf"{re.escape(each)}[\s:]", plain, re.IGNORECASE)), None)
    return plain[len(word) :].lstrip(" :,") or None if word else None


NUMBER = re.compile(r"\b(?:nomor(?:nya)?|nonya)\b(?! (?:hp|telepon|telp|tiket|kontrak|perjanjian|wa))|(?<!phone )\bnumber\b", re.IGNORECASE)


def _of_person_found(text: str, before: TurnState, linker: Linker) -> Standalone | None:
    """ "Nomornya?", "and her e-mail?" after a person was found: that person's, and nothing else of the turn before."""
    person = next((name for name in before.found if linker.people(name)), None)
    if person is None or linker.people(text) or len(text.split()) > 6:
        return None
    phone = NUMBER.sub("phone number" if "number" in text.lower() else "nomor telepon", text)
    if not {"phone", "email"} & set(kinds_of_answer(phone)) and not re.fullmatch(r"\W*(?:and |dan |kalau )?(?:her |his |their )?(?:e-?mail|surel)(?:nya)?\W*", text, re.IGNORECASE):
        return None
    return Standalone(f"{phone} ({person})", person, tuple(before.customers))


def _swapped(text: str, before: TurnState, today: date) -> Standalone | None:
    """ "Berapa Q2?", "Oktober?", "P1?", "in rupiah?": nothing but another period, priority, level or currency."""
    if asked := in_currency(text, before.question):
        return Standalone(asked, customers=tuple(before.customers), whole=True)
    found = swapped(text, before.question, today)
    return Standalone(found, customers=tuple(before.customers)) if found is not None else None


def _quiet_customers(text: str, before: TurnState) -> tuple[int, ...]:
    """A turn that stands alone but names nobody still speaks of the customer before, unless it asks about all of them."""
    everybody = re.search(r"\b(semua|seluruh|setiap|mana saja|all|every|which customers?|pelanggan mana)\b", normalise(text))
    return () if everybody else tuple(before.customers)


def _names_only(text: str, names: list[str]) -> bool:
    """ "Untuk X bagaimana?", "X gimana?", "What about X?": a customer and nothing that asks for anything of its own."""
    rest = re.sub(r"[?!.,;]+", " ", _without(text, names)).split()
    empty = {word for kind in ("filler", "asks_alike") for each in _words()[kind] for word in each.split()}
    return all(normalise(word) in empty for word in rest)


def _without_asking(text: str) -> str:
    """ "X gimana?" without what only asks for the same."""
    empty = {word for each in _words()["asks_alike"] for word in each.split()}
    return " ".join(word for word in re.sub(r"[?!.,;]+", " ", text).split() if normalise(word) not in empty)


def _topic(before: TurnState) -> str:
    return before.question


def _without(text: str, pieces: list[str]) -> str:
    for piece in pieces:
        if piece:
            text = re.sub(re.escape(piece), " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def _core(text: str) -> str:
    """The new thing in "kalau X?" / "and for X?"."""
    words = re.sub(r"[?!.,;]+", " ", text).split()
    filler = set(_words()["filler"])
    while words and normalise(words[0]) in filler:
        words.pop(0)
    return " ".join(words)


def _replace(text: str, before: TurnState, linker: Linker, today: date) -> Standalone | None:
    """ "The same, but for X": X takes the place of what is of its kind in the earlier question."""
    core = _core(text)
    if not core:
        return None
    if len(core.split()) > 6:
        return None
    question = before.question
    mentions = linker.customers(core)
    if mentions and before.customer_text:
        mention = mentions[0]
        rest = _core(_without(core, [mention.text]))
        swapped = re.sub(re.escape(before.customer_text), mention.text, question, flags=re.IGNORECASE)
        question = swapped if swapped != question or mention.text in question else f"{question} ({mention.text})"
        rest = re.sub(r"\b(di|at|in|for|untuk|of|pada)\b", " ", rest).strip()
        if rest:
            old = [name for name in NAMED.findall(before.question) if not linker.customers(name) and not concepts_known(name)]
            if NAMED.search(rest) and old:
                question = question.replace(old[0], rest)
            else:
                question = f"{rest} {question}" if rest else question
        return Standalone(question)
    carried = tuple(before.customers)
    new, old_priority = PRIORITY.search(core), PRIORITY.search(question)
    if new and old_priority:
        return Standalone(PRIORITY.sub(new.group(), question), customers=carried)
    new_dates, old_dates = find_dates(core, today), find_dates(question, today)
    if new_dates and old_dates and len(core.split()) <= 3:
        return Standalone(question[: old_dates[0].start] + core + question[old_dates[0].end :], customers=carried)
    new_service, old_service = linker.services(core), linker.services(question)
    if new_service and old_service:
        first = old_service[0]
        return Standalone(question[: first.start] + core + question[first.end :], customers=carried)
    if kinds_of_answer(core) and not linker.people(core):  # asks for something of its own
        return None
    subject = re.sub(r"nya\b", "", core)
    of_whom = kinds_of_answer(before.own)[:1]
    if of_whom == ("person",) and not linker.people(core):  # another role: whoever that is
        return Standalone(f"{_words_in(language_of(text, before), 'asks_person')[0]} {subject} ({before.customer_text})", customers=carried) if before.customer_text else None
    # a person: ask the same attribute (the earlier turn's own words) of somebody else
    own = _without(before.own, list(before.people))
    return Standalone(f"{own} {subject} {before.customer_text}".strip(), inherited="", customers=carried)


def concepts_known(word: str) -> bool:
    """Whether the word is a term of the shared vocabulary rather than a name."""
    return any(name.startswith("#") for concept in concepts(word) for name in concept.names)
