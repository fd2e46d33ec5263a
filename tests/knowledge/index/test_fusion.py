"""Rules of the fusion that hold whatever the scores are."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.fusion import Candidates, fuse, runners_up_share

cosine = st.floats(0.6, 0.95)


@st.composite
def candidates(draw: st.DrawFn, first_id: int) -> Candidates:
    ids = range(first_id, first_id + draw(st.integers(0, 12)))
    cosines = {i: draw(cosine) for i in ids if draw(st.booleans())}
    bm25 = {i: draw(st.floats(0.1, 30)) for i in ids if draw(st.booleans())}
    mean = min(cosines.values(), default=0.7) - draw(st.floats(0, 0.1))
    return Candidates(cosines, mean, draw(st.integers(len(ids), 5000)), bm25)


languages = st.fixed_dictionaries({"id": candidates(1), "en": candidates(1000)})


@given(languages)
def test_every_candidate_comes_back_once_best_first(found: dict[str, Candidates]) -> None:
    ranking = fuse(found)
    wanted = {i for part in found.values() for i in (*part.cosines, *part.bm25)}
    assert sorted(hit.passage_id for hit in ranking) == sorted(wanted)
    assert [hit.score for hit in ranking] == sorted((hit.score for hit in ranking), reverse=True)


@given(languages, st.data())
def test_a_passage_with_the_code_never_loses_to_one_without(found: dict[str, Candidates], data: st.DataObject) -> None:
    everything = [hit.passage_id for hit in fuse(found)]
    holding = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    preferred = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    shares = {passage_id: data.draw(st.sampled_from([0.1, 0.5, 1.0])) for passage_id in holding}
    ranking = [hit.passage_id for hit in fuse(found, shares, preferred)]
    assert set(ranking[: len(holding)]) == holding


@given(languages, st.floats(-0.2, 0.2))
def test_lifting_all_cosines_of_a_language_changes_nothing(found: dict[str, Candidates], lift: float) -> None:
    """A model that likes one language better by a constant is not able to favour it."""
    english = found["en"]
    lifted = Candidates(
        {i: value + lift for i, value in english.cosines.items()},
        english.mean_cosine + lift,
        english.size,
        english.bm25,
    )
    before = {hit.passage_id: hit.score for hit in fuse(found)}
    after = {hit.passage_id: hit.score for hit in fuse(found | {"en": lifted})}
    assert all(abs(after[i] - score) < 1e-6 * max(1.0, abs(score)) + 1e-3 for i, score in before.items())


def test_both_sides_count() -> None:
    found = {"id": Candidates({1: 0.85, 2: 0.80, 3: 0.79}, 0.70, 500, {2: 4.0})}
    assert fuse(found, dense_weight=1.0)[0].passage_id == 1
    assert fuse(found, dense_weight=0.0)[0].passage_id == 2


def test_the_answer_in_the_other_language_comes_first() -> None:
    own = {i: 0.83 - 0.001 * i for i in range(20)}
    other = {100: 0.81} | {i: 0.77 - 0.001 * i for i in range(101, 120)}
    found = {"id": Candidates(own, 0.79, 800, {}), "en": Candidates(other, 0.74, 800, {})}
    assert fuse(found)[0].passage_id == 100


def test_a_lone_passage_of_the_other_language_is_not_lifted_above_the_answer() -> None:
    own = {1: 0.88} | {i: 0.83 for i in range(2, 20)}
    found = {"id": Candidates(own, 0.79, 2000, {}), "en": Candidates({100: 0.76}, 0.76, 1, {})}
    assert fuse(found)[0].passage_id == 1


@given(st.lists(st.integers(0, 10_000), max_size=3))
def test_the_share_is_a_share(sizes: list[int]) -> None:
    assert 0 <= runners_up_share(sizes) < 1
