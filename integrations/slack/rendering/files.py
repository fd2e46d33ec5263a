"""Files dropped on the bot: what they are, before they are imported; and what an import took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from integrations.slack.rendering.elements import Element, actions, bullets, button, context, rich_text, section, words
from integrations.slack.rendering.message import Block, Message, message
from integrations.slack.rendering.text import shorten
from integrations.slack.rendering.words import count, has, say
from knowledge.intake.report import ImportReport
from knowledge.language.formats import format_number
from knowledge.language.vocabulary import Language

LISTED = 20


@dataclass(frozen=True)
class FileToImport:
    """A file as offered. size in bytes; kind as `knowledge.documents.formats.Media`; problem: why it cannot be taken, in words."""

    name: str
    size: int
    kind: str = ""
    problem: str | None = None


def files_card(key: str, files: Sequence[FileToImport], lang: Language, beyond: int = 0) -> Message:
    """Asks before anything is read into the store: "files_import", "files_discard", value `key`. `beyond`: files that came with
    these and are too many to take at once."""
    usable = [file for file in files if file.problem is None]
    items = [_file(file, lang) for file in files[:LISTED]]
    if len(files) > LISTED:
        items.append([words(count("files.more", lang, len(files) - LISTED), italic=True)])
    asks = count("files.ask", lang, len(usable)) if usable else say("files.none", lang)
    blocks: list[Block] = [rich_text(section(words(asks, bold=True)), *([bullets(items)] if items else []))]
    if beyond:
        blocks.append(rich_text(section(words(count("files.beyond", lang, beyond, most=len(files)), italic=True))))
    if usable:
        importing = button(say("button.import", lang), "files_import", key, "primary")
        blocks += [
            context(say("files.rights", lang)),
            actions(importing, button(say("button.discard", lang), "files_discard", key)),
        ]
    return message(f"{asks} {', '.join(file.name for file in files[:LISTED])}", blocks)


def _file(file: FileToImport, lang: Language) -> list[Element]:
    kind = say(f"files.kind.{file.kind}", lang) if file.kind and has(f"files.kind.{file.kind}") else file.kind
    about = " · ".join(part for part in (shorten(kind, 40), size(file.size, lang)) if part)
    told: list[Element] = [words(shorten(file.name, 120), bold=True), words(f" · {about}")]
    return [*told, words(f" · {shorten(file.problem, 200)}", italic=True)] if file.problem else told


def size(number: int, lang: Language) -> str:
    """Bytes as people read them: "12 KB", "1,4 MB" / "1.4 MB"."""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{format_number(number / 1024 / 1024, lang, 1)} MB"


def files_report(report: ImportReport, lang: Language) -> Message:
    """What an import took, what it could not take and why."""
    documents = [
        count(f"files.state.{state}", lang, number)
        for state, number in report.documents.items()
        if number and has(f"files.state.{state}.many")
    ]
    records = sorted(((number, kind) for kind, number in report.records.items() if number), reverse=True)
    lines = [", ".join(documents) or say("files.nothing", lang)]
    if records:
        listed = ", ".join(f"{format_number(number, lang)} {_record(kind, lang)}" for number, kind in records[:12])
        more = f", {count('files.more_kinds', lang, len(records) - 12)}" if len(records) > 12 else ""
        lines.append(say("files.records", lang, records=listed + more))
    title = say("files.done", lang)
    blocks: list[Block] = [rich_text(section(words(title, bold=True), words("\n" + "\n".join(lines))))]
    problems = [
        f"{', '.join(part for part in (problem.source, problem.locator) if part)}: {problem.reason}"
        for problem in report.problems
    ]
    blocks += _listed(count("files.problems", lang, len(problems)), problems, lang)
    blocks += _listed(count("files.differences", lang, len(report.differences)), report.differences, lang)
    blocks += _listed(count("files.unknown", lang, len(report.tables_unknown)), report.tables_unknown, lang)
    if any(report.documents[state] for state in ("new", "changed", "unchanged", "copies")):
        blocks.append(context(say("files.ready", lang)))
    return message(f"{title} {lines[0]}", blocks)


def _record(kind: str, lang: Language) -> str:
    return say(f"record.{kind}", lang) if has(f"record.{kind}") else kind.replace("_", " ")


def _listed(heading: str, lines: Iterable[str], lang: Language, limit: int = 8) -> list[Block]:
    found = list(lines)
    if not found:
        return []
    items = [[words(shorten(line, 250))] for line in found[:limit]]
    if len(found) > limit:
        items.append([words(count("files.more", lang, len(found) - limit), italic=True)])
    return [rich_text(section(words(heading, bold=True)), bullets(items))]
