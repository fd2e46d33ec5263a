"""Sheets of what is billed: which of it is still to be paid."""

from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import file_words, things_of
from knowledge.queries.spec import Filter
from knowledge.queries.tables import TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import heading_family, phrases, state_alone
from knowledge.queries.words import read_words, same_word


def is_billed(target: TargetValues) -> bool:
    """Whether a row of a sheet that no kind knows is an invoice, a bill, a payment: by the headings of its numbers, its name or its file."""
    if isinstance(target.source, RecordTable):
        return False
    said = [word for text in (*target.source.names, file_words(target.file)) for word in read_words(text or "")] + [word for thing in things_of(target) for word in thing.words]
    return any(same_word(word, wanted.words[0], synonyms=False) for wanted in phrases("money_document") for word in said)


def paid_on(target: TargetValues) -> str | None:
    """The column of the day on which a row was paid."""
    dated = (name for name in target.source.columns if target.source.type_of(name) in TEMPORAL and name in target.filled)
    return next((name for name in dated if any(each.text == "paid" for each in heading_family(name.removeprefix("extra.")))), None)


def add_unsettled(target: TargetValues, into: Conditions) -> None:
    """What is overdue is not paid: without a day of payment, or in none of the states after which nothing is owed."""
    if not is_billed(target):
        return
    if (paid := paid_on(target)) is not None:
        into.filters.append(Filter(field=paid, op="is_null"))
        return
    settled = {wanted.text for wanted in phrases("settled")}
    states = dict.fromkeys(entry.field for entry in target.entries if state_alone(entry.stored) in settled)
    name = next((name for name in states if name not in {item.field for item in into.filters}), None)
    owed = tuple(dict.fromkeys(entry.stored for entry in target.entries if entry.field == name and state_alone(entry.stored) not in settled))
    if name is not None and owed:
        into.filters.append(Filter(field=name, op="in", value=owed) if len(owed) > 1 else Filter(field=name, value=owed[0]))
