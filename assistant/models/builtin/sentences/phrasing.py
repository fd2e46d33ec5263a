"""Words of the built-in model: sentences from phrases.toml, places, values in the asker's language."""

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.weighing.values import TypedValue
from knowledge.documents.model import Locator
from knowledge.language.formats import format_date, format_duration, format_money, format_number, format_percent
from knowledge.language.letter_case import calm
from knowledge.language.vocabulary import Language, words_beside


def _table() -> dict[str, Any]:
    return words_beside(__file__, "phrases")


def phrase(name: str, language: Language, **parts: object) -> str:
    """A sentence of phrases.toml, filled in."""
    return str(_table()[name][language]).format(**parts)


def document_word(kind: str, language: Language) -> str:
    """ "perjanjian" / "the agreement" for a kind of document."""
    words = _table()["documents"]
    return str(words.get(kind, words["other"])[language])


def place(evidence: Evidence, language: Language) -> str:
    """Where something stands, in words: "SLA 2025 (hlm. 1, Pasal 2.1)"."""
    known = {key: value for key, value in evidence.locator.items() if key in Locator.__dataclass_fields__}
    label = Locator(**known).label(language)
    title = calm(evidence.title) or evidence.source.rsplit("/", 1)[-1]
    if not title:
        title = document_word("update", language)
    return f"{title} ({label})" if label else title


def mark(*evidence: Evidence) -> str:
    """The reference marks of a statement, "[E1][E4]"; renumbered when the answer is shown."""
    return "".join(f"[{identifier}]" for identifier in dict.fromkeys(item.id for item in evidence))


def value_text(value: TypedValue, language: Language) -> str:
    """A typed value in the asker's language."""
    if value.kind == "date":
        first, last = value.value
        return format_date(first, language) if first == last else value.text.strip()
    if value.kind == "duration":
        length, unit = value.value
        return format_duration(length, unit, language)
    if value.kind == "money":
        amount, currency = value.value
        return format_money(amount, currency, language)
    if value.kind == "percent":
        return format_percent(value.value, language)
    return value.text.strip()


def plain_value(value: Any, language: Language, currency: str | None = None) -> str:
    """A value of a record or of a computation as text."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return {"id": ("tidak", "ya"), "en": ("no", "yes")}[language][value]
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(str(value))
        return format_money(number, currency, language) if currency else format_number(number, language)
    return str(value)


def shorten(text: str, limit: int = 320) -> str:
    """A quote cut at a word, with an ellipsis, if it is longer than `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + " …"
