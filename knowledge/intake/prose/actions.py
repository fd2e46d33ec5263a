"""Action items: from tables with an owner and a due date, and from lines ("Tindak lanjut: …", "Action: …")."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge.intake.prose.facts import CommitmentDraft
from knowledge.intake.prose.people import Cast, Named
from knowledge.intake.prose.statements import REMARKED_LABEL, Statement, due_in
from knowledge.intake.prose.text import PlacedBlock, sentences
from knowledge.intake.prose.wording import alternation, any_of, words
from knowledge.language.dates import find_dates, parse_date_cell

_COLUMNS = {
    name: re.compile(rf"\W*(?:{alternation(words(f'meetings.{name}'))})\W*", re.IGNORECASE)
    for name in ("action_column", "owner_column", "due_column", "status_column")
}
_CONNECTOR = re.compile(
    rf"^\s*(?:\([^()]*\)\s*)?(?:->|→|=>|–|—|-|:|,|\||{any_of('meetings.to_name')})?\s*", re.IGNORECASE
)
_TRAILING = re.compile(rf"[\s,;(\[–—-]*(?:{any_of('meetings.due')})?\W*(?:tanggal|tgl\.?|date)?\W*$", re.IGNORECASE)
_CAPITALISED_OWNER = re.compile(
    r"^[A-ZÀ-Ý][\w'’.\-]+(?:\s+[A-ZÀ-Ý][\w'’.\-]+){0,2}(?=\s*(?:->|→|–|—|:|,|\s-\s|\s+(?:to|will|akan|untuk)\s))"
)
_ANY_DAY = date(2000, 1, 1)
_OPENERS = " -–—*•:,.()[]@"
_AFTER_OWNER = re.compile(rf"\s*(?:->|→|–|—|:|,|\||\s-\s|{any_of('meetings.to_name', 'promises.giving')})", re.IGNORECASE)
_SOFT_MARKS = ("(", ",", "/")
_CLOSING_MARK = re.compile(
    rf"(?P<mark>\s+(?:-{{1,2}}|–|—|->|→|\||/)\s+|\s*\(|\s*\[|\s*@|[,;.]?\s+{any_of('meetings.by_owner')}\s*:?\s+)", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"([A-ZÀ-Ý][\w'’.\-]+(?:\s+[A-ZÀ-Ý][\w'’.\-]+){0,2})\s*(?:$|[-–—|,;)\].])")
_FROM = re.compile(r"(?<!\w)(?:dari|from)\s+(?:pihak\s+)?", re.IGNORECASE)
_DONE = re.compile(any_of("meetings.done"), re.IGNORECASE)
_MEANINGLESS = re.compile(r"^\W*\d*\W*$")


def actions_in_tables(
    placed: Sequence[PlacedBlock], cast: Cast, on: date | None, today: date
) -> Iterator[CommitmentDraft]:
    """A row with an action and an owner or a due date is an action item, whatever the table is called."""
    for item in placed:
        if item.block.kind != "table_row":
            continue
        cells = {name: value for name, value in _by_column(item.block.cells)}
        text = cells.get("action_column", "").strip()
        owner, due = cells.get("owner_column", "").strip(), cells.get("due_column", "").strip()
        if _MEANINGLESS.match(text) or not (owner or due):
            continue
        person = _owners(owner, cast) if owner else Named(0, 0, None, None)
        day = parse_date_cell(due) or due_in(due, on, today)[0] or _any_day(due, on or today)
        status = "done" if _DONE.search(cells.get("status_column", "")) else "open"
        yield CommitmentDraft(
            item.passage,
            item.locator,
            item.text,
            on=on,
            kind="action_item",
            party=_party(person),
            owner=person.name,
            text=text,
            due=day,
            status=status,
            customer_id=person.customer_id,
        )


def _owners(cell: str, cast: Cast) -> Named:
    """The owner of a cell; of several people all the names, and the side where it is the same."""
    people = [cast.person(part) for part in re.split(r"\s*(?:[,/;&+]|\s(?:dan|and)\s)\s*", cell) if part.strip()]
    if len(people) < 2:
        return cast.person(cell)
    sides = {person.side for person in people}
    names = ", ".join(dict.fromkeys(person.name for person in people if person.name))
    return Named(0, len(cell), names, people[0].side if len(sides) == 1 else None, customer_id=people[0].customer_id)


def _by_column(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for heading, value in cells:
        for name, found in _COLUMNS.items():
            if name not in seen and found.fullmatch(heading):
                seen.add(name)
                yield name, value
                break


def _any_day(text: str, start: date) -> date | None:
    return next((span.until for span in find_dates(text, start)), None)


def _party(person: Named) -> str | None:
    return person.side if person.side in ("provider", "customer") else None


def actions_in(statement: Statement, cast: Cast, today: date) -> Iterator[CommitmentDraft]:
    """The action items of a line under an action label or heading; one line may hold several, each with its owner."""
    previous: Named | None = None
    for piece in _pieces(statement.text, cast):
        label = REMARKED_LABEL.match(piece)
        owner = owner_of(piece, cast) or (_named_in_remark(label[2], cast) if label else None)
        closing = _closing_owner(piece, cast) if owner is None else None
        owner = owner or (closing[1] if closing else None) or statement.speaker or _from_whom(piece, cast)
        due, span = due_in(piece, statement.on, today)
        if owner is None and due is None and previous is not None:
            owner = previous
        text = piece
        if label and span is not None and span.end <= label.end():
            span = None
        if span is not None:
            tail = piece[span.end :].strip(" .)]")
            text = _TRAILING.sub("", piece[: span.start]) if not tail or closing and closing[0] >= span.end else piece
        if (
            owner is not None
            and text.startswith(piece[: owner.end])
            and owner is not statement.speaker
            and owner is not previous
        ):
            text = text[owner.end :]
            text = text[_CONNECTOR.match(text).end() :] if _CONNECTOR.match(text) else text  # type: ignore[union-attr]
        if label and text.startswith(label[0]):
            text = text[label.end() :]
        if closing and closing[0] < len(text):
            text = text[: closing[0]]
        text = text.strip(" .,;-–—|/([@")
        if _MEANINGLESS.match(text):
            continue
        previous = owner
        yield CommitmentDraft(
            statement.passage,
            statement.locator,
            piece,
            on=statement.on,
            kind="action_item",
            party=_party(owner) if owner else None,
            owner=owner.name if owner else None,
            text=text,
            due=due,
            status="done" if _DONE.match(text) else "open",
            customer_id=owner.customer_id if owner else None,
        )


def _pieces(text: str, cast: Cast) -> list[str]:
    """A line's items: at sentence ends and semicolons; a piece without an owner and a date belongs to the one
    before."""
    cuts: list[tuple[int, int]] = []
    for start, end in sentences(text):
        position = start
        for match in re.finditer(r"[;.]\s+|;", text[start:end]):
            cuts.append((position, start + match.start()))
            position = start + match.end()
        cuts.append((position, end))
    merged: list[tuple[int, int]] = []
    for start, end in cuts:
        if merged and owner_of(text[start:end], cast) is None:
            merged[-1] = (merged[-1][0], end)
        elif text[start:end].strip():
            merged.append((start, end))
    return [text[start:end].strip() for start, end in merged]


def owner_of(text: str, cast: Cast) -> Named | None:
    """The person or customer that opens a text: "Budi kirim …", "Ana to send …", "Citra -> …", "saya kirim …"."""
    for one in cast.named_in(text):
        if not text[: one.start].strip(_OPENERS):
            return one
    for customer in cast.names.customers(text)[:1]:
        if not text[: customer.start].strip(_OPENERS) and _AFTER_OWNER.match(text[customer.end :]):
            return Named(customer.start, customer.end, customer.text, "customer", customer_id=customer.id)
    match = _CAPITALISED_OWNER.match(text)
    return Named(0, match.end(), match[0], None) if match else None


def _named_in_remark(remark: str, cast: Cast) -> Named | None:
    """The owner in "Tindak lanjut (Ana, 20 Mei): …"; its place is not one in the text."""
    found = next(iter(cast.named_in(remark)), None)
    return replace(found, start=0, end=0) if found else None


def _closing_owner(text: str, cast: Cast) -> tuple[int, Named] | None:
    """Where the text ends and who does it, when that stands last: "kirim denah - Budi - 5 Mei", "send it (Ana)"."""
    for match in _CLOSING_MARK.finditer(text):
        for one in cast.named_in(text[match.end() :])[:1]:
            if one.start == 0 and not one.first_person:
                return match.start(), replace(one, start=len(text), end=len(text))
        standing = _NAME_ALONE.match(text[match.end() :])
        if standing and match["mark"].strip() not in _SOFT_MARKS and not find_dates(standing[1], _ANY_DAY):
            return match.start(), Named(len(text), len(text), standing[1], None)
    return None


def _from_whom(text: str, cast: Cast) -> Named | None:
    """ "Daftar cabang dari Bu Ana": who is to give it."""
    for match in _FROM.finditer(text):
        for one in cast.named_in(text[match.end() :])[:1]:
            if one.start == 0:
                return replace(one, start=len(text), end=len(text))
    return None
