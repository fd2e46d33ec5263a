"""Praise, complaints and suggestions of named people, and signs that the relationship is at risk."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from knowledge.intake.prose.facts import FeedbackDraft, RiskDraft
from knowledge.intake.prose.people import Cast, Named
from knowledge.intake.prose.renewal import notice_in
from knowledge.intake.prose.statements import Statement
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.tokens import normalise

Sentiment = Literal["positive", "negative", "neutral"]
_TURNED = re.compile(rf"{any_of('feedback.not_positive')}\W+(?:\w+\W+)?$|n['’]t\W+(?:\w+\W+)?$", re.IGNORECASE)
_ABSENT = re.compile(rf"{any_of('feedback.absent')}\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
"""Before a word of complaint: there was none."""
_KINDS = {"positive": "compliment", "negative": "complaint", "neutral": "feedback"}
_LABELLED = {"complaint": "negative", "compliment": "positive", "suggestion": "neutral", "feedback": "neutral"}


def sentiment_of(text: str) -> Sentiment | None:
    """positive or negative by the words said; a negated word of praise is a complaint, a negated complaint
    neutral, the absence of complaints praise; None without such words."""
    text = f"{text}\n{normalise(text)}" if normalise(text) != text.lower() else text
    positive = negative = 0
    for match in pattern("feedback.positive").finditer(text):
        if _TURNED.search(text[: match.start()]):
            negative += 1
        elif not any(
            match.start() >= other.start() and match.end() <= other.end()
            for other in pattern("feedback.negative").finditer(text)
        ):
            positive += 1
    denied = 0
    for match in pattern("feedback.negative").finditer(text):
        if _ABSENT.search(text[: match.start()]):
            positive += 1
        elif _TURNED.search(text[: match.start()]):
            denied += 1
        else:
            negative += 1
    if positive == negative == 0:
        return "neutral" if denied else None
    return "positive" if positive > negative else "negative" if negative > positive else "neutral"


def feedback_in(statement: Statement, cast: Cast, channel: str | None) -> Iterator[FeedbackDraft]:
    """Feedback of the customer's people, a sentence each; what the provider's own people feel is none."""
    for sentence in statement.sentences():
        kind, sentiment = _class(sentence, statement)
        if kind is None:
            continue
        people = cast.named_in(sentence)
        person = _speaker(sentence, people, statement, cast)
        passive = pattern("feedback.passive.positive", "feedback.passive.negative").search(sentence)
        if person is None and not (statement.mode in _LABELLED or passive):
            continue
        if person is not None and person.side == "provider":
            continue
        yield FeedbackDraft(
            statement.passage,
            statement.locator,
            sentence,
            on=statement.on,
            person=person.name if person else None,
            person_id=person.person_id if person else None,
            channel=channel,
            kind=kind,
            words=sentence,
            sentiment=sentiment,
            customer_id=person.customer_id if person else None,
        )


def _class(sentence: str, statement: Statement) -> tuple[str | None, Sentiment | None]:
    sentiment = sentiment_of(sentence)
    if statement.mode in _LABELLED:
        return statement.mode, sentiment or _LABELLED[statement.mode]  # type: ignore[return-value]
    if sentiment in ("positive", "negative"):
        return _KINDS[sentiment], sentiment
    return None, None


def _speaker(sentence: str, people: Sequence[Named], statement: Statement, cast: Cast) -> Named | None:
    """Whose feeling it is: the person named before the word of praise or complaint, else the speaker, else who
    writes."""
    cue = pattern("feedback.positive", "feedback.negative").search(sentence)
    before = [one for one in people if cue is None or one.end <= cue.start()]
    if before and before[0].first_person and statement.speaker:
        return statement.speaker
    if before:
        return before[0]
    if statement.speaker or cast.caller:
        return statement.speaker or cast.caller
    if cast.author_side == "customer":
        return Named(0, 0, cast.author, "customer", first_person=True)
    return None


def risks_in(statement: Statement, cast: Cast) -> Iterator[RiskDraft]:
    """Signs that a customer may go, and what stands under a label or heading of risks."""
    for sentence in statement.sentences():
        told = f"{sentence}\n{normalise(sentence)}"
        if statement.mode != "risk" and (not pattern("feedback.risk").search(told) or (pattern("agreement.notice").search(sentence) and notice_in(sentence))):
            continue
        level = stated_level(told)
        if level == "low" and statement.mode != "risk":
            continue
        people = [one for one in cast.named_in(sentence) if one.side != "provider"]
        speaker = None if statement.speaker and _names_customer(statement.speaker, cast) else statement.speaker
        person = people[0] if people else speaker or cast.caller
        level = level or ("high" if pattern("feedback.high_risk").search(told) else None)
        yield RiskDraft(
            statement.passage,
            statement.locator,
            sentence,
            on=statement.on,
            person=person.name if person else None,
            text=sentence,
            level=level,
            customer_id=person.customer_id if person else None,
        )


def stated_level(text: str) -> str | None:
    """The level that the text itself gives a risk ("churn risk high", "risiko pindah: rendah"): high | medium | low."""
    for level in ("low", "medium", "high"):
        if pattern(f"feedback.levels.{level}").search(text):
            return level
    return None


def _names_customer(speaker: Named, cast: Cast) -> bool:
    """Whether the label before the words is a customer's name and no person's ("PT Contoh: …")."""
    name = speaker.name or ""
    return speaker.person_id is None and any(len(mention.text) >= len(name) / 2 for mention in cast.names.customers(name))
