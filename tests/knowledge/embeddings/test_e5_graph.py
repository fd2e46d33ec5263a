"""The matrix products of the encoder's graph, in eight bits."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper

from knowledge.embeddings.e5_graph import GraphBuilder
from knowledge.embeddings.e5_weights import Shape

WIDTH = 64


class Drawn:
    """Weights from a seed."""

    shape = Shape(hidden=WIDTH, layers=1, heads=2, feed_forward=WIDTH, vocabulary=0, positions=0, token_types=1, epsilon=1e-5)

    def vector(self, key: str) -> np.ndarray:
        return np.random.default_rng(3).normal(size=WIDTH).astype(np.float32)

    def rows(self, key: str, width: int) -> np.ndarray:
        return np.random.default_rng(4).normal(size=(WIDTH, width)).astype(np.float32)


def product(tokens: np.ndarray, by_token: bool) -> np.ndarray:
    builder = GraphBuilder(Drawn())
    builder.linear("out", ["w"], "tokens", by_token=by_token)
    shape = [1, "length", WIDTH]
    model = builder.model(
        "product", [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, shape)], [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)]
    )
    (out,) = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(["out"], {"tokens": tokens[None]})
    return out[0]


@pytest.fixture
def tokens() -> np.ndarray:
    """Five tokens, one of them with values a hundred times the others'."""
    drawn = np.random.default_rng(5).normal(size=(5, WIDTH)).astype(np.float32)
    drawn[2] *= 100
    return drawn


def error(tokens: np.ndarray, by_token: bool) -> float:
    exact = tokens @ Drawn().rows("w", WIDTH).T + Drawn().vector("w")
    calm = np.arange(len(tokens)) != 2
    return float(np.abs(product(tokens, by_token) - exact)[calm].mean() / np.abs(exact[calm]).mean())


def test_a_loud_token_does_not_drown_the_others(tokens) -> None:
    assert error(tokens, by_token=True) < 0.03 < 0.3 < error(tokens, by_token=False)


def test_a_token_of_zeros_gives_the_bias(tokens) -> None:
    tokens[0] = 0
    np.testing.assert_allclose(product(tokens, by_token=True)[0], Drawn().vector("w"), atol=1e-5)
