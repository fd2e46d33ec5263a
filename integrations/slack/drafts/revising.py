"""A section of a kept draft in a person's own words, and a comment on it: what they write is kept on the newest version, or comes back to them
with what somebody else wrote there meanwhile. Nothing that anybody wrote is lost.

What a modal holds is applied before Slack is answered, so that what cannot be kept stays in the modal.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.drafts.kept.content import ShownSection
from assistant.drafts.kept.differences import told
from assistant.drafts.kept.keeping import Outcome
from assistant.drafts.kept.reading import Reading, UnknownDraft, compared, opened
from assistant.drafts.kept.repository import AlteredContent
from assistant.drafts.kept.revising import Taken, now_at, written
from integrations.slack.audience.people import Person
from integrations.slack.background import in_thread
from integrations.slack.door import Door, Handler
from integrations.slack.drafts import kept
from integrations.slack.drafts.keeping import DIFFERENCES, desk_of, tell_outcome
from integrations.slack.drafts.phrases import about_draft
from integrations.slack.drafts.sharing import mine_of
from integrations.slack.rendering.draft_editing import editable, section_chooser, section_modal, texts_from
from integrations.slack.rendering.elements import entered
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import shorten
from integrations.slack.tables import SlackEvent
from knowledge.access import Viewer


@dataclass(frozen=True)
class Submitted:
    """What a submitted modal is answered with: `answer` shows something in it ({} closes it), `outcome` what was kept."""

    answer: dict[str, Any]
    outcome: dict[str, Any] | None = None


def edit_view(door: Door, person: Person, viewer: Viewer, value: str, payload: Mapping[str, Any]) -> Block | None:
    """The modal behind a version's button: which section; None for a draft that is not this person's to see any more."""
    key, _, rest = value.partition(":")
    name = rest.partition(":")[0]
    reading = _reading(door, person, viewer, name) if kept.of_key(door.akrab.engine, key, person.user) else None
    if reading is None:
        return None
    about = {"key": key, "draft": name, "channel": payload.get("channel"), "thread_ts": payload.get("thread_ts"), "message_ts": payload.get("message_ts")}
    return section_chooser(reading, person.language, about)


def submit_section(door: Door, person: Person, view: Block, about: Mapping[str, Any]) -> Submitted:
    """The section's lines in the same modal, as the newest version has them."""
    reading = _own(door, person, about)
    shown = section_modal(reading, entered(view, "section") or "", person.language, _where(about)) if reading is not None else None
    return Submitted(_update(shown) if shown is not None else _error("section", about_draft("gone", person.language)))


def submit_revision(door: Door, person: Person, view: Block, about: Mapping[str, Any]) -> Submitted:
    """Keep what was written as one new version; where somebody else changed the same line meanwhile, both stand in the modal."""
    number, key = int(about["number"]), str(about["section"])
    seen, newest = _own(door, person, about, number), _own(door, person, about)
    part = next((one for one in seen.parts if one.section.key == key), None) if seen is not None else None
    comment, added = entered(view, f"comment_{number}") or "", entered(view, f"added_{number}") or ""
    if seen is None or newest is None or part is None or person.viewer is None:
        return Submitted(_error(f"comment_{number}", about_draft("gone", person.language)))
    lines = editable(part) if f"added_{number}" in (view.get("state") or {}).get("values", {}) else []
    revision = written(part, texts_from(view, lines, number), added)
    if revision.empty and not comment.strip():
        return Submitted({})
    outcome = desk_of(door, person, person.viewer).revise(str(about["draft"]), revision, number=number, comment=comment)
    if outcome.done:
        return Submitted({}, asdict(outcome))
    if outcome.taken:
        mine, taken, lost = _carried(dict(revision.lines), outcome.taken, part, newest)
        shown = section_modal(newest, key, person.language, _where(about), mine=mine, taken=taken, added="\n".join([*lost, *revision.added]), comment=comment)
        if shown is not None:
            return Submitted(_update(shown))
    return Submitted(_error(f"comment_{number}", outcome.answer))


async def on_revised(door: Door, event: SlackEvent) -> None:
    """What came of it, beside the draft, with what the new version says otherwise."""
    about, done = event.payload.get("about") or {}, event.payload.get("outcome")
    if not done:
        return
    moved = {"value": about.get("key"), "channel": about.get("channel"), "thread_ts": about.get("thread_ts"), "message_ts": about.get("message_ts"), "action_id": "draft_edit"}
    clicked = SlackEvent(**{**event.model_dump(), "payload": {**event.payload, **moved}})
    mine = await mine_of(door, clicked)
    if mine is None:
        return
    row, _, person, viewer = mine
    outcome = Outcome(**{**done, "taken": ()})
    differing = ""
    if outcome.status == "edited" and outcome.number:
        found = await in_thread(compared, door.akrab.engine, viewer, str(about["draft"]), outcome.number - 1, outcome.number)
        differing = shorten(told(found, person.language), DIFFERENCES)
    await tell_outcome(door, clicked, row, person, viewer, outcome, differing)


SUBMITTED: dict[str, Callable[[Door, Person, Block, Mapping[str, Any]], Submitted]] = {"draft_section": submit_section, "draft_revised": submit_revision}
"""What is done with a modal before Slack is answered."""
VIEWS: dict[str, Handler] = {"draft_revised": on_revised}


def _carried(mine: dict[int, str], taken: tuple[Taken, ...], seen: ShownSection, newest: Reading) -> tuple[dict[int, str], list[Taken], list[str]]:
    """What the person wrote, by the lines of the newest version; what others wrote there; and words whose line is no longer there."""
    part = next((one for one in newest.parts if one.section.key == seen.section.key), None)
    others = {one.line: one for one in taken}
    placed: dict[int, str] = {}
    beside: list[Taken] = []
    lost: list[str] = []
    for line, words in mine.items():
        place = now_at(seen, part, line) if part is not None else None
        if place is None:
            lost += [words] if words else []
        else:
            placed[place] = words
        if line in others:
            beside.append(Taken(place or 0, others[line].now, others[line].by))
    return placed, beside, lost


def _own(door: Door, person: Person, about: Mapping[str, Any], number: int | None = None) -> Reading | None:
    """The version that a modal is about, if it is still this person's to see."""
    if person.viewer is None or not person.staff or kept.of_key(door.akrab.engine, str(about.get("key")), person.user) is None:
        return None
    return _reading(door, person, person.viewer, str(about.get("draft")), number)


def _reading(door: Door, person: Person, viewer: Viewer, name: str, number: int | None = None) -> Reading | None:
    try:
        return opened(door.akrab.engine, viewer, name, person.language, number)
    except (UnknownDraft, AlteredContent):
        return None


def _where(about: Mapping[str, Any]) -> dict[str, Any]:
    return {name: about.get(name) for name in ("key", "draft", "channel", "thread_ts", "message_ts")}


def _update(view: Block) -> dict[str, Any]:
    return {"response_action": "update", "view": view}


def _error(block: str, words: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": {block: words[:150]}}
