"""What people are called in chat: customers by the first word of their name, people by nicknames and initials, strangers in lower case.

Everything here looks only at what the viewer may see; whoever they may not see is a stranger like any that nobody knows.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from assistant.proposals.phrases import is_function_word, is_listed, is_standard, pattern, word_list
from assistant.proposals.register import Position, Register
from knowledge.language.names import without_legal_form
from knowledge.language.vocabulary import vocabulary

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = re.compile(r"(?<![\w./-])[A-Z]{2,4}(?![\w./-])")
_CLAUSE_START = re.compile(r"(?:^|[.!?:;,\n])[\s\"'“(]*$")
_LONGEST = 4
"""Words of a stranger's name that is written in lower case, at most."""


def first_words(register: Register) -> dict[str, tuple[int, ...]]:
    """The first word of each visible customer's name, lower case, with the customers that share it."""
    found: dict[str, tuple[int, ...]] = {}
    for identity, name in register.customers.items():
        words = without_legal_form(name).split()
        if len(words) > 1 and len(words[0]) >= 4 and words[0].lower() not in _kinds():
            found[words[0].lower()] = (*found.get(words[0].lower(), ()), identity)
    return found


def _by_kind(register: Register) -> dict[str, tuple[int, ...]]:
    """Short words for a kind of organisation ("RSUD", "BPR") of which the viewer has one only, lower case, with that one."""
    short = [word for word in word_list("clauses")["organisation"]["prefix"] if word.isupper() and len(word) >= 3]
    found: dict[str, set[int]] = {word.lower(): set() for word in short}
    for identity, names in register.names.items():
        for word in {word.lower() for name in names for word in name.split()} & set(found):
            found[word].add(identity)
    return {word: tuple(who) for word, who in found.items() if len(who) == 1}


def by_first_word(text: str, register: Register, people: Sequence[tuple[int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where a customer is called by the first word of their name: start, end and who it may be. `people`: where people are named.

    An everyday word ("Sumber"), or one for a kind of organisation of which there is one only ("RSUD"), must stand where a name stands:
    capitalised within a sentence, or as subject, heading or after a person, a preposition or a meeting.
    """
    known = first_words(register) | _by_kind(register)
    found = []
    for token in _TOKEN.finditer(text):
        word = re.sub(r"['’]s$", "", token[0])
        who = known.get(word.lower())
        end = token.start() + len(word)
        everyday = word.lower() in _everyday() or word.lower() in _kinds()
        if who and (_stands_as_name(text, token.start(), end, people) if everyday else len(word) >= 5 or word[0].isupper()):
            found.append((token.start(), end, who))
    return found


def _stands_as_name(text: str, start: int, end: int, people: Sequence[tuple[int, int]]) -> bool:
    before, after = text[:start], text[end:]
    following = _TOKEN.match(after.lstrip())
    if following and after[:1] == " " and following[0][0].isupper() and not is_listed(following[0]):
        return False  # another, longer name
    first = bool(_CLAUSE_START.search(before))
    if text[start].isupper() and not first:
        return True
    closed = not after.strip() or after.lstrip()[0] in ".,:;!?)/-" or after[:1] in "'’"
    predicate = closed or bool(_called("follows").match(after.lstrip().lower()))
    if any(other <= start and not text[other:start].strip(" (,") for _, other in people):
        return predicate
    if re.search(rf"(?:{pattern('kinds', 'meeting', 'noun').pattern}|{_called('customer').pattern})\s+$", before, re.IGNORECASE):
        return True
    return predicate and (first or bool(re.search(rf"(?:{_called('preposition').pattern})\s+$", before, re.IGNORECASE)))


@cache
def _everyday() -> frozenset[str]:
    """Words in many organisations' names that mean something else besides."""
    return frozenset(word.lower() for word in vocabulary("organisations")["generic"]["words"])


@cache
def _kinds() -> frozenset[str]:
    """Words that say what kind of organisation it is, and hence call none by name."""
    prefixes: list[str] = word_list("clauses")["organisation"]["prefix"]
    return frozenset(word.lower() for prefix in prefixes for word in prefix.split())


@cache
def _called(name: str) -> re.Pattern[str]:
    return pattern("clauses", "called", name)


def by_nickname(said: str, register: Register, customers: frozenset[int]) -> tuple[Position, ...]:
    """The visible people whom a nickname or initials may mean, at some customers (empty: at any); one person, else nobody.

    A nickname is how a part of the name begins (three letters and more) or ends (four and more): "Zai" for Zainal.
    """
    meant = [
        position
        for position in register.positions.values()
        if position.current and (not customers or position.customer_id in customers) and _short_for(said, position.name)
    ]
    people = {(position.person_id, position.name) for position in meant}
    return tuple(meant) if len(people) == 1 else ()


def _short_for(said: str, name: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", name)]
    if said.isupper() and 2 <= len(said) <= 4:
        return said.lower() == "".join(word[0] for word in words)
    short = said.lower()
    return short.isalpha() and any(
        (len(short) >= 3 and word.startswith(short)) or (len(short) >= 4 and word.endswith(short)) for word in words if word != short
    )


def by_initials(text: str, register: Register, customers: frozenset[int]) -> list[tuple[int, int, tuple[Position, ...]]]:
    """Where one visible person is called by their initials ("MLM from Hartmann")."""
    no_names = set(word_list("clauses")["organisation"]["not"])
    found = []
    for match in _INITIALS.finditer(text):
        if match[0] in no_names or is_listed(match[0]):
            continue
        meant = by_nickname(match[0], register, customers)
        if meant:
            found.append((*match.span(), meant))
    return found


def strangers(text: str, subjects: bool) -> list[tuple[int, int]]:
    """Where an organisation that nobody knows is named in lower case: after a word that begins such names ("pt bukit cemara"), and with
    `subjects` also as the one who does something that only people do ("bukit cemara komplain")."""
    found: list[tuple[int, int]] = []
    prefix = "|".join(re.escape(word) for word in word_list("clauses")["organisation"]["prefix"])
    for match in re.finditer(rf"(?<!\w)(?i:{prefix})\.?\s+(?=[a-z])", text):
        run = _unknown_run(text, match.end())
        if run:
            found.append((match.start(), run))
    for token in _TOKEN.finditer(text) if subjects else ():
        if not _CLAUSE_START.search(text[: token.start()]):
            continue
        run = _named_run(text, token.start())
        if run and run not in [end for _, end in found] and _called("acts").match(text[run:].lstrip().lower()):
            found.append((token.start(), run))
    return found


def _named_run(text: str, start: int) -> int | None:
    """Where the words end that may name who does what follows: up to four, one of which at least stands in no vocabulary ("toko roti
    melati komplain"); None where one is a word for people or things there."""
    end, unknown = start, False
    for token in islice(_TOKEN.finditer(text, start), _LONGEST + 1):
        word = token[0].lower()
        if text[end : token.start()].strip() or _called("acts").match(text[token.start() :].lower()):
            break
        if is_function_word(word) or _called("roles").fullmatch(word) or (is_listed(word) and not is_standard(word)):
            return None
        end, unknown = token.end(), unknown or not (is_listed(word) or is_standard(word))
    return end if unknown else None


def _unknown_run(text: str, start: int) -> int | None:
    """Where up to four words end that stand in no vocabulary; None where the first of them does."""
    end, count = start, 0
    for token in _TOKEN.finditer(text, start):
        word = token[0].lower()
        plain = is_listed(word) or is_function_word(word) or is_standard(word)
        if count == _LONGEST or plain or text[end : token.start()].strip():
            break
        end, count = token.end(), count + 1
    return end if count else None
