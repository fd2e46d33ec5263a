"""Who holds an account now, since when and after whom, and which list still names the one before."""

from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.desk import Desk
from assistant.tools.records.handovers import Handover
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language


def handover_told(found: Handover, desk: Desk, language: Language) -> Composed:
    """The one who holds the account first; the list's row where it names another."""
    since = phrase("holds_since", language, since=format_date(found.since, language)) if found.since else ""
    listed = f" {mark(found.listed)}" if found.listed and found.before and found.before not in found.sentence else ""
    before = phrase("held_before", language, before=found.before) + listed if found.before else ""
    if found.since:
        desk.computed.dates.add(found.since)
    text = phrase(
        "holds_account", language, person=found.person, customer=found.customer, since=since, before=before, place=place(found.item, language),
        quote=shorten(found.sentence, 260), mark=mark(found.item),
    )  # fmt: skip
    if found.listed is not None and found.listed_name != found.person:
        text += phrase("list_still_names", language, place=place(found.listed, language), person=found.listed_name, mark=mark(found.listed))
    elif found.listed is not None:
        text += phrase("also", language, place=place(found.listed, language), mark=mark(found.listed))
    return Composed(text, found=[found.person], covers=1.0, gives=frozenset({"person", *(["date"] if found.since else [])}))
