"""Trouble that is a known error: whether a question describes one, and what is known of it."""

import re

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase
from assistant.models.builtin.weighing.fitting import certain
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.troubles.known_errors import KnownErrorMatch
from knowledge.language.concepts import Concept

KNOWN_ERROR = re.compile(
    r"\b(known (?:issue|error|problem)|(?:already|sudah|udah) (?:known|dikenal|diketahui)|penanganan sementara(?:nya)?|temporary fix|kesalahan (?:yang )?(?:sudah )?dikenal|pernah terjadi|happened before|solusi(?:nya)?|solution|workaround\S*|jalan keluar|cara mengatasi|fix|apa yang harus dilakukan|what should we do)\b",
    re.IGNORECASE,
)
FRAME = re.compile(
    r"^(?:pengguna|pemakai|users?|customers?|pelanggan|melapor\w*|lapor\w*|ngelapor|mengeluh\w*|reports?|reported|reporting|complain\w*|dikenal|diketahui|known|penanganan|sementara\w*|"
    r"temporary|fix|terus|habis|abis|setelah|after|when|whenever|kalau|kalo|saat|ada|apakah|solusi\w*|sering|selalu|always|often|keeps?)(?:\s|$)",
    re.IGNORECASE,
)
"""Words that tell who reports the trouble and how often, not what it is."""


def settled(asked: Understanding, record: RecordAnswer | None) -> bool:
    """Whether a query of something other than known errors answers the whole question."""
    return record is not None and record.scored.spec.target != "known_error" and certain(asked, record)


def is_trouble(asked: Understanding, error: KnownErrorMatch) -> bool:
    """Whether the question describes trouble that this known error is about, rather than asking for some other fact."""
    topics = [concept for concept in asked.focus if concept.names and not KNOWN_ERROR.search(concept.text) and not FRAME.match(concept.text)]
    matched = [concept for concept in topics if concept.names & error.names]
    share = sum(map(_telling, matched)) / sum(map(_telling, topics)) if topics else 0.0
    if KNOWN_ERROR.search(asked.own):
        return error.score >= 0.3 and share >= 0.3
    described = not asked.asks_for("money", "person", "phone", "email", "percent", "frequency", "deadline", "date", "duration", "number", "list", "conflict")
    return error.convincing and described and len(matched) >= 2 and share >= 0.4


def _telling(concept: Concept) -> int:
    """A number or code ("error 502") tells one trouble from another more than a word does."""
    return 2 if any(map(str.isdigit, concept.text)) else 1


def known_error_answer(asked: Understanding, error: KnownErrorMatch) -> Composed:
    language = asked.language
    text = phrase("known_error", language, key=error.key, title=error.title, workaround=error.workaround or "—", mark=mark(error.evidence))
    if asked.asks_for("reason") and error.cause:
        text += phrase("known_error_cause", language, cause=error.cause)
    if error.status:
        text += phrase("known_error_status", language, status=error.status)
    if error.fix:
        text += phrase("known_error_fix", language, fix=error.fix)
    return Composed(text, found=[error.key, error.title])
