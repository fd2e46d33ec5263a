"""Words for people: the card that shows exactly what an approval writes, and the sentences of the answers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from assistant.proposals.payload import FIELDS, BadField, Payload
from assistant.proposals.phrases import cleaned, word_list
from assistant.proposals.tables import Proposal
from knowledge.documents.model import Locator
from knowledge.language.formats import format_date, format_money
from knowledge.language.vocabulary import Language


def reply(name: str, lang: Language, **values: object) -> str:
    """A sentence of replies.toml."""
    text: str = word_list("replies")[name][lang]
    return text.format(**values)


def bad_field(problem: BadField, kind: str, lang: Language) -> str:
    """Why a field was not changed, in words."""
    choices = ", ".join(label(choice, lang) if problem.why == "unknown_field" else choice for choice in problem.choices)
    why = word_list("replies")["why"][problem.why][lang].format(kind=kind_name(kind, lang), choices=choices)
    return reply("bad_field", lang, field=label(problem.field, lang), value=problem.value, why=why)


def kind_name(kind: str, lang: Language) -> str:
    """What people call a kind."""
    return str(word_list("cards")["kind"][kind][lang])


def label(field: str, lang: Language, payload: Mapping[str, Any] | None = None, kind: str = "") -> str:
    """The heading of a field on a card."""
    cards = word_list("cards")
    if field == "due" and payload is not None:
        special = str(payload["field"]) if payload.get("field") in ("leaving", "away") else kind
        if special in cards["due"]:
            return str(cards["due"][special][lang])
    if field == "value" and payload is not None and payload.get("field") == "away":
        return str(cards["label"]["stands_in"][lang])
    return str(cards["label"][field][lang]) if field in cards["label"] else field


def shown(field: str, value: object, lang: Language, currency: str | None = None) -> str:
    """A value as people read it; never shortened."""
    if value is None:
        return str(word_list("cards")["effect"]["none"][lang])
    if field in ("due", "on"):
        return format_date(date.fromisoformat(str(value)), lang)
    if field == "amount":
        return format_money(Decimal(str(value)), currency, lang) if currency else str(value)
    named = word_list("cards")["value"]
    if field in ("sentiment", "servqual_dimension", "party", "field", "level", "status") and str(value) in named:
        return str(named[str(value)][lang])
    return cleaned(str(value))


def effects(payload: Payload, lang: Language) -> list[str]:
    """What a change of contact writes beside its own record."""
    texts = word_list("cards")["effect"]
    due = date.fromisoformat(payload["due"]) if payload.get("due") else date.fromisoformat(payload["on"])
    values = {
        "person": shown("person", payload.get("person"), lang),
        "field": shown("field", payload.get("field"), lang),
        "value": shown("value", payload.get("value"), lang),
        "replaces": payload.get("replaces"),
        "start": format_date(due, lang),
    }
    if payload.get("field") == "away":
        return [texts["away"][lang].format(**values)]
    if payload.get("field") == "leaving":
        return [texts["leaving"][lang].format(**values, until=format_date(due, lang))]
    if payload.get("field") != "new":
        return [texts["update"][lang].format(**values)]
    lines = [texts["create"][lang].format(**values)]
    if payload.get("replaces"):
        lines.append(texts["replace"][lang].format(**values, until=format_date(due - timedelta(days=1), lang)))
    return lines


def beside_lines(payload: Payload, lang: Language) -> list[tuple[str, str]]:
    """Heading and value of what the records hold beside a proposal: the same, what it continues, what it contradicts."""
    headings = word_list("cards")["beside"]["how"]
    entries = payload.get("beside") or ()
    return [
        (headings[entry["how"]][lang], f"{_beside(entry, payload, lang)} ({_whence(entry, lang)})") for entry in entries
    ]


def _beside(entry: Mapping[str, Any], payload: Payload, lang: Language) -> str:
    """What is recorded, and what an approval would make of it."""
    words = word_list("cards")["beside"]
    kind, field = str(entry["record"]).partition(":")[0], str(entry.get("field") or "")
    if entry["how"] != "changes":
        return str(words["told"][lang]).format(text=cleaned(str(entry.get("text") or "")))
    if kind == "agreement":
        return str(words["differs"][lang]).format(now=shown("due", entry["now"], lang))
    told = "value" if field in ("phone", "email", "position") else field
    return str(words["becomes" if kind == "contact" else "stands"][lang]).format(
        text=cleaned(str(entry.get("text") or "")),
        field=words["field"][field][lang],
        now=shown(field if told == field else "value", entry["now"], lang, entry.get("currency")),
        new=shown(told, payload.get(told), lang, payload.get("currency")),
    )


def _whence(entry: Mapping[str, Any], lang: Language) -> str:
    """Where it is recorded: day, file and place; without a file, the record or proposal itself."""
    place = dict(entry.get("place") or {})
    if place.get("part") == place.get("sheet"):
        place.pop("part", None)
    source = str(entry.get("source") or "").rsplit("/", 1)[-1]
    if not source:
        source = str(entry["record"]).removeprefix("proposal:")
    day = format_date(date.fromisoformat(entry["on"]), lang) if entry.get("on") else ""
    return ", ".join(part for part in (day, source, Locator(**place).label(lang)) if part)


def card_lines(proposal: Proposal, lang: Language, state: str | None = None) -> list[tuple[str, str]]:
    """Heading and value of every line of a card: all that an approval of this revision writes, then who said it and until when it stands."""
    payload = proposal.payload
    lines = []
    for field in word_list("cards")["order"]:
        if field == "words" or (
            field in FIELDS[proposal.kind] and (payload.get(field) is not None or field == "customer")
        ):
            value = shown(field, payload.get(field), lang, payload.get("currency"))
            lines.append((label(field, lang, payload, proposal.kind), value))
    if proposal.kind == "contact_change":
        lines += [(label("effect", lang), line) for line in effects(payload, lang)]
    lines += beside_lines(payload, lang)
    lines.append((label("author", lang), cleaned(str(proposal.source.get("author") or proposal.account))))
    lines.append((label("status", lang), shown("status", state or proposal.state, lang)))
    lines.append((label("revision", lang), str(proposal.revision)))
    lines.append((label("expires", lang), moment(proposal.expires_at, lang)))
    return lines


def _plain(text: object) -> str:
    """A text by its letters and digits alone."""
    return "".join(character for character in str(text or "").lower() if character.isalnum())


def card_text(proposal: Proposal, lang: Language = "id", state: str | None = None) -> str:
    """The card as plain text; the person's words stand once where the text says the same."""
    same = _plain(proposal.payload.get("words")) == _plain(proposal.payload.get("text"))
    head = f"{kind_name(proposal.kind, lang)} · {proposal.id}"
    return "\n".join([head, *(f"  {name}: {value}" for name, value in card_lines(proposal, lang, state) if not (same and name == label("words", lang)))])


def moment(at: datetime, lang: Language) -> str:
    """A moment as people read it, in UTC."""
    return f"{format_date(at.date(), lang)} {at:%H:%M} UTC"
