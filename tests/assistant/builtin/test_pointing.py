"""Sentences that are about what the one before them named."""

import pytest

from assistant.evidence import Evidence
from assistant.models.builtin.weighing.pointing import pointed_at, points_back
from knowledge.documents.passages import sentences
from knowledge.records.authority import Authority


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("His successor is Ira Maheswari.", True),
        ("Penggantinya Ira Maheswari.", True),
        ("This was agreed by both sides.", True),
        ("Beliau pindah ke Palu.", True),
        ("The office in Palu moves.", False),
        ("Laporan dikirim tiap Senin.", False),
        ("He-Ne lasers are not sold.", False),
    ],
)
def test_a_sentence_points_back(sentence: str, points: bool) -> None:
    assert points_back(sentence) is points


def _item(authority: Authority) -> tuple[Evidence, list[tuple[int, int]]]:
    text = "From 1 March Rudi moves to Manila. His successor is Ira. The link stays."
    return Evidence(id="p1", kind="passage", source="mail.eml", quote=text, authority=authority), list(sentences(text))


def test_it_is_about_the_one_before() -> None:
    assert pointed_at(*_item(Authority.EMAIL)) == ["", "From 1 March Rudi moves to Manila.", ""]


def test_clauses_stand_for_themselves() -> None:
    assert pointed_at(*_item(Authority.AGREEMENT)) == ["", "", ""]
