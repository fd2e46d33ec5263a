"""Several questions in one message: each by itself, with what it leaves to the ones before ("and who requested it?")."""

import re
from functools import cache
from typing import Any

from assistant.models.builtin.questions.followups import PRIORITY
from knowledge.language.tokens import codes, normalise, tokens
from knowledge.language.vocabulary import words_beside
from knowledge.linking import Linker

_ENDS = re.compile(r"\?+\s*|\n+")
_LEAST_WORDS = 2
_OF_IT = re.compile(r"\w{2,}nya\b", re.IGNORECASE)
_EVERYBODY = re.compile(r"\b(semua|seluruh|setiap|mana saja|pelanggan (?:mana|apa)|siapa saja|all|every|which (?:customer|client|account)s?|customers?|clients?|total)\b", re.IGNORECASE)
_NO_CODE = re.compile(PRIORITY.pattern + r"|[hqs][1-4]|fy\d{2,4}|20\d\d", re.IGNORECASE)


def _table() -> dict[str, Any]:
    return words_beside(__file__, "several")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset([*_table()[kind]["id"], *_table()[kind]["en"]])


def _language(part: str) -> str:
    return "en" if set(_plain(part)) & set(_table()["particle"]["en"]) else "id"


def _without_asking(text: str) -> str:
    """The things that a question names, without what asks."""
    return " ".join(word for word in text.strip(" ?").split() if normalise(word).strip(" ?!.,") not in _words("asking"))


def questions_in(text: str, linker: Linker) -> list[str]:
    """The questions of a message, each standing alone; the message itself where it is one. Order is kept."""
    said = _joined([part for sentence in _sentences(text) for part in _by_joining_words(sentence)])
    if len(said) < 2:
        return [text]
    found: list[str] = []
    for number, part in enumerate(said):
        found.append(with_what_it_is_about(part, found or said[number + 1 :], linker))
    return found


def _sentences(text: str) -> list[str]:
    at, found = 0, []
    for match in _ENDS.finditer(text):
        found.append(text[at : match.end()].strip())
        at = match.end()
    return [part for part in (*found, text[at:].strip()) if part]


def _joined(parts: list[str]) -> list[str]:
    """What asks nothing goes with the question after it, at the end with the one before."""
    found: list[str] = []
    waiting = ""
    for part in parts:
        whole = f"{waiting} {part}".strip()
        if asks(part):
            found.append(whole)
            waiting = ""
        else:
            waiting = whole
    if waiting:
        found[-1:] = [f"{found[-1]} {waiting}"] if found else [waiting]
    return found


def _plain(text: str) -> list[str]:
    """Words with chat spelling undone, "what's" as "what"."""
    return [word.removesuffix("'s") for word in normalise(text).replace("’", "'").strip(" ?!.,;").split()]


def asks(text: str) -> bool:
    """Whether a stretch of text is a question: it has a word that asks, or ends in one that makes it a yes-or-no question."""
    words = _plain(text)
    if len(words) < _LEAST_WORDS:
        return len(words) == 1 and "?" in text and bool(_OF_IT.search(text))
    return bool(_words("asking") & set(words)) or "?" in text and words[-1] in _words("particle") or "?" in text and bool(_OF_IT.search(words[-1]))


def _by_joining_words(sentence: str) -> list[str]:
    """ "Who …, and when …": two questions, where both sides are."""
    found = tokens(sentence)
    norms = [token.norm for token in found]
    cuts = []
    for at in range(1, len(found) - 2):
        second = at + 1
        if norms[at] in _words("joining"):
            while second < len(found) - 1 and norms[second] in _words("joining"):
                second += 1
            after_comma = sentence[found[at - 1].end : found[at].start].strip() == ","
            if norms[second] in _words("second") or after_comma and _words("second") & set(norms[second:]):
                cuts.append((found[at].start, found[second].start))
        elif sentence[found[at - 1].end : found[at].start].strip() in (",", ";", ".") and norms[at] in _words("second"):
            cuts.append((found[at].start, found[at].start))
    parts, start = [], 0
    for end, begin in cuts:
        left, right = sentence[start:end], sentence[begin:]
        if begin > start and _is_whole(left) and _is_whole(right):
            parts.append(left.strip(" ,;."))
            start = begin
    return [*parts, sentence[start:].strip()]


def _is_whole(text: str) -> bool:
    """Whether a side of a joining word is more than a word that asks: "siapa dan kapan" is one question."""
    words = _plain(text)
    rest = [word for word in words if word not in _words("asking") | _words("joining")]
    return bool(rest) and len(words) >= _LEAST_WORDS and bool(_words("asking") & set(words))


def leans(part: str) -> bool:
    """Whether a question only points to what the ones beside it are about ("and when is it due?"), and nothing was found to say for that."""
    return "(" not in part and (bool(_words("points") & set(_plain(part))) or bool(_OF_IT.search(part)))


def with_what_it_is_about(part: str, others: list[str], linker: Linker) -> str:
    """A question that names nobody, with the customer of the one before, or of the others where it is the first; "it" with the code that was named."""
    if linker.customers(part) or linker.people(part) or _EVERYBODY.search(part):
        return part
    if others and _plain(part)[-1:] and _plain(part)[-1] in _words("particle"):
        bare = part.strip(" ?").rsplit(" ", 1)[0]  # "capai target nggak?": of the very same
        return f"{_table()['whether'][_language(part)]} {bare} ({_without_asking(others[-1])})?"
    points = bool(_words("points") & set(normalise(part).strip(" ?!.").split())) or bool(_OF_IT.search(part))
    for other in reversed(others):
        named = [code for code in codes(other) if not _NO_CODE.fullmatch(code)]
        if points and named and not [code for code in codes(part) if not _NO_CODE.fullmatch(code)]:
            return f"{part.rstrip(' ?')} ({named[-1]})?"
        mentions = linker.customers(other)
        if mentions:
            return f"{part.rstrip(' ?')} ({mentions[0].text})?"
    return part
