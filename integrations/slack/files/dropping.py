"""Files dropped on the product: a card says what they are; imported once the person who sent them says so, with that person's rights."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.gaps.asking_again import ask_again
from integrations.slack.audience import threads
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.files import offers
from integrations.slack.files.downloads import MOST_BYTES, NotFetched, fetch
from integrations.slack.files.taking import problem_words, sources, take
from integrations.slack.rendering.files import FileToImport, files_card, files_report
from integrations.slack.rendering.message import Message
from integrations.slack.rendering.notices import words_message
from integrations.slack.rendering.text import shorten
from integrations.slack.tables import SlackEvent, SlackUpload
from knowledge.documents.formats import media_named
from knowledge.intake.report import ImportReport, Problem
from knowledge.language.vocabulary import Language, words_beside

MOST_FILES = 20

ASKING_AGAIN = 60.0
"""Seconds for the questions without an answer that are asked again after an import."""


async def offer_import(door: Door, event: SlackEvent, place: Place, person: Person, files: Sequence[Mapping[str, Any]]) -> None:
    """Show what the files are and ask; nothing is fetched before."""
    about = [_about(file) for file in files[:MOST_FILES]]
    for file, source in zip(about, sources([str(file["name"]) for file in about], door.akrab.settings.day()), strict=True):
        file["source"] = source
    row = await in_thread(offers.offer, door.akrab.engine, event.key, place.user, place.channel, place.thread_ts, about, door.clock())
    card = files_card(row.key, [_shown(file, person.language) for file in row.files], person.language, beyond=max(0, len(files) - MOST_FILES))
    await door.outbox.post(_card_key(row), place.channel, card.text, card.blocks, thread_ts=place.thread_ts, detail={"since": place.ts})
    await in_thread(threads.take_part, door.akrab.engine, place.channel, place.thread_ts, place.user, None, door.clock())


async def on_import(door: Door, event: SlackEvent) -> None:
    """Fetch the files and import them, once; a second try of the same click goes on where the first was cut off."""
    clicked = await _clicked(door, event)
    if clicked is None:
        return
    row, place, room, person = clicked
    row = await in_thread(offers.decide, door.akrab.engine, row.key, "importing", event.key, door.clock())
    if row.claimed_by != event.key:
        await _late(door, event, row, place, room, person)
        return
    if row.state == "importing":
        await door.quietly(
            door.client.assistant_threads_setStatus(channel_id=row.channel, thread_ts=row.thread_ts, status=_say("importing", person.language))
        )
        report = await _import(door, row, person)
        row = await in_thread(offers.finish, door.akrab.engine, row.key, event.key, _kept(report))
    message = files_report(_read(row.result), person.language)
    await door.outbox.post(f"{row.key}:report", row.channel, message.text, message.blocks, thread_ts=row.thread_ts, detail={"since": event.received_at.timestamp()})
    await _close_card(door, row, "finished", person.language)
    door.tasks.start(_ask_again(door, row, person))
    await in_thread(threads.take_part, door.akrab.engine, row.channel, row.thread_ts, row.user, None, door.clock())


async def on_discard(door: Door, event: SlackEvent) -> None:
    """Take nothing."""
    clicked = await _clicked(door, event)
    if clicked is None:
        return
    row, place, room, person = clicked
    row = await in_thread(offers.decide, door.akrab.engine, row.key, "discarded", event.key, door.clock())
    if row.claimed_by != event.key:
        await _late(door, event, row, place, room, person)
        return
    await _close_card(door, row, "discarded", person.language)


ACTIONS: dict[str, Handler] = {"files_import": on_import, "files_discard": on_discard}


async def _clicked(door: Door, event: SlackEvent) -> tuple[SlackUpload, Place, Room, Person] | None:
    """What was clicked on; None, and a word, for anybody but the person who sent the files."""
    payload = event.payload
    place = Place(str(payload["channel"]), str(payload["user"]), str(payload.get("thread_ts") or ""), "")
    person = await door.people.person(place.user)
    room = await door.rooms.room(place.channel)
    row = await in_thread(offers.of_key, door.akrab.engine, str(payload.get("value") or ""))
    word = "gone" if row is None else "not_yours" if row.user != place.user else "no_rights" if person.viewer is None or not person.staff else None
    if word is not None or row is None:
        await tell(door, f"{event.key}:word", place, room, words_message(_say(word or "gone", person.language)))
        return None
    return row, place, room, person


async def _late(door: Door, event: SlackEvent, row: SlackUpload, place: Place, room: Room, person: Person) -> None:
    """Somebody, perhaps this person in another window, was first; or too much time has passed."""
    word = {"importing": "busy", "done": "was_done", "discarded": "was_discarded"}.get(row.state, "expired")
    if word == "expired":
        await _close_card(door, row, "discarded", person.language)
    await tell(door, f"{event.key}:word", place, room, words_message(_say(word, person.language)))


async def _import(door: Door, row: SlackUpload, person: Person) -> ImportReport:
    assert person.viewer is not None
    folder = door.akrab.settings.home / "staging" / f"slack-{row.key}"
    try:
        fetched, problems = await _fetch_all(door, row, folder, person.language)
        report = await at_length(take, door.akrab, fetched, person.viewer, person.language) if fetched else ImportReport()
    finally:
        await in_thread(shutil.rmtree, folder, ignore_errors=True)
    report.problems += problems
    return report


async def _ask_again(door: Door, row: SlackUpload, person: Person) -> None:
    """Questions that had no answer are asked again, each with the rights of who asked; the sender hears of their own that have one now."""
    assert person.viewer is not None
    done = await at_length(ask_again, door.akrab.answering, seconds=ASKING_AGAIN)
    theirs = [gap.question for gap in done.answered if gap.account == person.viewer.account]
    if theirs:
        message = words_message("\n".join([_say("answered_now", person.language), *(f"• “{shorten(question, 200)}”" for question in theirs)]))
        await door.outbox.post(f"{row.key}:gaps", row.channel, message.text, message.blocks, thread_ts=row.thread_ts)


async def _fetch_all(door: Door, row: SlackUpload, folder: Path, language: Language) -> tuple[list[tuple[Path, str]], list[Problem]]:
    fetched: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    for number, file in enumerate(row.files):
        if file.get("problem"):
            continue
        path = folder / str(number) / Path(str(file["source"])).name
        await in_thread(path.parent.mkdir, parents=True, exist_ok=True)
        try:
            await fetch(str(file["url"]), str(door.client.token), door.settings.api, path, int(file["size"]))
        except NotFetched:
            problems.append(Problem(str(file["name"]), "", problem_words("not_fetched", language), "file"))
            continue
        fetched.append((path, str(file["source"])))
    return fetched, problems


async def _close_card(door: Door, row: SlackUpload, word: str, language: Language) -> None:
    """The card without its buttons, saying what became of it."""
    where = await in_thread(door.outbox.where, _card_key(row))
    if where is not None:
        message = _closed(row, word, language)
        await door.outbox.update(where.channel, where.ts, message.text, message.blocks)


def _closed(row: SlackUpload, word: str, language: Language) -> Message:
    names = ", ".join(str(file["name"]) for file in row.files if word == "discarded" or not file.get("problem"))
    return words_message(_say(word, language, names=names))


def _card_key(row: SlackUpload) -> str:
    return f"{row.key}:card"


def _about(file: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of Slack's file object, with what stands against importing it."""
    name = str(file.get("name") or file.get("title") or file.get("id") or "")
    ending = str(file.get("filetype") or "")
    if "." not in name and ending:
        name = f"{name}.{ending}"
    size, url = int(file.get("size") or 0), str(file.get("url_private_download") or file.get("url_private") or "")
    kind = "zip" if name.lower().endswith(".zip") else media_named(name) or ""
    problem = ""
    if file.get("is_external") or file.get("mode") in ("external", "tombstone", "hidden_by_limit") or not url:
        problem = "elsewhere"
    elif not kind:
        problem = "unsupported"
    elif not size:
        problem = "empty"
    elif size > MOST_BYTES:
        problem = "too_large"
    return {"id": str(file.get("id") or ""), "name": name, "size": size, "url": url, "kind": kind, "problem": problem}


def _shown(file: Mapping[str, Any], language: Language) -> FileToImport:
    problem = problem_words(str(file["problem"]), language, most=MOST_BYTES // 1024 // 1024) if file["problem"] else None
    return FileToImport(str(file["name"]), int(file["size"]), str(file["kind"]), problem)


def _kept(report: ImportReport) -> dict[str, Any]:
    return {
        "documents": dict(report.documents),
        "records": dict(report.records),
        "problems": [[problem.source, problem.locator, problem.reason] for problem in report.problems],
        "tables_unknown": report.tables_unknown,
    }


def _read(kept: Mapping[str, Any]) -> ImportReport:
    report = ImportReport(problems=[Problem(*map(str, problem)) for problem in kept.get("problems", [])])
    report.documents.update(kept.get("documents", {}))
    report.records.update(kept.get("records", {}))
    report.tables_unknown = list(kept.get("tables_unknown", []))
    return report


def _say(key: str, language: Language, **values: object) -> str:
    return str(words_beside(__file__, "files")[key][language]).format(**values)
