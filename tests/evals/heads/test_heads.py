import numpy as np

from assistant.proposals.reading import FACT_KINDS, SERVQUAL
from assistant.proposals.signs import SIGNS
from evals.heads.solver import fit, minimise
from evals.heads.texts import bank, macro_f1
from evals.heads.train import label_of, rarer_more, signs_in, train


def test_the_solver_finds_the_least_point() -> None:
    wanted = np.array([3.0, -1.0, 0.5], np.float32)
    found = minimise(lambda x: (float(((x - wanted) ** 2).sum()), 2 * (x - wanted)), np.zeros(3, np.float32), 50)
    assert np.allclose(found, wanted, atol=1e-3)


def test_a_fit_separates_what_can_be_separated_and_is_the_same_twice() -> None:
    seen = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], np.float32)
    wanted, ones, penalty = np.eye(2, dtype=np.float32)[[0, 0, 1, 1]], np.ones(4, np.float32), np.full(2, 1e-3, np.float32)
    weights, bias = fit(seen, wanted, ones, penalty)
    assert ((seen @ weights + bias).argmax(axis=1) == [0, 0, 1, 1]).all()
    again, _ = fit(seen, wanted, ones, penalty)
    assert (weights == again).all()


def test_a_trained_head_tells_apart_what_it_was_shown() -> None:
    texts = ["sangat puas", "puas sekali", "kecewa berat", "sangat kecewa"]
    head = train(texts, np.zeros((4, 4), np.float32), ["good", "good", "bad", "bad"], model="m", buckets=256)
    likely = head.probabilities(["puas"], np.zeros((1, 4), np.float32))[0]
    assert head.labels[int(likely.argmax())] == "good"


def test_macro_f1_is_the_mean_over_the_labels_wanted() -> None:
    assert macro_f1(["a", "a", "b"], ["a", "a", "a"]) == 0.4
    assert macro_f1(["a", "b"], ["a", "b"]) == 1.0


def test_the_bank_is_fit_to_train_on() -> None:
    sentences = bank()
    assert {sentence.kind for sentence in sentences} == {*FACT_KINDS, "none"}
    assert len({(sentence.masked, sentence.lang) for sentence in sentences}) == len(sentences), "a sentence stands there twice"
    for lang in ("id", "en"):
        mine = [sentence for sentence in sentences if sentence.lang == lang]
        assert {sentence.dimension for sentence in mine} >= set(SERVQUAL)
        assert all(sum(sentence.kind == kind for sentence in mine) >= 20 for kind in FACT_KINDS)
    assert not [sentence for sentence in sentences if "{" in sentence.masked]


def test_labels_split_what_the_product_needs_split() -> None:
    labels = {label_of(sentence) for sentence in bank()}
    assert {"commitment provider", "commitment customer", "contact_change phone", "complaint", "none"} <= labels


def test_signs_of_the_bank_are_known_signs() -> None:
    assert all(signs_in(sentence) <= set(SIGNS) for sentence in bank()[::25])


def test_rarer_labels_weigh_more() -> None:
    weight = rarer_more(["a", "a", "a", "a", "b"])
    assert weight[4] == 2 * weight[0]
