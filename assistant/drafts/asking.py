"""Whether a message asks for a document: it orders one, or names one with courtesy or by itself. Telling of one does not, asking about one neither."""

import re
from functools import cache

from assistant.drafts.kinds import named_itself, opening_kind, wanted_kind
from assistant.drafts.kinds.description import described
from knowledge.language.tokens import normal_alternatives, normalise
from knowledge.language.vocabulary import section_alternatives, words_beside

_CLAUSES = re.compile(r"[.;:,!?]\s+|\s[-–—]\s|\n")
FAR = 4
"""Words of courtesy or a name that may stand before a verb of making."""


def orders_draft(text: str) -> bool:
    """Whether a clause of a message orders a draft: "tolong buatkan …", "I need …", "csat report, please"; without a kind, any document to be made."""
    kind = wanted_kind(text)
    if is_for_people(text) and (kind is None or not named_itself(kind, text)):
        return False
    clauses = [_plain(clause) for clause in _CLAUSES.split(normalise(text))]
    if any(re.search(_any("records"), clause) or re.fullmatch(rf"(?:{_any('records_alone')})", clause) for clause in clauses):
        return False
    if kind is None:  # some document: it must be asked back which
        return any(_makes(clause) and re.search(_any("documents"), clause) for clause in clauses)
    everyday = described(kind).general > 0
    return any(_makes(clause) or _wants(clause) or _is_asked_kindly(clause, text, everyday) for clause in clauses)


def asks_for_figure(text: str) -> bool:
    """Whether a message that names no document tells to reckon a figure ("hitung kredit layanan …"): it is a question."""
    return _opens(text, rf"(?:[\w-]+\s+){{0,{FAR}}}?{_any('reckon')}\s+(?:[\w-]+\s+){{0,2}}?{_any('figures')}")


def tells_to_act(text: str) -> bool:
    """Whether a message that names no document says what people must do themselves ("kita perlu ketemu …")."""
    return _opens(text, rf"(?:{_any('before')}\s+)*{_any('wants')}\s+{_any('acts')}")


def is_for_people(text: str) -> bool:
    """Whether words that may order a draft order none: a figure is asked for, or something that no paper does."""
    return asks_for_figure(text) or tells_to_act(text)


def _opens(text: str, pattern: str) -> bool:
    """Whether a clause opens so and no clause names a document."""
    clauses = [_plain(clause) for clause in _CLAUSES.split(normalise(text))]
    return not any(re.search(_any("documents"), clause) for clause in clauses) and any(re.match(pattern, clause) for clause in clauses)


def opens_with_draft(text: str) -> str | None:
    """What follows where a message opens with the words for a kind of draft and only names it: "rapor layanan …"; None where it does more."""
    rest = opening_kind(text)
    plain = _plain(normalise(text))
    if rest is None or "?" in text or rest.startswith(":") or re.search(_any("tells"), plain) or re.search(rf"{_any('asks_last')}$", plain):
        return None
    return rest


def signs_of_asking(text: str) -> tuple[bool, ...]:
    """What the word lists see in a message, in the order of SIGNS: for the trained judgement, which weighs it beside the meaning."""
    clauses = [_plain(clause) for clause in _CLAUSES.split(normalise(text))]
    kind = wanted_kind(text)
    every = " ".join(clauses)
    return (
        any(_makes(clause) for clause in clauses),
        any(_wants(clause) for clause in clauses),
        bool(re.search(_any("courtesy"), every)),
        bool(re.search(_any("tells"), every)),
        bool(re.search(_any("records"), every)),
        any(_is_question(clause) for clause in clauses),
        "?" in text,
        bool(re.search(_any("documents"), every)),
        kind is not None and described(kind).general == 0,
        kind is not None and described(kind).general > 0,
    )


SIGNS = ("makes", "wants", "courtesy", "tells", "records", "question", "question mark", "document", "kind", "everyday kind")


def is_word_of_asking(word: str) -> bool:
    """Whether a word only says that something is to be made or is wanted."""
    plain = _plain(normalise(word))
    return any(re.fullmatch(pattern, plain) for pattern in (_making(), _any("wants"), _any("courtesy")))


def _makes(clause: str) -> bool:
    found = re.match(rf"((?:[\w-]+\s+){{0,{FAR}}}?)(?:{_making()})", clause)
    return found is not None and not _is_told(found[1]) and not _is_question(clause)


def _wants(clause: str) -> bool:
    """A wish of the writer's own; "PT Contoh minta …" tells of somebody else's."""
    return bool(re.match(rf"(?:{_any('before')}\s+)*{_any('wants')}", clause))


def _is_asked_kindly(clause: str, text: str, everyday: bool) -> bool:
    """A word of courtesy where nothing is told or asked; beside an everyday name of a draft ("meeting") also some document."""
    named = not everyday or re.search(_any("documents"), _plain(normalise(text)))
    return bool(re.search(_any("courtesy"), clause) and named and not _is_told(clause) and not _is_question(clause))


def _is_told(words: str) -> bool:
    return bool(re.search(_any("tells"), words))


def _is_question(clause: str) -> bool:
    return bool(re.match(_any("questions"), clause))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", text.lower()).split())


@cache
def _making() -> str:
    words = words_beside(__file__, "asking")
    passive, helped = (section_alternatives(__file__, "asking", name) for name in ("passive", "helped"))
    return (
        rf"(?:\b(?:{normal_alternatives(words['make'])})\b|\bdi(?:{passive})\b"
        rf"|\b(?:di)?(?:{normal_alternatives(words['stems'])})(?:kan|in|i|kanlah|inlah)\b|\b(?:{helped})\s+(?:untuk\s+)?me\w+\b)"
    )


@cache
def _any(name: str) -> str:
    return rf"\b(?:{normal_alternatives(words_beside(__file__, 'asking')[name])})\b"
