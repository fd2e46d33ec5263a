"""Feedback on an answer: two buttons, and a modal that asks why."""

import json
from dataclasses import dataclass

from assistant.verdicts import REASONS
from integrations.slack.rendering.elements import context, entered, field, modal, option, text_input, text_object
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.words import say
from knowledge.language.vocabulary import Language


@dataclass(frozen=True)
class FeedbackGiven:
    """What somebody missed in an answer. reason: one of REASONS; words: their own, "" without any."""

    turn: int
    reason: str
    words: str
    channel: str
    message_ts: str


def feedback_blocks(turn: int, lang: Language) -> list[Block]:
    """Thumbs up and down: action_id "answer_feedback", values "TURN:up" and "TURN:down"."""
    buttons = {
        "type": "feedback_buttons",
        "action_id": "answer_feedback",
        "positive_button": _thumb("feedback.up", f"{turn}:up", lang),
        "negative_button": _thumb("feedback.down", f"{turn}:down", lang),
    }
    return [{"type": "context_actions", "elements": [buttons]}]


def _thumb(key: str, value: str, lang: Language) -> Block:
    text = text_object(say(key, lang), 75)
    return {"text": text, "value": value, "accessibility_label": text["text"]}


def feedback_modal(turn: int, channel: str, message_ts: str, lang: Language) -> Block:
    """Asks what was amiss; callback_id "feedback_reason"."""
    options = [option(reason, say(f"feedback.reason.{reason}", lang)) for reason in REASONS]
    choice = {"type": "radio_buttons", "options": options}
    words = text_input(multiline=True, placeholder=say("feedback.placeholder", lang))
    return modal(
        say("feedback.title", lang),
        [
            field("reason", say("feedback.what", lang), choice, optional=False),
            field("words", say("feedback.words", lang), words),
            context(say("feedback.kept", lang)),
        ],
        say("button.cancel", lang),
        submit=say("button.send", lang),
        callback_id="feedback_reason",
        metadata=json.dumps({"turn": turn, "channel": channel, "message_ts": message_ts}),
    )


def feedback_from(view: Block) -> FeedbackGiven:
    """What a submitted `feedback_modal` says."""
    known = json.loads(view["private_metadata"])
    reason = entered(view, "reason") or "other"
    return FeedbackGiven(
        int(known["turn"]),
        reason if reason in REASONS else "other",
        (entered(view, "words") or "").strip(),
        str(known["channel"]),
        str(known["message_ts"]),
    )
