"""A letter's or mail's own number and subject."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.intake.prose.facts import FeedbackDraft
from knowledge.intake.prose.feedback import sentiment_of
from knowledge.intake.prose.labels import REFERENCE_LABELS
from knowledge.intake.prose.people import Cast
from knowledge.intake.prose.text import PlacedBlock

_OPENING = 12
_BODY_LENGTH = 60


def reference_of(placed: Sequence[PlacedBlock]) -> dict[str, str]:
    """{"number": …, "subject": …} as its opening lines give them; what is not given is left out."""
    found: dict[str, str] = {}
    for item in placed[:_OPENING]:
        for line in item.text.split("\n"):
            for name, label in REFERENCE_LABELS.items():
                match = label.match(line)
                if match and name not in found and (name == "subject" or re.search(r"\d", match["value"])):
                    found[name] = match["value"].strip(" .")
    return found


def complaint_of(
    placed: Sequence[PlacedBlock], subject: str, cast: Cast, on: date | None, channel: str | None
) -> Iterator[FeedbackDraft]:
    """A letter or mail whose subject complains or praises is feedback of its writer: its first paragraph, word
    for word."""
    sentiment = sentiment_of(subject)
    if sentiment not in ("positive", "negative"):
        return
    body = [item for item in placed if item.block.kind in ("paragraph", "list_item") and len(item.text) >= _BODY_LENGTH]
    if body:
        first = body[0]
        yield FeedbackDraft(
            first.passage,
            first.locator,
            first.text,
            on=on,
            person=cast.author,
            channel=channel,
            kind="complaint" if sentiment == "negative" else "compliment",
            words=first.text,
            sentiment=sentiment,
            extra={"subject": subject},
        )
