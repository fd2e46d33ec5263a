"""What is asked once more where a message was not answered as it stands: its asking clause alone, or each of the things that it names together."""

import re
from functools import cache

from assistant.models.builtin.questions.followups import PRIORITY
from assistant.models.builtin.questions.several import asks, with_what_it_is_about
from knowledge.language.tokens import STOPWORDS, Token, tokens
from knowledge.language.vocabulary import word_set, words_beside
from knowledge.linking import Linker

_CLAUSES = re.compile(r"(?<=[.!?;:])\s+|\n+")
_NAME = re.compile(r"(?<!^)(?<![.!?:;]\s)\b[A-Z][\w&-]{2,}")
_MOST = 6
"""Words that name a thing."""


def asked_again(text: str, linker: Linker) -> list[str]:
    """Simpler questions for a message (Indonesian or English), each standing alone; [] where it cannot be put more simply."""
    alone = _asking_clause(text, linker)
    return each_thing(alone or text, linker) or ([alone] if alone else [])


def _asking_clause(text: str, linker: Linker) -> str:
    """The clauses that ask, with whom and what the others name; "" where no clause can go: one with a number may be a condition."""
    clauses = [clause.strip() for clause in _CLAUSES.split(text.strip()) if clause.strip()]
    kept = [clause for clause in clauses if asks(clause)]
    gone = [clause for clause in clauses if clause not in kept]
    if not kept or not gone or any(letter.isdigit() for clause in gone for letter in clause):
        return ""
    question = with_what_it_is_about(" ".join(kept), gone, linker)
    names = [name for clause in gone for name in _NAME.findall(clause) if name not in question]
    return f"{question.rstrip(' ?')} ({' '.join(dict.fromkeys(names))})?" if names else question


def each_thing(text: str, linker: Linker) -> list[str]:
    """ "the cap and the notice period of X": the cap of X; the notice period of X."""
    words = tokens(text)
    spans = [(mention.start, mention.end) for mention in linker.customers(text)] + [(mention.start, mention.end) for mention in linker.people(text)]
    for at in range(1, len(words) - 1):
        if words[at].norm not in _words("between") or _names_somebody(words[at - 1], spans) or _names_somebody(words[at + 1], spans):
            continue
        end = next((place for place in range(at + 1, len(words)) if words[place].norm in _words("of") or _names_somebody(words[place], spans)), len(words))
        second = words[at + 1 : end]
        if len(second) > _MOST or not any(map(_tells, second)) or not any(map(_tells, words[:at])) or asks(text[second[0].start : second[-1].end]):
            continue
        tail = text[words[end].start :] if end < len(words) else ""
        lead = f"{words[0].text} " if asks(f"{words[0].text} x") else ""
        first = f"{text[: words[at - 1].end]} {tail}".strip(" ?,;.")
        other = f"{lead}{text[second[0].start : second[-1].end]} {tail}".strip(" ?,;.")
        return [f"{first}?", with_what_it_is_about(f"{other}?", [text], linker)]
    return []


def _names_somebody(word: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)


def _tells(word: Token) -> bool:
    """A word with content of its own; priorities and numbers are values of one thing."""
    plain = word.norm in STOPWORDS["id"] or word.norm in STOPWORDS["en"]
    return not plain and word.norm.isalpha() and not PRIORITY.fullmatch(word.text)


@cache
def _words(section: str) -> frozenset[str]:
    return word_set(words_beside(__file__, "again")[section])
