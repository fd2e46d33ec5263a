"""What must hold for every message and every viewer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.proposals.payload import edited, payload_of, sha_of
from assistant.proposals.phrases import cleaned, folded
from assistant.proposals.reading import Fact, UpdateReading
from assistant.proposals.stance import stance_of
from assistant.proposals.understand import understand_update
from knowledge.access import Viewer
from tests.assistant.proposals.cast import CUSTOMERS, DINAS, linker
from tests.assistant.proposals.utterances import TODAY, UTTERANCES

LINKER = linker()
TEXTS = [text for text, _ in UTTERANCES]


def read(text: str, customers: frozenset[int], context: tuple[int, ...] = ()) -> UpdateReading:
    viewer = Viewer("who", "Who", customers)
    return understand_update(
        text, today=TODAY, linker=LINKER, viewer=viewer, speaker_account="who", context_customer_ids=context
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TEXTS), st.frozensets(st.sampled_from(sorted(CUSTOMERS))))
def test_nothing_is_proposed_or_offered_outside_the_portfolio(text: str, customers: frozenset[int]) -> None:
    reading = read(text, customers)
    assert {fact.customer_id for fact in reading.facts} <= customers
    if reading.asked:
        assert set(reading.asked.customer_ids) <= customers
    assert not (reading.facts and reading.reason != "fact")


def without_names(reading: UpdateReading) -> UpdateReading:
    return replace(reading, asked=replace(reading.asked, words="") if reading.asked else None)


@pytest.mark.parametrize("told", ["{} komplain server mati", "Rapat dengan {} besok", "{} is very happy with the new portal", "{} janji bayar Jumat", "Pak Anwar dari {} minta penawaran Rp 5 jt"])  # fmt: skip
def test_a_customer_one_may_not_see_reads_as_one_that_does_not_exist(told: str) -> None:
    everything_else = frozenset(CUSTOMERS) - {DINAS}
    hidden = read(told.format(CUSTOMERS[DINAS][0]), everything_else)
    unknown = read(told.format("Dinas Kehutanan Wanasari"), everything_else)
    assert without_names(hidden) == without_names(unknown)
    assert not hidden.facts


def stands_in(words: str, message: str) -> bool:
    """Whether words are the message's own, in its order; " … " stands for what lies between a heading and what is told under it."""
    heading, gap, told = words.partition(" … ")
    return words in message or bool(gap) and message.startswith(heading) and told in message[len(heading) :]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    reading = read(text, frozenset(CUSTOMERS))
    assert all(stands_in(fact.words, cleaned(text)) for fact in reading.facts)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_the_words_of_each_fact_stand_in_the_message(first: str, second: str) -> None:
    message = f"{first} {second}"
    for fact in read(message, frozenset(CUSTOMERS)).facts:
        assert stands_in(fact.words, message)


@pytest.mark.parametrize(
    ("word", "lang"),
    [("puas", "id"), ("senang", "id"), ("cepat", "id"), ("happy", "en"), ("satisfied", "en"), ("reliable", "en")],
)
def test_a_negation_turns_praise_into_complaint(word: str, lang: str) -> None:
    negations = ["tidak", "ga", "kurang"] if lang == "id" else ["not", "isn't really"]
    assert stance_of(folded(word, lang)).value > 0  # type: ignore[arg-type]
    for negation in negations:
        assert stance_of(folded(f"{negation} {word}", lang)).value < 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clause", "sign"),
    [
        ("dulu lambat, sekarang cepat", 1), ("tidak lambat lagi", 1), ("terlalu cepat ditutup", -1), ("not late any more", 1), ("never late", 1),
        ("tidak buruk", 0), ("paling lambat jumat", 0), ("lebih lambat", -1), ("no longer reliable", -1), ("not bad", 0),
    ],
)  # fmt: skip
def test_the_sign_of_a_stance(clause: str, sign: int) -> None:
    value = stance_of(clause).value
    assert (value > 0) - (value < 0) == sign


kinds = st.sampled_from(["feedback", "complaint", "commitment", "meeting", "opportunity", "risk", "improvement"])


@given(kinds, kinds, st.text(min_size=1, max_size=30), st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_each_change_changes_the_hash_and_nothing_else_does(kind, other, text, day) -> None:  # type: ignore[no-untyped-def]
    payload = payload_of(Fact(kind, 1, "words", "text", party="provider"), "Mitra Kargo", "Wulan", day)
    assert sha_of(kind, dict(reversed(payload.items()))) == sha_of(kind, payload)
    new_kind, after = edited(kind, payload, {"kind": other}, {}, day)
    assert (sha_of(new_kind, after) == sha_of(kind, payload)) == (kind == other)
    if cleaned(text) and cleaned(text) != "text":
        _, after = edited(kind, payload, {"text": text}, {}, day)
        assert after["text"] == cleaned(text) and sha_of(kind, after) != sha_of(kind, payload)
