"""Whom a clause is about: the customer and person it names, else those of its sentence, of the facts before, of the conversation."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import pattern
from assistant.proposals.register import Register
from assistant.proposals.strange_names import Mention, without_address
from knowledge.access import Viewer


@dataclass(frozen=True)
class Subject:
    """customer_ids: one fact for each; person: full name where known."""

    customer_ids: tuple[int, ...]
    person: str | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Unclear:
    """What has to be asked: which customer, or which of several people. `named`: a name was given that the viewer has no access to."""

    about: Literal["customer", "person"]
    customer_ids: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    named: bool = False


def _customers(mentions: list[Mention]) -> tuple[int, ...] | Unclear:
    """The customers named; Unclear where a name fits several."""
    clear = list(dict.fromkeys(mention.customer_ids[0] for mention in mentions if len(mention.customer_ids) == 1))
    for mention in mentions:
        if len(mention.customer_ids) > 1 and not set(mention.customer_ids) & set(clear):
            return Unclear("customer", mention.customer_ids)
    return tuple(clear)


def _person_at(person: Mention, customers: tuple[int, ...]) -> Subject | Unclear | None:
    """The person as one of some customers' people; without customers, by their only position."""
    fitting = [position for position in person.positions if not customers or position.customer_id in customers]
    places = tuple(dict.fromkeys(position.customer_id for position in fitting))
    if not fitting:
        return None
    if len(places) > 1:
        return Unclear("customer", places)
    people = tuple(dict.fromkeys((position.person_id, position.name) for position in fitting))
    if len(people) > 1:
        return Unclear("person", places, tuple(name for _, name in people))
    return Subject(places, people[0][1], people[0][0])


def _meant(mentions: list[Mention]) -> list[Mention]:
    return [mention for mention in mentions if not mention.denied] or mentions


def only_denied(masked: Masked, text: str) -> bool:
    """Whether a clause says of everybody it names that it is not they."""
    mentions = [*masked.named(text, "customer"), *masked.named(text, "person")]
    return bool(mentions) and all(mention.denied for mention in mentions)


def speakers(masked: Masked, text: str) -> list[Mention]:
    """The customers' people of a clause, whom it is about first: not those whom it denies ("not Ann"), names only to tell somebody else
    ("Ann's successor Tom"), or quotes on how another feels ("Ann says Tom is angry", "according to Ann, Tom thinks …")."""
    signs = [
        match for match in _PERSON.finditer(text) if match[0] in masked.names and not masked.names[match[0]].provider
    ]
    found = [match for match in signs if not masked.names[match[0]].denied] or signs
    found = [match for match in found if not _POSSESSIVE.match(text, match.end())] or found
    for number, match in enumerate(found[1:], 1):
        told = pattern("clauses", "reporting").search(text[: match.start()])
        after = " ".join(text[match.end() :].lower().split()[:5])
        felt = any(pattern("sentiment", "stance", side).search(after) for side in ("positive", "negative"))
        quoting = told and felt and not pattern("sentiment", "stance", "negative").search(told[0])
        if quoting or pattern("clauses", "according_to").search(text[: found[0].start()]):
            found.insert(0, found.pop(number))
            break
    return [masked.names[match[0]] for match in found]


_PERSON = re.compile(r"xperson[a-z]+q")
_POSSESSIVE = re.compile(r"['’]s?\s+(?:[\w-]+\s+){1,3}xperson")


def about_whom(
    masked: Masked,
    text: str,
    sentence: str,
    later: list[str],
    last: Subject | None,
    *,
    kind: str | None,
    context: tuple[int, ...],
    viewer: Viewer,
    register: Register,
) -> Subject | Unclear:
    """The subject of one clause (`text`, masked). `later`: the clauses after it, which may name whom it leaves out."""
    named = _meant(masked.named(text, "customer"))
    people = speakers(masked, text)
    strangers = masked.named(text, "org")
    person = people[0] if people else None
    own = _customers(named)
    if isinstance(own, Unclear):
        narrowed = _person_at(person, own.customer_ids) if person else None
        if isinstance(narrowed, Subject):
            return narrowed
        fits = tuple(
            identity for identity in own.customer_ids if identity in context or (last and identity in last.customer_ids)
        )
        if len(fits) != 1:
            return own
        own = fits
    if own:
        if len(own) > 1 and not _listed(masked, text):
            own = own[:1]
        return _with_person(own, person, last, text, register)
    if strangers and kind != "risk":
        return Unclear("customer", named=True)
    around = _customers(masked.named(sentence, "customer"))
    nearby = (last.customer_ids if last else ()) or (around if isinstance(around, tuple) else ()) or context
    if person:
        for scope in (nearby, ()):
            found = _person_at(person, scope)
            if found is not None and (scope or not isinstance(found, Unclear)):
                return found
        found = _person_at(person, ())
        if found is not None:
            return found
        for other in people[1:]:  # a stranger named beside somebody known: "Sofia takes over from Tom"
            theirs = _person_at(other, nearby) or _person_at(other, ())
            if isinstance(theirs, Subject):
                return Subject(theirs.customer_ids[:1], without_address(person.name))
        if last or around or len(context) == 1:
            if isinstance(around, Unclear):
                return around
            return Subject((last.customer_ids if last else around or context)[:1], without_address(person.name))
        return Unclear("customer", named=True)
    if last:
        return last
    if isinstance(around, Unclear):
        return around
    if around:
        inherited = [p for p in masked.named(sentence, "person") if not p.provider]
        return _with_person(around[:1], inherited[0] if len(inherited) == 1 else None, None, text, register)
    for clause in later:
        if masked.named(clause, "customer") or masked.named(clause, "person"):
            return about_whom(
                masked, clause, clause, [], None, kind=kind, context=context, viewer=viewer, register=register
            )
    everybody = [p for p in masked.named(sentence, "person") if not p.provider]
    if everybody:
        found = _person_at(everybody[0], context)
        return found or Unclear("customer", named=True)
    if masked.named(sentence, "org"):
        return Unclear("customer", named=True)
    if len(context) == 1:
        return Subject(context)
    return Unclear("customer", tuple(identity for identity in context if viewer.may_see(identity)))


def _with_person(customers: tuple[int, ...], person: Mention | None, last: Subject | None, text: str, register: Register) -> Subject | Unclear:
    holder = register.holder_of_title(customers[0], text) if person is None and len(customers) == 1 else None
    if holder:
        return Subject(customers, holder.name, holder.person_id)
    if person is None:
        same = last is not None and last.customer_ids == customers
        return Subject(customers, last.person if same and last else None, last.person_id if same and last else None)
    found = _person_at(person, customers)
    if isinstance(found, Unclear) and found.about == "customer":  # one name, people at each of several customers
        return Subject(customers, without_address(person.name))
    if isinstance(found, Unclear):
        return found
    if found is not None:
        return Subject(customers, found.person, found.person_id)
    known = {(position.person_id, position.name) for position in person.positions}
    if len(known) == 1:
        identity, name = known.pop()
        return Subject(customers, name, identity)
    return Subject(customers, without_address(person.name))


def _listed(masked: Masked, text: str) -> bool:
    """Whether two customers are named side by side ("A dan B", "A and B", "A, B"), so that the clause is about each."""
    signs = [sign for sign, mention in masked.names.items() if mention.kind == "customer" and sign in text]
    between = text[text.index(signs[0]) + len(signs[0]) : text.index(signs[1])] if len(signs) > 1 else "x"
    return not between.strip(" ,&").replace("dan", "").replace("and", "").replace("serta", "").strip(" ,")
