"""What is read from chat messages."""

from dataclasses import asdict

import pytest

from assistant.proposals.understand import understand_update
from tests.assistant.proposals.cast import AM, linker
from tests.assistant.proposals.utterances import TODAY, UTTERANCES

LINKER = linker()


def read(text, viewer=AM, **options):  # type: ignore[no-untyped-def]
    return understand_update(text, today=TODAY, linker=LINKER, viewer=viewer, speaker_account=viewer.account, **options)


@pytest.mark.parametrize(("text", "expected"), UTTERANCES, ids=[text[:60] for text, _ in UTTERANCES])
def test_facts_of_a_message(text, expected):  # type: ignore[no-untyped-def]
    reading = read(text)
    if isinstance(expected, str):
        assert reading.asked is not None
        assert reading.refused is (expected == "refuse")
        return
    assert reading.asked is None and not reading.refused
    found = [asdict(fact) for fact in reading.facts]
    assert [fact["kind"] for fact in found] == [fact["kind"] for fact in expected], found
    for fact, wanted in zip(found, expected, strict=True):
        assert {name: fact[name] for name in wanted} == wanted
