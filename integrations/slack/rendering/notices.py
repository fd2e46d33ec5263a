"""Short words for what is neither an answer nor a card: greetings, help, refusals, failures; prompts and status lines."""

from typing import Literal, get_args

from integrations.slack.rendering.elements import actions, bullets, button, context, rich_text, section, words
from integrations.slack.rendering.message import Block, Message, message
from integrations.slack.rendering.splitting import split
from integrations.slack.rendering.text import shorten
from integrations.slack.rendering.words import has, lines, say
from knowledge.language.vocabulary import Language

Notice = Literal[
    "unknown_person",
    "guest",
    "shared_channel",
    "not_here",
    "failed",
    "stopped",
    "interrupted",
    "already_handled",
    "not_allowed",
    "expired",
    "changed",
    "waiting",
    "busy",
    "nothing_to_log",
    "private_sent",
    "shared",
    "too_large",
    "saved_language",
    "thanks",
    "feedback_thanks",
    "card_sent",
    "try_again",
    "help",
    "welcome",
]
NOTICES: tuple[Notice, ...] = get_args(Notice)
_EXAMPLES = ("help", "welcome")


def notice(name: Notice, lang: Language, /, **values: object) -> Message:
    """A short message.

    values  key (not_here: of the "answer_privately" button), reference (failed), detail (any: one more line, such as a
            decision's answer), name (welcome). Others are ignored; missing ones show nothing.
    """
    sentence = say(f"notice.{name}", lang, **_values(values))
    blocks: list[Block] = [rich_text(section(words(sentence.strip())))]
    if detail := str(values.get("detail") or ""):
        blocks.append(rich_text(section(words(detail[:2_900]))))
    if name in _EXAMPLES:
        blocks.append(rich_text(bullets([[words(line)] for line in lines("examples", lang)])))
        blocks.append(context(say("notice.careful", lang)))
    if name == "failed" and (reference := shorten(str(values.get("reference") or ""), 80)):
        blocks.append(context(say("notice.reference", lang, reference=reference)))
    if name == "not_here" and (key := str(values.get("key") or "")):
        blocks.append(actions(button(say("button.privately", lang), "answer_privately", key, "primary")))
    return message(sentence.strip(), blocks)


def words_message(text: str) -> Message:
    """Words that are worded elsewhere (a question back, what became of a decision) as a message."""
    pieces = split(text.strip(), 2_900)[:4] if text.strip() else ["–"]
    return message(text.strip(), [rich_text(section(words(piece.strip("\n")))) for piece in pieces])


def _values(values: dict[str, object]) -> dict[str, str]:
    """What sentences may name, one line each."""
    return {
        name: shorten(str(values.get(name) or ""), 200)
        for name in ("name", "who", "when", "language", "size", "channel")
    }


def prompts(lang: Language) -> list[dict[str, str]]:
    """Four suggested prompts: title and message."""
    return [
        {"title": say(f"prompt.{name}.title", lang), "message": say(f"prompt.{name}.message", lang)}
        for name in ("ask", "due", "brief", "log")
    ]


def status(lang: Language, name: str = "searching") -> str:
    """What stands beside the bot's name while it works: searching, drafting, reading."""
    return say(f"status.{name}" if has(f"status.{name}") else "status.searching", lang)


def loading_messages(lang: Language) -> list[str]:
    """What it does meanwhile, at most ten lines."""
    return lines("loading", lang)[:10]
