"""Which record a draft is about: the change, project, opportunity or known error that a request names by number or in words."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlmodel import SQLModel, col

from assistant.drafts.kinds import described
from assistant.drafts.model import DraftRequest, Question
from assistant.drafts.wording import matcher, phrase, word
from assistant.tools.desk import Desk
from knowledge.access import known_error_clause, record_clause
from knowledge.language.concepts import concept_names
from knowledge.language.tokens import normalise, stems
from knowledge.language.vocabulary import Language
from knowledge.records.documents import Document
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer

OFFERED = 10
"""More records than these are not named in a question back."""


@dataclass(frozen=True)
class Candidate:
    """A record that a draft may be about. customers: those whom it touches and the viewer may see."""

    kind: str
    record: Any
    customers: tuple[int, ...]

    @property
    def name(self) -> str:
        """ "RFC-9 Ganti router gudang"."""
        return record_name(self.record)


def record_name(record: Any) -> str:
    """What a record is called: its number and its title."""
    title = getattr(record, "title", "") or getattr(record, "name", "")
    return " ".join(part.strip() for part in (record.key, title) if part and part.strip())


def candidates(desk: Desk, kinds: tuple[str, ...], customer_id: int | None) -> list[Candidate]:
    """The records of these kinds that the viewer may see, about the customer or, without one, about anybody."""
    found = []
    for kind in kinds:
        for record in _records(desk, KINDS[kind]):
            customers = touched(desk, record)
            if customer_id is None or customer_id in customers:
                found.append(Candidate(kind, record, customers))
    return found


def touched(desk: Desk, record: Any) -> tuple[int, ...]:
    """The customers that a record is about, or that a known error touches, as far as the viewer may see them."""
    if isinstance(record, KnownError):
        link = select(col(KnownErrorCustomer.customer_id)).where(col(KnownErrorCustomer.known_error_id) == record.id)
        ids = list(desk.session.execute(link).scalars())
    else:
        ids = [record.customer_id] if record.customer_id is not None else []
    return tuple(number for number in ids if desk.viewer.may_see(number))


def _records(desk: Desk, model: type[SQLModel]) -> list[Any]:
    table: Any = model
    seen = known_error_clause(desk.viewer) if model is KnownError else record_clause(desk.viewer, model)
    gone = exists().where(col(Document.id) == table.document_id, col(Document.state) != "ready")
    return list(desk.session.execute(select(model).where(table.withdrawn.is_(False), seen, or_(table.document_id.is_(None), ~gone)).order_by(table.id)).scalars())


def settle(desk: Desk, request: DraftRequest, text: str) -> DraftRequest | Question:
    """The request with the record that its words name, of a kind that is about one; or the question which one is meant.

    One that is not named is taken where there is only one open; a kind that can do without a record goes on without.
    """
    kind = described(request.kind)
    if kind.needs == "topic" and not request.topic:
        return Question(phrase("ask.topic", request.language), "topic")
    if not kind.subject:
        return request
    found = candidates(desk, kind.subject, request.customer_id)
    chosen = named(found, text, request.topic)
    if len(chosen) == 1:
        return _about(desk, request, chosen[0])
    if kind.needs == "subject" or len(chosen) > 1 and request.topic:
        return _which(request, kind.subject, chosen or [one for one in found if is_open(one)])
    return request


def _about(desk: Desk, request: DraftRequest, chosen: Candidate) -> DraftRequest:
    customer = request.customer_id if request.customer_id is not None or len(chosen.customers) != 1 else chosen.customers[0]
    values = {name: getattr(request, name) for name in request.__dataclass_fields__}
    return DraftRequest(**values | {"customer_id": customer, "subject": f"{chosen.kind}:{chosen.record.id}"})


def _which(request: DraftRequest, kinds: tuple[str, ...], found: list[Candidate]) -> Question:
    language: Language = request.language
    names = tuple(dict.fromkeys(one.name for one in found))[:OFFERED]
    if names:
        return Question(phrase("ask.subject", language, names="; ".join(names)), "subject", names)
    called = "/".join(dict.fromkeys(word("subjects", kind, language) for kind in kinds))
    return Question(phrase("ask.no_subject", language, kinds=called), "subject")


def named(found: list[Candidate], text: str, topic: str) -> list[Candidate]:
    """Those that the text names by number or whole title; else those that the topic's words fit best; without a topic the open ones."""
    if keyed := by_number(found, text):
        return keyed
    plain = normalise(text)
    still = [one for one in found if is_open(one)]
    whole = [one for one in still if (title := normalise(_title(one.record))) and len(title) > 8 and title in plain]
    if whole:
        return whole
    fitting = best_fitting(still, topic) or best_fitting(found, topic)
    if fitting:
        return fitting
    if matcher("request.newest").search(text) and (dated := [one for one in still if _day(one.record)]):
        newest = max(_day(one.record) for one in dated)
        return [one for one in dated if _day(one.record) == newest]
    return [] if topic else still


def by_number(found: list[Candidate], text: str) -> list[Candidate]:
    """Those whose number the text gives."""
    plain = normalise(text)
    return [one for one in found if one.record.key and re.search(rf"(?<!\w){re.escape(normalise(one.record.key))}(?!\w)", plain)]


def best_fitting(found: list[Candidate], topic: str) -> list[Candidate]:
    """Those that share most of the topic's concepts and words; none where nothing is shared."""
    scores = [(fit(topic, " ".join([one.name, str(getattr(one.record, "symptoms", None) or "")])), one) for one in found]
    best = max((score for score, _ in scores), default=0.0)
    return [one for score, one in scores if best > 0 and score >= best - 0.001]


def fit(topic: str, text: str) -> float:
    """How much of the topic a text speaks of: the greater share of its concepts and of its word stems, 0–1."""
    wanted, own = concept_names(topic), concept_names(text)
    shares = [len(wanted & own) / len(wanted)] if wanted else []
    for language in ("id", "en"):
        words = set(stems(topic, language))
        shares += [len(words & set(stems(text, language))) / len(words)] if words else []
    return max(shares, default=0.0)


def is_open(one: Candidate) -> bool:
    """Whether a record's status does not say that it is over."""
    status = getattr(one.record, "status", None) or getattr(one.record, "stage", None) or ""
    return not matcher("state.done").search(status) and not getattr(one.record, "implemented_on", None)


def _title(record: Any) -> str:
    return str(getattr(record, "title", "") or getattr(record, "name", ""))


def _day(record: Any) -> Any:
    return next((value for name in ("logged_on", "planned_on", "start", "expected_close") if (value := getattr(record, name, None))), None)
