"""What a message in a chat wants: an answer, something recorded, a draft, help, or nothing. One door of words to all abilities."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from sqlalchemy import Engine

from assistant.drafts.asking import asks_for_figure, is_for_people, opens_with_draft, orders_draft
from assistant.drafts.judging import Asked, RequestJudge
from assistant.drafts.kinds import kind_called, wanted_kind
from assistant.drafts.understanding import topic_words
from assistant.overviews.asking import is_open_question
from assistant.pleasantries import pleasantry
from assistant.proposals.judging import Judge
from assistant.proposals.phrases import language_of
from assistant.proposals.register import load_register
from assistant.proposals.transitions import present_rights
from assistant.proposals.understand import understand_update
from knowledge.access import Viewer
from knowledge.language.tokens import normal_alternatives, normalise
from knowledge.language.vocabulary import Language, words_beside
from knowledge.linking import Linker
from knowledge.store import read

_NUMBERED = re.compile(r"[A-Z]{2,}[A-Z./-]*-?\d")
"""The number of a record after the name of a draft: "pemberitahuan galat KE-017 …"."""
Wish = Literal["ask", "log", "draft", "help", "greeting", "thanks"]


@dataclass(frozen=True)
class Wanted:
    """The wish, and the language that the message is written in."""

    wish: Wish
    language: Language


def wish_of(
    text: str,
    engine: Engine,
    viewer: Viewer,
    today: date,
    context_customer_ids: tuple[int, ...] = (),
    judge: Judge | None = None,
    requests: RequestJudge | None = None,
) -> Wanted:
    """Indonesian or English. judge: as for proposals.service.propose; requests: judges what no rule takes for a request of a draft.

    A question is never an update; what tells something is one; asking for a document is a draft.
    """
    language = language_of(text)
    if (lone := pleasantry(text)) is not None:
        return Wanted(lone, language)
    linker = Linker.of(engine)
    with read(engine) as session:
        register = load_register(session, present_rights(session, viewer), today)
        asked = requests.judge(text, linker, viewer, register) if requests is not None else None
        if _is_asked_for(text, asked, linker, viewer, today):
            return Wanted("draft", language)
        if asks_for_figure(text) or is_open_question(text, tuple((mention.start, mention.end) for mention in linker.customers(text))):
            return Wanted("ask", language)
        reading = understand_update(
            text, today=today, linker=linker, viewer=viewer, speaker_account=viewer.account, lang=language,
            context_customer_ids=context_customer_ids, register=register, judge=judge,
        )  # fmt: skip
    told = {fact.kind for fact in reading.facts} - {"meeting"}  # "brief PT Contoh untuk rapat Kamis" tells of no meeting
    if not told and not is_for_people(text) and (asked.may_ask if asked else is_request_of_draft(text, linker, viewer)):
        return Wanted("draft", language)
    return Wanted("log" if reading.is_update else "ask", language)


def wants_draft(text: str, engine: Engine, viewer: Viewer, today: date, requests: RequestJudge | None = None) -> bool:
    """Whether a message that is a question or a request asks for a draft: as `wish_of` says, without asking whether it tells something."""
    linker = Linker.of(engine)
    with read(engine) as session:
        asked = requests.judge(text, linker, viewer, load_register(session, present_rights(session, viewer), today)) if requests is not None else None
    return _is_asked_for(text, asked, linker, viewer, today) or (asked is None and is_request_of_draft(text, linker, viewer))


def _is_asked_for(text: str, asked: Asked | None, linker: Linker, viewer: Viewer, today: date) -> bool:
    """Whether the rules see a draft ordered, or nothing but named, and the judgement does not rule it out; or the judgement alone is sure."""
    if _names_draft(text, linker, viewer, today):
        return asked is None or not asked.hardly
    if is_for_people(text):
        return False
    customers = tuple((mention.start, mention.end) for mention in linker.customers(text))
    return asked is not None and asked.asks and not is_open_question(text, customers) and not _only_asks(text, bool(customers))


def _only_asks(text: str, of_customer: bool) -> bool:
    """Whether a message that names no draft ends in a question with a word that asks, or wants a paper summed up that is no customer's."""
    if wanted_kind(text) is not None:
        return False
    plain = normalise(text)
    asks = text.rstrip().endswith("?") and (_has("asking", re.split(r"[.!;\n]\s|\?\s", plain.strip())[-1]) or _opens_with_question(plain))
    return asks or not of_customer and _has("sum_up", plain)


def _opens_with_question(plain: str) -> bool:
    """Whether the last clause asks for a fact: "Give me PJ-7: which share is done?"."""
    last = re.split(r"[.!;:,\n]\s|\?\s", plain.strip())[-1]
    return re.match(rf"\W*(?:{_words('opening')})\b", last) is not None and not _has("ourselves", last)


def _has(kind: str, plain: str) -> bool:
    return re.search(rf"\b(?:{_words(kind)})\b", plain) is not None


def _names_draft(text: str, linker: Linker, viewer: Viewer, today: date) -> bool:
    """Whether the rules see a draft ordered, or nothing but named."""
    opening, rest = kind_called(text)
    numbered = opening is not None and "?" not in text and bool(_NUMBERED.match(rest))
    return orders_draft(text) or numbered or _only_names_draft(text, linker, viewer, today)


def _only_names_draft(text: str, linker: Linker, viewer: Viewer, today: date) -> bool:
    """Whether a message is nothing but the name of a draft, a customer, a period and who reads it: "rapor layanan PT Contoh triwulan lalu"."""
    named = [(mention.start, mention.end) for mention in linker.customers(text) if any(map(viewer.may_see, mention.customer_ids))]
    return bool(named) and opens_with_draft(text) is not None and not topic_words(text, named, today)


def is_request_of_draft(text: str, linker: Linker, viewer: Viewer) -> bool:
    """Whether the name of a draft opens the message, and a name or nothing follows: "brief PT Contoh untuk rapat Kamis". A customer that
    the viewer may not see is taken as any name that nobody knows is: by its capital."""
    rest = opens_with_draft(text)
    if rest is None:
        return False
    rest = re.sub(rf"^(?:(?:{_words('for')})\s+)+", "", rest, flags=re.IGNORECASE)
    seen = (mention for mention in linker.customers(rest) if any(map(viewer.may_see, mention.customer_ids)))
    return not rest or rest[0].isupper() or any(mention.start == 0 for mention in seen)


@cache
def _words(kind: str) -> str:
    return normal_alternatives(words_beside(__file__, "wishes")[kind])
