"""Kinds of drafts by name, and the steps told while one is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import DraftRequest, draft
from assistant.drafts.composing import maker
from assistant.drafts.kinds import Kind, described, kind_called, kind_name, kinds
from assistant.drafts.progress import Steps
from assistant.progress import Event


def test_every_kind_that_can_be_made_is_offered_in_both_languages() -> None:
    for kind in kinds():
        own = described(kind)
        assert all(words[language] for words in (own.name, own.purpose, own.title) for language in ("id", "en"))
        assert own.builder or own.sections
        assert all(callable(maker(name)) for name in [own.builder, *(one.made_by for one in own.sections)] if name)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("brief PT Contoh", ("brief", "PT Contoh")),
        ("Bahan rapat: Contoh", ("brief", "Contoh")),
        ("Service review for Contoh", ("review", "for Contoh")),
        ("business case Contoh cadangan", ("business_case", "Contoh cadangan")),
        ("briefcase Contoh", (None, "briefcase Contoh")),
        ("siapkan brief", (None, "siapkan brief")),
        ("review", ("review", "")),
    ],
)
def test_a_kind_is_called_by_the_words_that_open_a_command(text: str, called: tuple[Kind | None, str]) -> None:
    assert kind_called(text) == called


@given(st.sampled_from(kinds()), st.sampled_from(("id", "en")), st.text(alphabet="abcdefgh ", max_size=30))
def test_the_name_of_a_kind_calls_it_whatever_follows(kind: Kind, language: str, rest: str) -> None:
    assert kind_called(f"{kind_name(kind, language)} {rest}".strip()) == (kind, " ".join(rest.split(" ")).strip())


def test_each_step_is_told_once_in_the_language_of_the_draft() -> None:
    told: list[Event] = []
    steps = Steps(told.append, "en")
    for kind in ("meeting", "agreement", "clause", "meeting", "unheard of"):
        steps.reading(kind)
    assert [event.text for event in told] == ["Looking for the last meeting …", "Reading the agreements …"]


def test_a_draft_tells_its_steps_and_what_they_raise_ends_it(desk, cast) -> None:
    told: list[str] = []
    draft(desk(), DraftRequest("brief", cast.one), lambda event: told.append(event.text))
    assert "Membaca perjanjian …" in told and told[-1] == "Mencocokkan setiap baris dengan sumbernya …"
    assert len(told) == len(set(told))

    def stop(event: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draft(desk(), DraftRequest("brief", cast.one), stop)
