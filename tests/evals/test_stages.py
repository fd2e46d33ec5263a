"""Which stage failed, from made-up explanations: each rule, and that an earlier rule goes before a later one."""

from typing import Any

import pytest

from evals.stages import STAGES, stage_of, stage_of_lookup

GOLD = "14 Maret"


def result(**parts: Any) -> dict[str, Any]:
    """What `ask` tells of an answer that says something else."""
    explained = {
        "understanding": {"asks_for": ["date"], "customers": ["Kedai Rasa"], "unknown_names": []} | parts.pop("understanding", {}),
        "evidence": {"passages": [{"sentence": each} for each in parts.pop("sentences", ())], "records": [{"value": each} for each in parts.pop("values", ())]},
        "verification": {"removed": [{"text": each, "why": "?"} for each in parts.pop("removed", ())]},
    }
    return {"abstained": False, "reason": None, "citations": [], "explanation": explained} | parts


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        (result(removed=["Acara itu pada 14 Maret."], sentences=["14 Maret"]), "verification"),
        (result(abstained=True, reason="not_carried"), "verification"),
        (result(sentences=["Sewa tenda mulai 14 Maret di lapangan."]), "composing"),
        (result(values=["14 Maret"], citations=[{"record": "event:1"}]), "composing"),
        (result(values=["2 April"], citations=[{"record": "event:1"}]), "computation"),
        (result(abstained=True, understanding={"unknown_names": ["Kedai Rassa"]}), "understanding"),
        (result(abstained=True, understanding={"asks_for": [], "customers": []}), "understanding"),
        (result(abstained=True, sentences=["Kantin tutup hari Minggu."]), "retrieval"),
        (result(sentences=["Kantin tutup hari Minggu."], citations=[{"record": None}]), "retrieval"),
    ],
)
def test_each_rule(told: dict[str, Any], stage: str) -> None:
    assert stage in STAGES
    assert stage_of(told, lambda text: GOLD in text, declines=False) == stage


def test_an_answer_where_none_was_due_is_the_composing_that_failed() -> None:
    assert stage_of(result(sentences=["anything"]), lambda text: False, declines=True) == "composing"


def test_a_span_that_no_passage_holds_was_not_retrievable() -> None:
    span = "tenda disewa oleh panitia selama tiga hari penuh"
    assert stage_of_lookup(result(sentences=[span]), [span], ["Kantin tutup."]) == "retrieval"
    assert stage_of_lookup(result(sentences=[span]), [span], [f"Diatur bahwa {span}."]) == "composing"
