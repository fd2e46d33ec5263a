"""Words of a statement against the words of its evidence: names that nobody mentioned, negations, and what it is about.

Not a proof of meaning: it catches statements whose names stand nowhere in their evidence, that say "not" where no evidence does (or
leave out the "not" of the sentence they repeat), and that share next to nothing with what they refer to.
"""

import re
from functools import lru_cache

from assistant.answers.basis import Basis
from assistant.answers.canonical import folded
from assistant.answers.wording import leading_words, negation, place_numbers, unit_names
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.currencies import MARKS
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect
from knowledge.language.vocabulary import both_languages, vocabulary, word_set
from knowledge.linking import Linker

OWN_SHARE, TOTAL_SHARE, CROSS_SHARE = 0.3, 0.5, 0.34
"""How much of a statement's content words must stand in its evidence, in evidence and question together, and in evidence of the other
language."""

_CAPITAL = re.compile(r"(?<![\w@.])[A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*(?!\w)")
_START = re.compile(r"(?:^|[.!?:;—–•|(\n>#*_\"“/])[\s*_#>\"“(\[-]*(?:\(?\d{1,2}[.)]\s+)?$")
_PARTICLE = re.compile(r"^\W*(?:tidak|no|bukan|belum|not yet)\s*[.,;:—–]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")


def unknown_name(text: str, basis: Basis, linker: Linker) -> str | None:
    """A capitalised word inside a sentence that stands neither in the evidence nor in the question and is no known term.

    Customers and people that the store knows are judged by rules of their own.
    """
    known = _words(basis.words) | _words(folded(basis.question))
    names = basis.concepts | basis.asked_concepts
    spans = [(mention.start, mention.end) for mention in linker.customers(text)] + [
        (span.start, span.end) for span in find_dates(text, basis.today)
    ]
    spans += [(mention.start, mention.end) for mention in linker.people(text)]
    spans += [match.span() for match in place_numbers().finditer(text)]
    matches = list(_CAPITAL.finditer(text))
    for position, match in enumerate(matches):
        word = match[0]
        if any(start <= match.start() < end for start, end in spans) or _is_common(word, known, names):
            continue
        starts = bool(_START.search(text[: match.start()]))
        follows_name = (
            position > 0
            and text[matches[position - 1].end() : match.start()] == " "
            and matches[position - 1].start() == match.start() - len(matches[position - 1][0]) - 1
        )
        leads_name = (
            position + 1 < len(matches)
            and text[match.end() : matches[position + 1].start()] == " "
            and not _is_common(matches[position + 1][0], known, names)
        )
        if not starts or leads_name or (follows_name and not starts):
            return f"name not in evidence: {word}"
    return None


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def _is_common(word: str, known: frozenset[str], names: frozenset[str]) -> bool:
    low = folded(word)
    parts = re.findall(r"\w+", low)
    if (
        all(part in known or part.removesuffix("nya") in known for part in parts)
        or low in _function_words()
        or low in unit_names()
    ):
        return True
    found = [name for concept in concepts(low) for name in concept.names]
    return not found or any(name in names or name.startswith("#") for name in found)


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    stopwords = vocabulary("stopwords")
    weekdays = {word.lower() for row in vocabulary("weekdays")["weekday"] for word in both_languages(row)}
    return word_set(stopwords) | frozenset(MARKS) | weekdays


def unsupported_turn(own: str, quotations: list[str], basis: Basis) -> str | None:
    """A negation that no evidence has, or one that the evidence has at the very thing stated and the statement leaves out."""
    plain = _PARTICLE.sub(" ", own)
    turned = negation().search(plain)
    if turned:
        return (
            None
            if _turned_in_evidence(plain, turned.end(), basis) or _contrasts(plain, basis)
            else f"negation not in evidence: {turned[0]}"
        )
    if quotations:
        return None
    stated = concept_names(plain)
    content = concepts(plain)
    for sentence in _SENTENCE.split(basis.text):
        for match in negation().finditer(sentence):
            inside = concept_names(sentence)
            following = concepts(sentence[match.end() :])
            same_thing = bool(following) and following[0].start <= 24 and bool(following[0].names & stated)
            if same_thing and content and sum(1 for concept in content if concept.names & inside) / len(content) >= 0.6:
                return "leaves out a negation"
    return None


def _turned_in_evidence(plain: str, at: int, basis: Basis) -> bool:
    """Whether a sentence of the evidence turns round the thing that the statement turns round; across languages, anything."""
    turned = [sentence for sentence in _SENTENCE.split(basis.text) if negation().search(sentence)]
    following = concepts(plain[at : at + 60])
    if not following or all(item.language != detect(plain) for item in basis.items):
        return bool(turned)
    return any(concept.names & concept_names(sentence) for sentence in turned for concept in following[:2])


def _contrasts(plain: str, basis: Basis) -> bool:
    """ "not 5 % but 3 %": it turns down what the question supposed."""
    return any(token in plain for token in re.findall(r"\d[\d.,]*\d|\d", basis.question))


def unsupported_words(own: str, quotations: list[str], basis: Basis, stated: bool, frame: bool = False) -> str | None:
    """A statement that shares too few of its content words with its evidence; across languages fewer are asked for.

    stated: whether it holds a value (a day, an amount, a number), which is judged elsewhere; frame: a heading or lead-in, for which
    the question's words do. Words that only lead to a source ("menurut", "states") do not count.
    """
    content = [
        concept
        for concept in concepts(own)
        if re.search(r"[^\W\d_]", concept.text) and folded(concept.text) not in leading_words()
    ]
    in_evidence = basis.concepts
    words = _words(basis.words)
    carried = [concept for concept in content if concept.names & in_evidence or folded(concept.text) in words]
    asked = basis.asked_concepts
    both = [concept for concept in content if concept in carried or concept.names & asked]
    if frame:
        return (
            "a heading that says more than what stands beneath it"
            if len(content) - len(both) > len(content) / 2
            else None
        )
    if quotations and len(content) < 2:
        return None
    if len(content) < 3:
        return None if carried or stated else "says nothing that its evidence says"
    if basis.items and all(item.language != detect(own) for item in basis.items):
        return (
            None if len(carried) + stated >= CROSS_SHARE * len(content) else "shares next to nothing with its evidence"
        )
    if len(carried) < OWN_SHARE * len(content) or len(both) < TOTAL_SHARE * len(content):
        return "says more than its evidence"
    return None
