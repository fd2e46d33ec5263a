"""From logits to a span of characters."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.reading.span_reader import OVERLAP, WINDOW, windows
from knowledge.reading.spans import ANSWER_TOKENS, FRINGE, best_span, characters, likely_spans, of_the_text

LOGITS = arrays(np.float32, st.tuples(st.integers(2, 60), st.just(2)), elements=st.floats(-20, 20, width=32))


def test_the_likeliest_start_and_end_make_the_span() -> None:
    logits = np.zeros((8, 2), np.float32)
    logits[3, 0] = logits[5, 1] = 4
    logits[0] = 1
    assert best_span(logits) == (2, 4, 6.0)


def test_an_end_before_its_start_is_no_span() -> None:
    logits = np.zeros((8, 2), np.float32)
    logits[6, 0], logits[2, 1] = 5, 5
    first, last, _ = best_span(logits)
    assert first <= last


def test_what_stands_before_the_passage_is_no_answer() -> None:
    logits = np.zeros((6, 2), np.float32)
    logits[1], logits[4] = 9, 1
    usable = of_the_text([(0, 0), (0, 8), (8, 13), (13, 18), (0, 0)], 9)
    assert usable.tolist() == [False, False, True, True, False]
    assert best_span(logits, usable) == (3, 3, 2.0)


@given(LOGITS, st.integers(1, 12))
def test_the_likely_spans_are_the_likeliest_of_all(logits, count: int) -> None:
    found = likely_spans(logits, count=count)
    tokens = len(logits) - 1
    every = [
        (float(logits[1 + first, 0] + logits[1 + last, 1] - logits[0].sum()), first, last)
        for first in range(tokens) for last in range(first, min(tokens, first + ANSWER_TOKENS))
    ]  # fmt: skip
    assert len(found) == len({(first, last) for first, last, _ in found}) == min(count, len(every))
    assert {(first, last) for first, last, _ in found} <= {(first, last) for _, first, last in every}
    np.testing.assert_allclose([score for _, _, score in found], sorted((score for score, _, _ in every), reverse=True)[:count], atol=1e-4)
    assert best_span(logits) == found[0]


def test_no_likely_span_ends_in_what_is_not_usable() -> None:
    logits = np.zeros((6, 2), np.float32)
    usable = np.array([False, True, True, False, True])
    found = likely_spans(logits, usable, 50)
    assert {(first, last) for first, last, _ in found} == {(1, 1), (1, 2), (1, 4), (2, 2), (2, 4), (4, 4)}


@given(st.text(alphabet="ab ,;\n", max_size=30), st.data())
def test_characters_lie_in_the_text_and_begin_with_none_of_the_fringe(text: str, data) -> None:
    shift = 9
    borders = sorted(data.draw(st.lists(st.integers(0, len(text) + shift), min_size=2, max_size=8)))
    offsets = list(zip(borders, borders[1:], strict=False))
    first = data.draw(st.integers(0, len(offsets) - 1))
    last = data.draw(st.integers(first, len(offsets) - 1))
    start, end = characters(text, offsets, first, last, shift)
    assert 0 <= start <= end <= len(text)
    assert text[start:end] == text[start:end].strip(FRINGE)


@given(st.integers(1, 2000))
def test_windows_cover_every_token(tokens: int) -> None:
    firsts = windows(tokens)
    assert firsts[0] == 0
    assert firsts[-1] + WINDOW >= tokens
    assert all(after - before <= WINDOW - OVERLAP for before, after in zip(firsts, firsts[1:], strict=False))
    assert all(after > before for before, after in zip(firsts, firsts[1:], strict=False))
