"""Promises in any prose: who promised what to whom, due when. A promise denied is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge.intake.prose.facts import CommitmentDraft
from knowledge.intake.prose.people import Cast, Named
from knowledge.intake.prose.requests import OPPOSITE
from knowledge.intake.prose.statements import Statement, cued_due, due_in
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.dates import find_dates
from knowledge.language.names import called_organisation

_NOUN_BEFORE = re.compile(
    r"(?<!\w)(?:the|a|this|that|his|her|their|our|your|minta|menagih|tagih|soal|tentang|atas|itu|sesuai|isi|ingkar|tepati)\s+$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(r"^\s+(?:itu|tersebut|tadi|kemarin|yang|temu|was|were|is)(?!\w)", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!\w)(?:dijanjikan|promised\s+by|oleh)(?!\w)", re.IGNORECASE)
_TO = re.compile(rf"{any_of('promises.to_whom')}\s+$", re.IGNORECASE)
QUESTION = re.compile(r"\?\s*[\"”’)]*\s*$")
_CONDITION = re.compile(r"^\W*(?:kalau|jika|bila|apabila|if|unless|when|asal)(?!\w)", re.IGNORECASE)
_SAID = re.compile(
    rf"\s+(?:sudah\s+|sdh\s+|have\s+|had\s+)?{any_of('promises.said')}(?:\s+(?:her|him|them|dia|beliau|ke\s+\w+))?\s+",
    re.IGNORECASE,
)
_GIVES = re.compile(rf"\s+(?:segera\s+|juga\s+|sudah\s+jadwalkan\s+)?{any_of('promises.giving')}", re.IGNORECASE)
_IS_GIVEN = re.compile(rf"{any_of('promises.given')}\s+(?:oleh\s+|by\s+)?", re.IGNORECASE)
_WILL_GIVE = re.compile(rf"\s+(?:juga\s+|also\s+)?{any_of('promises.intention')}\s+{any_of('promises.giving')}", re.IGNORECASE)
_MAX_GAP = 30
_REMARK = re.compile(r"\s*\([^()]{4,160}\)\.?")
_DONE, _NOT = re.compile(any_of("meetings.done"), re.IGNORECASE), re.compile(any_of("promises.not"), re.IGNORECASE)


def promises_in(statement: Statement, cast: Cast, today: date) -> Iterator[CommitmentDraft]:
    """The promises of a statement, one a sentence at most.

    "X berjanji …"/"I promised …" is one always; "kami akan … paling lambat …"/"we will … by …" with a due day.
    """
    for sentence in statement.sentences():
        found = promise_in(sentence, statement, cast, today)
        if found:
            yield _with_remark(found, sentence, statement.text)


def _with_remark(promise: CommitmentDraft, sentence: str, text: str) -> CommitmentDraft:
    """With what was noted in brackets after it, later: "… before 3 May. (4 May: not yet received)"."""
    end = text.find(sentence) + len(sentence)
    remark = _REMARK.match(text, end) if end >= len(sentence) else None
    if remark is None:
        return promise
    noted = text[end - len(sentence) : remark.end()]
    status = "done" if _DONE.search(remark[0]) and not _NOT.search(remark[0]) else promise.status
    return replace(promise, quote=noted, text=noted, status=status)


def promise_in(sentence: str, statement: Statement, cast: Cast, today: date) -> CommitmentDraft | None:
    """The promise that a sentence makes, or None where it makes none, denies one, asks or only supposes."""
    if pattern("promises.negated").search(sentence) or QUESTION.search(sentence):
        return None
    people = _with_organisations(sentence, cast.named_in(sentence), cast)
    cue = (
        _promise_cue(sentence, people, statement)
        or _said_date(sentence, people, statement, today)
        or _giving(sentence, people, statement, today)
        or _given(sentence, people, statement, today)
        or _ours(sentence, statement, today)
    )
    owner: Named | None
    if cue is not None:
        owner = _owner(sentence, cue, people, statement)
        if owner is None and not _PASSIVE.search(cue[0]):
            return None
    else:
        cue = _intention_cue(sentence, people, statement)
        if cue is None:
            return None
        gives = re.match(rf"\W*(?:\w+\W+){{0,2}}?{any_of('promises.giving')}", sentence[cue.end() :], re.IGNORECASE)
        if cued_due(sentence, statement.on, today, strictly=gives is None) is None and not (gives and _day_to_come(sentence[cue.end() :], statement.on or today)):
            return None
        if pattern("promises.hypothetical").search(sentence[: cue.end()]) or _CONDITION.match(sentence):
            return None
        owner = _owner(sentence, cue, people, statement)
        if owner is None:
            return None
    due, _ = due_in(sentence[cue.start() :], statement.on, today)
    if due is None:
        due = cued_due(sentence, statement.on, today)
    party = owner.side if owner and owner.side in OPPOSITE else None
    return CommitmentDraft(
        statement.passage,
        statement.locator,
        sentence,
        on=statement.on,
        kind="promise",
        party=party,
        owner=owner.name if owner else None,
        to_whom=_to_whom(sentence, people, owner),
        text=sentence,
        due=due,
        customer_id=_customer(people),
    )


def _promise_cue(sentence: str, people: Sequence[Named], statement: Statement) -> re.Match[str] | None:
    for match in pattern("promises.promise").finditer(sentence):
        if _NOUN_BEFORE.search(sentence[: match.start()]) or _NOUN_AFTER.match(sentence[match.end() :]):
            continue
        if pattern("promises.noun").fullmatch(match[0]) and not _adjacent(sentence, match, people, statement):
            continue
        return match
    return None


def _adjacent(sentence: str, match: re.Match[str], people: Sequence[Named], statement: Statement) -> bool:
    """Whether somebody stands right before a word that is a noun as well ("saya janji …", not "menagih janji …")."""
    before = [one for one in people if one.end <= match.start()]
    if before:
        return bool(
            re.fullmatch(
                rf"\W*(?:{any_of('promises.between')}\W*)*", sentence[before[-1].end : match.start()], re.IGNORECASE
            )
        )
    return statement.speaker is not None and match.start() <= 3


def _said_date(sentence: str, people: Sequence[Named], statement: Statement, today: date) -> re.Match[str] | None:
    """ "saya bilang Rabu depan", "I told him Tuesday": a date given by the writer is a promise."""
    for one in people:
        match = _SAID.match(sentence, one.end) if one.first_person else None
        if match and any(0 <= span.start - match.end() <= 12 for span in find_dates(sentence, statement.on or today)):
            return match
    return None


def _giving(sentence: str, people: Sequence[Named], statement: Statement, today: date) -> re.Match[str] | None:
    """ "Kami kirim … 5 Mei", "saya siapkan …": the first person, a verb of giving, and a day to come.

    Of others ("Budi menyiapkan …") only with a word that makes the day a due date.
    """
    for one in people:
        match = _GIVES.match(sentence, one.end)
        start = statement.on or today
        if match and not one.first_person:
            if cued_due(sentence[match.end() :], statement.on, today) is not None and not _TO.search(sentence[: one.start]):
                return match
            continue
        if match and _day_to_come(sentence[match.end() :], start):
            return match
    return None


def _day_to_come(text: str, start: date) -> bool:
    return any(span.until > start and span.precision == "day" for span in find_dates(text, start))


def _given(sentence: str, people: Sequence[Named], statement: Statement, today: date) -> re.Match[str] | None:
    """ "Denah dikirim Budi tanggal 5 Mei", "will be sent by Ana on 5 May": the passive, who does it, and a day to come."""
    start = statement.on or today
    for match in _IS_GIVEN.finditer(sentence):
        doer = next((one for one in people if one.start == match.end()), None)
        if doer and _day_to_come(sentence[doer.end :], start):
            return match
    return None


def _ours(sentence: str, statement: Statement, today: date) -> re.Match[str] | None:
    """In a chat, "laporan uji by 5 Mei dari tim kita": what the speaker's side gives, with a due day."""
    if statement.speaker is None or due_in(sentence, statement.on, today)[0] is None:
        return None
    return pattern("promises.ours").search(sentence)


def _with_organisations(sentence: str, people: list[Named], cast: Cast) -> list[Named]:
    """With a customer that is to give something: "PT Maju akan mengirim …", by name where it opens the sentence, else by what it is called."""
    for customer in cast.names.customers(sentence)[:1]:
        match = _WILL_GIVE.match(sentence, customer.end)
        if match and not sentence[: customer.start].strip(" -–•*") and all(one.end <= customer.start or one.start >= customer.end for one in people):
            return [Named(customer.start, customer.end, customer.text, "customer", customer_id=customer.id), *people]
    for called in called_organisation().finditer(sentence):  # "the clinic will hand over …"
        if _WILL_GIVE.match(sentence, called.end()):
            return [Named(called.start(), called.end(), None, "customer"), *people]
    return people


def _intention_cue(sentence: str, people: Sequence[Named], statement: Statement) -> re.Match[str] | None:
    for match in pattern("promises.intention").finditer(sentence):
        before = [one for one in people if one.end <= match.start() and match.start() - one.end <= _MAX_GAP]
        contracted = (
            "'" in match[0]
            or "’" in match[0]
            or any(one.start >= match.start() and one.end <= match.end() for one in people)
        )
        if before or contracted or (statement.speaker is not None and match.start() <= 3):
            return match
    return None


def _owner(sentence: str, cue: re.Match[str], people: Sequence[Named], statement: Statement) -> Named | None:
    if statement.speaker is not None and pattern("promises.ours").fullmatch(cue[0]):
        return statement.speaker
    inside = [one for one in people if one.start >= cue.start() and one.end <= cue.end()]
    given = next((one for one in people if one.start == cue.end()), None)
    if given is not None and _IS_GIVEN.fullmatch(cue[0]):
        return statement.speaker if given.first_person and statement.speaker else given
    before = [one for one in people if one.end <= cue.start()]
    if inside:
        found = inside[0]
    elif before:
        found = before[-1] if not _TO.search(sentence[: before[-1].start]) else before[0]
    else:
        return statement.speaker
    if found.first_person and statement.speaker is not None:
        return statement.speaker
    return found


def _to_whom(sentence: str, people: Sequence[Named], owner: Named | None) -> str | None:
    others = [one for one in people if owner is None or (one.name != owner.name and one.start != owner.start)]
    addressed = next((one for one in others if _TO.search(sentence[: one.start])), None)
    if addressed is None and owner is not None and owner.side:
        addressed = next((one for one in others if one.side and one.side != owner.side), None)
    return addressed.name if addressed else None


def _customer(people: Sequence[Named]) -> int | None:
    known = {one.customer_id for one in people if one.customer_id is not None}
    return known.pop() if len(known) == 1 else None
