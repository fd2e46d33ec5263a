"""What is counted of a reader."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.reader.examples import Material, Question, facqa, idk_mrc, near_misses, token_spans
from evals.reader.figures import area_under_curve, calibrate, calibrate_upwards, calibration_error, exact, token_f1


def test_f1_counts_shared_words() -> None:
    assert token_f1("sejak Maret 2024", ["Maret 2024"]) == pytest.approx(0.8)
    assert token_f1("Bandung", ["Maret 2024", "Bandung."]) == 1
    assert token_f1("", ["Bandung"]) == 0
    assert exact("Bandung,", ["bandung"])
    assert not exact("Bandung timur", ["bandung"])


@given(st.lists(st.sampled_from("abc"), min_size=1), st.lists(st.sampled_from("abc"), min_size=1))
def test_f1_is_symmetric_and_bounded(one, other) -> None:
    there, back = token_f1(" ".join(one), [" ".join(other)]), token_f1(" ".join(other), [" ".join(one)])
    assert there == pytest.approx(back)
    assert 0 <= there <= 1


def test_area_under_curve() -> None:
    truths = np.array([True, True, False, False])
    assert area_under_curve(np.array([4.0, 3, 2, 1]), truths) == 1
    assert area_under_curve(np.array([1.0, 2, 3, 4]), truths) == 0
    assert area_under_curve(np.ones(4), truths) == 0.5


def test_calibration_recovers_the_chances() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(20_000, 2))
    chances = 1 / (1 + np.exp(-(1.5 * x[:, 0] - 0.5 * x[:, 1] + 0.7)))
    weights = calibrate(x, rng.random(20_000) < chances)
    np.testing.assert_allclose(weights, [1.5, -0.5, 0.7], atol=0.1)
    assert calibration_error(chances, rng.random(20_000) < chances) < 0.02
    assert calibration_error(np.full(100, 0.9), np.zeros(100, bool)) == pytest.approx(0.9)


def test_a_feature_that_counts_the_wrong_way_is_left_out() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(5_000, 2))
    truths = rng.random(5_000) < 1 / (1 + np.exp(-(2 * x[:, 0] - x[:, 1])))
    first, second, _ = calibrate_upwards(x, truths)
    assert first > 1
    assert second == 0
    np.testing.assert_allclose(calibrate_upwards(x[:, :1], truths), calibrate(x[:, :1], truths))


def test_spans_of_tokens_leave_out_what_stands_before() -> None:
    offsets = [(0, 0), (0, 4), (4, 9), (9, 13), (13, 18), (0, 0)]
    assert token_spans(offsets, [(0, 4)], shift=9) == [(3, 3)]
    assert token_spans(offsets, [(2, 9)], shift=9) == [(3, 4)]
    assert token_spans(offsets, [(40, 44)], shift=9) == []


def test_near_misses_hold_neither_the_own_passage_nor_the_answer() -> None:
    material = Material(["satu merah", "dua biru", "tiga merah", "empat hijau"], [Question("?", 0, ((5, 10),))])
    vectors = np.eye(4, dtype=np.float32)
    asked = np.array([[0.9, 0.1, 0.8, 0.2]], np.float32)
    assert near_misses(asked, vectors, material, 2).tolist() == [[3, 1]]


def test_answers_are_found_by_text_where_the_offset_is_wrong(tmp_path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(
        '{"context": "Rak ada di Solo.", "question": "Di mana?", "answers": ["Solo"], "answer_starts": [3], "answerable": true}\n'
        '{"context": "Rak ada di Solo.", "question": "Kapan?", "answers": [], "answer_starts": [], "answerable": false}\n'
        '{"context": "Rak ada di Solo.", "question": "Apa?", "answers": ["Lemari"], "answer_starts": [0], "answerable": true}\n'
    )
    material = idk_mrc(file)
    assert material.passages == ["Rak ada di Solo."]
    assert [question.spans for question in material.questions] == [((11, 15),), ()]


def test_spaced_punctuation_is_closed_up(tmp_path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"passage": "Rak ( baru ) , di Solo .", "question": "Di mana ?", "answers": ["Solo"]}\n')
    material = facqa(file)
    assert material.passages == ["Rak (baru), di Solo."]
    (question,) = material.questions
    assert question.text == "Di mana?"
    assert [material.passages[0][start:end] for start, end in question.spans] == ["Solo"]
