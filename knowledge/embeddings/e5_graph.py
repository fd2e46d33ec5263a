"""Builds the ONNX graph of multilingual-e5-small (a BERT encoder with mean pooling) from its packed weights.

The word table is not in the graph: it is 4/5 of the model, and a sentence touches a few dozen of its 250,000 rows, so
it lies beside it as a mapped file (`word_table`) and the graph starts from word vectors. The weights of every matrix
product are int8 with a scale per output channel; activations are quantised as they come (dynamic quantisation).
"""

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.embeddings.base import Progress
from knowledge.embeddings.e5_weights import PackedWeights, Shape

OPSET = 20
TABLE_STEP = 8192
WORD_LEVELS = 127
WEIGHT_LEVELS = 80
"""Weights use −80…80 of int8: on processors without VNNI the product of two neighbours with 8-bit activations would
overflow 16 bits (mean cosine to float32 of a query: 0.9954 with 127, 0.9967 with 80)."""


def word_table(
    weights: PackedWeights, progress: Progress | None = None
) -> Iterator[tuple[NDArray[np.int8], NDArray[np.float32]]]:
    """Consecutive parts of the word table: int8 rows and the float32 scale of each row."""
    total = weights.shape.vocabulary
    for start in range(0, total, TABLE_STEP):
        stop = min(start + TABLE_STEP, total)
        yield quantise_rows(weights.rows("emb.word", weights.shape.hidden, start, stop), WORD_LEVELS)
        if progress:
            progress(stop, total)


def quantise_rows(matrix: NDArray[np.float32], levels: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers of −levels…levels (at most 127) and a scale per row, such that integers × scale is nearest to the matrix."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / levels
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def build_graph(weights: PackedWeights) -> onnx.ModelProto:
    """Inputs: `words` float32 (batch, length, hidden), `mask` int64 (batch, length). Output: `embedding` (batch, hidden)."""
    return _Embedding(weights).build()


class Weights(Protocol):
    """Where a graph's numbers come from: the packed file, or the same with something merged into it."""

    @property
    def shape(self) -> Shape: ...

    def vector(self, key: str) -> NDArray[np.float32]:
        """A bias, a norm's weight or a small table, flat."""
        ...

    def rows(self, key: str, width: int) -> NDArray[np.float32]:
        """A matrix of `width` columns."""
        ...


class GraphBuilder:
    """Gathers nodes and constants; the methods add a part of the encoder and return the name of its output.

    outer_by_token: what leaves the activation function is scaled to 1 token by token before it is quantised. One scale serves all tokens
    otherwise, and a token whose values are far larger than the others' leaves those a few levels only.
    """

    outer_by_token = False

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.shape = weights.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def embed(self, words: str) -> str:
        """Word vectors + the vectors of their positions and of the only token type, normalised."""
        places = self.weights.vector("emb.pos").reshape(self.shape.positions, self.shape.hidden)
        only_type = self.weights.vector("emb.type").reshape(self.shape.token_types, self.shape.hidden)[:1]
        table = self.constant("positions", places + only_type)
        length = self.node("Shape", [words], "length", start=1, end=2)
        zero, axis = self.constant("first", np.array([0])), self.constant("rows", np.array([0]))
        used = self.node("Slice", [table, zero, length, axis], "positions_used")
        return self.norm("emb.ln", self.node("Add", [words, used], "embedded"), "layer_input")

    def layer(self, prefix: str, hidden: str, bias: str | None = None) -> str:
        """One transformer layer whose weights' keys begin with `prefix`; `bias` keeps padding out of the attention."""
        attended = self.linear(prefix + "attention_output", [prefix + "ao"], self._attention(prefix, hidden, bias))
        hidden = self.norm(prefix + "aln", self.node("Add", [hidden, attended], prefix + "sum_1"), prefix + "norm_1")
        inner = self.linear(prefix + "inner", [prefix + "fi"], hidden)
        inner = self.node("Gelu", [inner], prefix + "gelu")
        outer = self.linear(prefix + "outer", [prefix + "fo"], inner, width=self.shape.feed_forward, by_token=self.outer_by_token)
        return self.norm(prefix + "oln", self.node("Add", [hidden, outer], prefix + "sum_2"), prefix + "norm_2")

    def _attention(self, prefix: str, hidden: str, bias: str | None) -> str:
        """Multi-head self-attention; query, key and value come from one matrix product."""
        heads, size = self.shape.heads, self.shape.head_size
        together = self.linear(prefix + "qkv", [prefix + "q", prefix + "k", prefix + "v"], hidden)
        split = self.constant(prefix + "split_shape", np.array([0, 0, 3, heads, size]))
        together = self.node("Reshape", [together, split], prefix + "qkv_heads")
        together = self.node("Transpose", [together], prefix + "qkv_first", perm=[2, 0, 3, 1, 4])
        query, key, value = (
            self.node(
                "Gather", [together, self.constant(f"{prefix}part_{i}", np.array(i))], f"{prefix}part{i}", axis=0
            )
            for i in range(3)
        )
        turned = self.node("Transpose", [key], prefix + "key_turned", perm=[0, 1, 3, 2])
        scale = self.constant(prefix + "scale", np.float32(1 / np.sqrt(size)))
        scores = self.node("Mul", [self.node("MatMul", [query, turned], prefix + "scores"), scale], prefix + "scaled")
        if bias:
            scores = self.node("Add", [scores, bias], prefix + "masked")
        weighed = self.node("Softmax", [scores], prefix + "soft", axis=-1)
        mixed = self.node("MatMul", [weighed, value], prefix + "mixed")
        mixed = self.node("Transpose", [mixed], prefix + "mixed_turned", perm=[0, 2, 1, 3])
        joined = self.constant(prefix + "join_shape", np.array([0, 0, self.shape.hidden]))
        return self.node("Reshape", [mixed, joined], prefix + "joined")

    def linear(self, name: str, keys: list[str], value: str, width: int | None = None, by_token: bool = False) -> str:
        """value × weightsᵀ + bias with int8 weights; several keys are laid side by side into one product. `by_token`: each token has its own scale."""
        bias = self.constant(name + ".bias", np.concatenate([self.weights.vector(key + ".b") for key in keys]))
        if not by_token:
            return self._product(name, keys, value, width, bias)
        sizes = self.node("ReduceMax", [self.node("Abs", [value], name + ".abs"), self.constant(name + ".last", np.array([-1]))], name + ".sizes", keepdims=1)
        sizes = self.node("Max", [sizes, self.constant(name + ".least", np.float32(1e-6))], name + ".scale")
        product = self._product(name + ".product", keys, self.node("Div", [value, sizes], name + ".scaled"), width)
        return self.node("Add", [self.node("Mul", [product, sizes], name + ".sized"), bias], name)

    def _product(self, name: str, keys: list[str], value: str, width: int | None, *bias: str) -> str:
        matrix = np.concatenate([self.weights.rows(key + ".w", width or self.shape.hidden) for key in keys])
        quantised, scales = quantise_rows(matrix, WEIGHT_LEVELS)
        inputs = [
            value,
            self.constant(name + ".weights", quantised.T),
            self.constant(name + ".scales", scales),
            self.constant(name + ".zeros", np.zeros(len(scales), np.int8)),
            *bias,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain="com.microsoft")

    def norm(self, key: str, value: str, name: str) -> str:
        """Layer normalisation with the gain and shift of `key`."""
        gain = self.constant(key + ".gain", self.weights.vector(key + ".w"))
        shift = self.constant(key + ".shift", self.weights.vector(key + ".b"))
        return self.node("LayerNormalization", [value, gain, shift], name, axis=-1, epsilon=self.shape.epsilon)

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def constant(self, name: str, value: np.ndarray | np.generic) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value).reshape(np.shape(value)), name))
        return name

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """What was gathered, as a model."""
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)


class _Embedding(GraphBuilder):
    def build(self) -> onnx.ModelProto:
        shape = self.shape
        hidden = self.embed("words")
        mask = self.node("Cast", ["mask"], "mask_float", to=TensorProto.FLOAT)
        bias = self._attention_bias(mask)
        for layer in range(shape.layers):
            hidden = self.layer(f"l{layer}.", hidden, bias)
        self._pool(hidden, mask)
        return self.model(
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info("words", TensorProto.FLOAT, ["batch", "length", shape.hidden]),
                helper.make_tensor_value_info("mask", TensorProto.INT64, ["batch", "length"]),
            ],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", shape.hidden])],
        )

    def _attention_bias(self, mask: str) -> str:
        """0 where there is a token, a large negative number where there is padding: (batch, 1, 1, length)."""
        one, big = self.constant("one", np.float32(1)), self.constant("big", np.float32(1e9))
        padding = self.node("Mul", [self.node("Sub", [mask, one], "minus_padding"), big], "padding_bias")
        return self.node("Unsqueeze", [padding, self.constant("axes_1_2", np.array([1, 2]))], "attention_bias")

    def _pool(self, hidden: str, mask: str) -> str:
        """Sum over the tokens that are no padding, scaled to length 1 (so the mean needs no division)."""
        wide = self.node("Unsqueeze", [mask, self.constant("last", np.array([2]))], "mask_wide")
        kept = self.node("Mul", [hidden, wide], "kept")
        total = self.node("ReduceSum", [kept, self.constant("tokens", np.array([1]))], "total", keepdims=0)
        return self.node("LpNormalization", [total], "embedding", axis=-1, p=2)
