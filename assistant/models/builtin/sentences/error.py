"""Trouble that is a known error: whether a question describes one, and what is known of it."""

from datetime import date

from assistant.answers.canonical import dates_in
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase
from assistant.models.builtin.weighing.fitting import certain
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.troubles.fixes import Fixes, asks_when_fixed
from assistant.tools.troubles.known_errors import KnownErrorMatch, asks_what_is_known, words_said
from knowledge.language.concepts import Concept
from knowledge.language.formats import format_date
from knowledge.language.tokens import normalise

CLEAR, FAR = 0.015, 0.03
"""Nearer in meaning than any other known error by so much (cosine): clearly where a word is shared, by far where none is."""


def settled(asked: Understanding, record: RecordAnswer | None) -> bool:
    """Whether a query of something other than known errors answers the whole question."""
    return record is not None and record.scored.spec.target != "known_error" and certain(asked, record)


def is_trouble(asked: Understanding, error: KnownErrorMatch) -> bool:
    """Whether the question describes trouble that this known error is about, rather than asking for some other fact."""
    asks = words_said("asks")
    topics = [concept for concept in asked.focus if concept.names and not asks.search(normalise(concept.text)) and not words_said("frame").match(normalise(concept.text))]
    matched = [concept for concept in topics if concept.names & error.names]
    share = sum(map(_telling, matched)) / sum(map(_telling, topics)) if topics else 0.0
    if asks_what_is_known(asked.own):
        nearest = error.ahead >= FAR or bool(matched) and (error.ahead >= CLEAR or error.theirs and error.ahead > 0)
        return bool(topics) and nearest or error.score >= 0.3 and share >= 0.3
    described = not asked.asks_for("money", "person", "phone", "email", "percent", "frequency", "deadline", "date", "duration", "number", "list", "conflict")
    return error.convincing and described and len(matched) >= 2 and share >= 0.4


def _telling(concept: Concept) -> int:
    """A number or code ("error 502") tells one trouble from another more than a word does."""
    return 2 if any(map(str.isdigit, concept.text)) else 1


def known_error_answer(asked: Understanding, error: KnownErrorMatch) -> Composed:
    language = asked.language
    text = phrase("known_error", language, key=error.key, title=_bare(error.title), mark=mark(error.evidence))
    if error.workaround:
        text += phrase("known_error_workaround", language, workaround=_bare(error.workaround))
    if asked.asks_for("reason") and error.cause:
        text += phrase("known_error_cause", language, cause=_bare(error.cause))
    if error.status:
        text += phrase("known_error_status", language, status=_bare(error.status))
    if fix := _fix_words(error.fix, error.fix_on, asked):
        text += phrase("known_error_fix", language, fix=fix)
    if error.open and error.fix_on is None and asks_when_fixed(asked.own):
        text += phrase("known_error_undated", language)
    return Composed(text, found=[error.key, error.title], covers=1.0)


def fixes_told(asked: Understanding, fixes: Fixes) -> Composed:
    """Known errors without a day for a fix, or with one in the period asked about, one a line."""
    if not fixes.known:
        return Composed(phrase("fixes_all_dated" if fixes.undated else "fixes_none_then", asked.language, count=fixes.looked), covers=1.0)
    lines = []
    for one in fixes.known:
        fix = _fix_words(one.fix, one.day, asked)
        said = phrase("known_error_fix", asked.language, fix=fix) if fix else ""
        lines.append(f"{one.key}, {_bare(one.title)}.{said} {mark(one.evidence)}")
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=[one.key for one in fixes.known[:2]], covers=1.0)


def _fix_words(fix: str | None, day: date | None, asked: Understanding) -> str:
    """What the fix is and its day, said once."""
    said = bool(fix and dates_in(fix, asked.today))
    return ", ".join(part for part in (_bare(fix) if fix else None, format_date(day, asked.language) if day and not said else None) if part)


def _bare(text: str) -> str:
    """A cell's words without the full stop that the sentence brings."""
    return text.strip().rstrip(".;, ")
