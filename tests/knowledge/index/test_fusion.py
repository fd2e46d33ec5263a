"""Rules of the fusion that hold whatever the scores are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.fusion import DEEPEST, Candidates, centred, fuse

cosine = st.floats(-0.5, 0.9)


def near(cosines: dict[int, float], size: int, bm25: dict[int, float] | None = None) -> Candidates:
    return Candidates(dict.fromkeys(cosines, 0.8), cosines, size, bm25 or {})


@st.composite
def candidates(draw: st.DrawFn, first_id: int) -> Candidates:
    ids = range(first_id, first_id + draw(st.integers(0, 12)))
    cosines = {i: draw(cosine) for i in ids if draw(st.booleans())}
    bm25 = {i: draw(st.floats(0.1, 60)) for i in ids if draw(st.booleans())}
    return near(cosines, draw(st.integers(len(ids), 5000)), bm25)


languages = st.fixed_dictionaries({"id": candidates(1), "en": candidates(1000)})
asked_in = st.sampled_from(["id", "en", None])


@given(languages, asked_in)
def test_every_candidate_comes_back_once_best_first(found: dict[str, Candidates], asked: str | None) -> None:
    ranking = fuse(found, asked)
    wanted = {i for part in found.values() for i in (*part.centred, *part.bm25)}
    assert sorted(hit.passage_id for hit in ranking) == sorted(wanted)
    assert [hit.score for hit in ranking] == sorted((hit.score for hit in ranking), reverse=True)


@given(languages, asked_in, st.data())
def test_a_passage_with_the_code_never_loses_to_one_without(found: dict[str, Candidates], asked: str | None, data: st.DataObject) -> None:
    everything = [hit.passage_id for hit in fuse(found)]
    holding = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    preferred = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    shares = {passage_id: data.draw(st.sampled_from([0.1, 0.5, 1.0])) for passage_id in holding}
    ranking = [hit.passage_id for hit in fuse(found, asked, shares, preferred)]
    assert set(ranking[: len(holding)]) == holding


@given(candidates(1), candidates(1), asked_in)
def test_a_language_keeps_its_own_order_beside_another(one: Candidates, other: Candidates, asked: str | None) -> None:
    other = Candidates(*({i + 1000: score for i, score in part.items()} for part in (other.cosines, other.centred)), other.size, {})
    alone, beside = ({hit.passage_id: hit.score for hit in fuse(found, asked)} for found in ({"id": one}, {"id": one, "en": other}))
    ids = [i for i in alone if alone[i] > DEEPEST and beside[i] > DEEPEST]
    assert sorted(ids, key=lambda i: (-round(alone[i], 9), i)) == sorted(ids, key=lambda i: (-round(beside[i], 9), i))


@given(st.integers(1, 3), st.floats(0.2, 0.6))
def test_what_all_passages_of_a_language_share_lifts_none_of_them(seed: int, shared: float) -> None:
    """A direction that every vector of a language has in common is taken out, however large it is."""
    random = np.random.default_rng(seed)
    vectors, query = random.normal(size=(40, 8)), random.normal(size=8)
    direction = shared * 10 * np.eye(8)[0]
    plain = centred(query, np.zeros(8), vectors, vectors.mean(axis=0))
    lifted = centred(query, np.zeros(8), vectors + direction, (vectors + direction).mean(axis=0))
    np.testing.assert_allclose(plain, lifted, atol=1e-5)


def test_both_sides_count() -> None:
    found = {"id": near({1: 0.5, 2: 0.45, 3: 0.3}, 500, {2: 8.0})}
    assert fuse(found, "id")[0].passage_id == 2
    assert fuse({"id": near({1: 0.5, 2: 0.45, 3: 0.3}, 500)}, "id")[0].passage_id == 1


def test_words_count_less_across_languages() -> None:
    found = {"en": near({1: 0.5, 2: 0.43}, 500, {2: 8.0})}
    assert fuse(found, "en")[0].passage_id == 2
    assert fuse(found, "id")[0].passage_id == 1


def test_the_words_of_a_pasted_page_do_not_outweigh_the_meaning() -> None:
    found = {"id": near({1: 0.7, 2: 0.2}, 500, {1: 60.0, 2: 90.0})}
    assert fuse(found, "id")[0].passage_id == 1


def test_the_answer_in_the_other_language_comes_first() -> None:
    own = {i: 0.50 - 0.002 * i for i in range(20)}
    other = {100: 0.48} | {i: 0.30 - 0.001 * i for i in range(101, 120)}
    assert fuse({"id": near(own, 800), "en": near(other, 800)}, "id")[0].passage_id == 100


def test_a_lone_passage_of_the_other_language_is_not_lifted_above_the_answer() -> None:
    own = {1: 0.6} | {i: 0.3 for i in range(2, 20)}
    assert fuse({"id": near(own, 2000), "en": near({100: 0.1}, 1)}, "id")[0].passage_id == 1


@pytest.mark.parametrize("asked", ["id", None])
def test_without_vectors_words_decide(asked: str | None) -> None:
    found = {"id": Candidates({}, {}, 10, {1: 2.0, 2: 5.0}), "en": Candidates({}, {}, 10, {})}
    assert [hit.passage_id for hit in fuse(found, asked)] == [2, 1]
