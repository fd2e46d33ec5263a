"""Requests in any prose: who asks what of the other side, by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge.intake.prose.facts import CommitmentDraft
from knowledge.intake.prose.people import Cast, Named
from knowledge.intake.prose.statements import Statement, cued_due, due_in
from knowledge.intake.prose.wording import any_of, pattern

OPPOSITE = {"provider": "customer", "customer": "provider"}
_VOCATIVE = re.compile(rf"^\W*(?:{any_of('promises.greeting', 'promises.interjection')}\W+)+$", re.IGNORECASE)
_DUE_LABEL = re.compile(r"(?<!\w)(?:due|deadline|tenggat|batas\s+waktu)(?:\s+date)?\s*:", re.IGNORECASE)
_SUBJECT_BREAK = re.compile(r"[;]")
_SHORT = 12
"""Words of a sentence that only names the day of the request before it."""


def requests_in(
    statement: Statement, cast: Cast, today: date, following: Sequence[Statement] = ()
) -> Iterator[CommitmentDraft]:
    """What is asked of the other side: "mohon … sebelum …", "Ana asks for …". The party is who should do it.

    A request that ends in a colon takes the list items that follow as extra["items"].
    """
    open_one: CommitmentDraft | None = None
    for sentence in statement.sentences():
        cue = (
            pattern("promises.request").search(sentence)
            or pattern("promises.wish").search(sentence)
            or _asks_by(sentence, cast)
            or _asks_with_day(sentence, statement, cast, today)
        )
        late = due_in(sentence, statement.on, today)[0] if open_one else None
        if open_one and late and len(sentence.split()) <= _SHORT and cued_due(sentence, statement.on, today):
            _add_day(open_one, statement.text, sentence, late)
            open_one = None
            continue
        if cue is None:
            continue
        polite = bool(pattern("promises.request").search(sentence)) or not pattern("promises.wish").search(sentence)
        people = cast.named_in(sentence)
        opening = max((match.end() for match in _SUBJECT_BREAK.finditer(sentence, 0, cue.start())), default=0)
        before = [one for one in people if opening <= one.start and one.end <= cue.start() and not _is_called(sentence, one)]
        asker = before[0] if before else statement.speaker or cast.caller
        if asker is not None and asker.first_person and statement.speaker is not None:
            asker = statement.speaker
        if asker is None and polite and cast.author:
            asker = Named(0, 0, cast.author, cast.author_side, first_person=True)
        if asker is None or (not polite and asker.side == "provider"):
            continue
        due, _ = due_in(sentence[cue.start() :], statement.on, today)
        draft = CommitmentDraft(
            statement.passage,
            statement.locator,
            sentence,
            on=statement.on,
            kind="request",
            party=OPPOSITE.get(asker.side or "customer"),
            text=sentence,
            due=due,
            customer_id=asker.customer_id,
            extra={"requested_by": asker.name, "wish": not polite},
        )
        open_one = draft if due is None else None
        listed = _listed(following) if sentence.rstrip().endswith(":") else []
        own = [(item, due_in(item.text, item.on, today)[0]) for item in listed]
        if due is None and any(day for _, day in own):
            for item, day in own:
                yield replace(
                    draft,
                    passage=item.passage,
                    locator=item.locator,
                    quote=item.text,
                    text=item.text,
                    due=day,
                    extra=dict(draft.extra),
                )
            continue
        if listed:
            draft.extra["items"] = [item.text for item in listed]
        yield draft


def _is_called(sentence: str, one: Named) -> bool:
    """Whether somebody is spoken to ("Dear Ana, could you …", "Pak Bagus, mohon …") and does not speak ("Bu Ana meminta …")."""
    return bool(_VOCATIVE.match(sentence[: one.start])) and sentence[one.end :].lstrip()[:1] in (",", ":", "")


def _asks_with_day(sentence: str, statement: Statement, cast: Cast, today: date) -> re.Match[str] | None:
    """ "Kami butuh … sebelum 5 Mei", "could you send … by 5 May" in the words of the customer."""
    theirs = statement.speaker.side == "customer" if statement.speaker else cast.author_side == "customer"
    if not theirs or cued_due(sentence, statement.on, today, strictly=False) is None:
        return None
    return pattern("promises.request_dated").search(sentence)


def _add_day(draft: CommitmentDraft, text: str, later: str, due: date) -> None:
    """A request whose day is named in the sentence after it."""
    start, end = text.find(draft.quote), text.find(later)
    if 0 <= start < end:
        draft.quote = draft.text = text[start : end + len(later)]
    draft.due = due


def _asks_by(sentence: str, cast: Cast) -> re.Match[str] | None:
    """ "Proposal due: 4 May" in what a customer writes."""
    return _DUE_LABEL.search(sentence) if cast.author_side == "customer" else None


def _listed(following: Sequence[Statement]) -> list[Statement]:
    items = []
    for later in following:
        if later.item.block.kind != "list_item":
            break
        items.append(later)
    return items
