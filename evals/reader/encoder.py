"""The trained part of the reader in PyTorch: the upper layers of e5-small over question and passage together.

Sequences are packed one after the other without padding: linear layers see one long matrix, attention one sequence at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as fn

from knowledge.embeddings.e5_weights import PackedWeights

PARTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The matrix products of a layer, and the packed matrices that each is made of."""


@dataclass(frozen=True)
class Size:
    """How large the trained part is: layers below `split` stay as they are; width of the judgement."""

    split: int = 6
    judge: int = 128


class Linear(nn.Module):
    """x·Wᵀ + b; W starts as the packed matrices of a part and is trained, b stays."""

    def __init__(self, weights: PackedWeights, layer: int, part: str) -> None:
        super().__init__()
        self.matrix = nn.Parameter(torch.from_numpy(packed(weights, layer, part)))
        bias = np.concatenate([weights.vector(f"l{layer}.{key}.b") for key in PARTS[part]])
        self.register_buffer("bias", torch.from_numpy(bias), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return fn.linear(x, self.matrix, self.bias)


def packed(weights: PackedWeights, layer: int, part: str) -> NDArray[np.float32]:
    """The matrices of a part of a layer, one below the other, as the package has them."""
    width = weights.shape.feed_forward if part == "fo" else weights.shape.hidden
    return np.concatenate([weights.rows(f"l{layer}.{key}.w", width) for key in PARTS[part]])


class Layer(nn.Module):
    """One transformer layer over packed sequences."""

    def __init__(self, weights: PackedWeights, number: int) -> None:
        super().__init__()
        self.heads, self.width, self.epsilon = weights.shape.heads, weights.shape.hidden, weights.shape.epsilon
        for part in PARTS:
            setattr(self, part, Linear(weights, number, part))
        for norm in ("aln", "oln"):
            for kind in ("w", "b"):
                vector = torch.from_numpy(weights.vector(f"l{number}.{norm}.{kind}").copy())
                self.register_parameter(f"{norm}_{kind}", nn.Parameter(vector))

    def forward(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        x = self._norm(x + self.ao(self._attend(self.qkv(x), lengths)), "aln")
        return self._norm(x + self.fo(fn.gelu(self.fi(x))), "oln")

    def _attend(self, qkv: Tensor, lengths: Sequence[int]) -> Tensor:
        size = self.width // self.heads
        outputs = []
        for part in qkv.view(len(qkv), 3, self.heads, size).split(list(lengths)):
            query, key, value = part.permute(1, 2, 0, 3).unsqueeze(1)
            mixed = fn.scaled_dot_product_attention(query, key, value)
            outputs.append(mixed[0].transpose(0, 1).reshape(-1, self.width))
        return torch.cat(outputs)

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return fn.layer_norm(x, (self.width,), getattr(self, f"{name}_w"), getattr(self, f"{name}_b"), self.epsilon)


class Upper(nn.Module):
    """Trained layers over question and passage together, and what is read off them."""

    def __init__(self, weights: PackedWeights, size: Size) -> None:
        super().__init__()
        width = weights.shape.hidden
        self.side = nn.Parameter(torch.zeros(width))
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(size.split, weights.shape.layers))
        self.span = nn.Linear(width, 2)
        self.judge_in = nn.Linear(4 * width, size.judge)
        self.judge_out = nn.Linear(size.judge, 2)

    def forward(
        self, pairs: Sequence[tuple[Tensor, Tensor]]
    ) -> tuple[list[Tensor], list[Tensor], Tensor, Tensor]:
        """(hidden of question, of passage) → start and end logits (position 0 = no answer), answer logits, relevance.

        Logits of a pair have 1 + the passage's tokens.
        """
        lengths = [len(q) + len(p) for q, p in pairs]
        x = torch.cat([part for q, p in pairs for part in (q + self.side, p)])
        for layer in self.layers:
            x = layer(x, lengths)
        logits = self.span(x)
        starts, ends, features = [], [], []
        for hidden, logit, (q, _) in zip(x.split(lengths), logits.split(lengths), pairs, strict=True):
            kept = torch.cat([logit[:1], logit[len(q) :]])
            starts.append(kept[:, 0])
            ends.append(kept[:, 1])
            passage = hidden[len(q) :]
            weights = kept[1:].softmax(0)
            features.append(torch.cat([hidden[0], hidden[: len(q)].mean(0), *(weights.t() @ passage)]))
        judged = self.judge_out(fn.gelu(self.judge_in(torch.stack(features))))
        return starts, ends, judged[:, 0], judged[:, 1]
