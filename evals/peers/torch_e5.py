"""What the product is measured beside: the same embedding model run by sentence-transformers on torch (extra `models`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from knowledge.embeddings.e5 import PACKAGE, WEIGHTS_FILE
from knowledge.embeddings.e5_files import MAX_TOKENS
from knowledge.embeddings.e5_weights import PackedWeights, Vocabulary

_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def torch_is_here() -> bool:
    """Whether the extra `models` is installed."""
    return find_spec("torch") is not None and find_spec("sentence_transformers") is not None


@contextmanager
def torch_e5() -> Iterator[Any]:
    """multilingual-e5-small as a SentenceTransformer (torch, float32), built from the same weights as the product's own.

    Nothing is downloaded. Raises ImportError without the extra `models`.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers import models as modules
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    weights = PackedWeights(Path(str(distribution(PACKAGE).locate_file(WEIGHTS_FILE))))
    shape = weights.shape
    bert = BertModel(
        BertConfig(
            vocab_size=shape.vocabulary,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.feed_forward,
            max_position_embeddings=shape.positions,
            type_vocab_size=shape.token_types,
            layer_norm_eps=shape.epsilon,
        ),
        add_pooling_layer=False,
    )
    state = {name: torch.tensor(array.copy()) for name, array in _tensors(weights)}
    missing = bert.load_state_dict(state, strict=False)
    if missing.unexpected_keys or [key for key in missing.missing_keys if "position_ids" not in key]:
        raise RuntimeError(f"the weights do not fit: {missing}")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(weights.vocabulary),
        bos_token="<s>",  # noqa: S106  a piece of the vocabulary, no password
        eos_token="</s>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        model_max_length=MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
    )
    with TemporaryDirectory() as folder:
        bert.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        transformer = modules.Transformer(folder, max_seq_length=MAX_TOKENS)
        pooling = modules.Pooling(shape.hidden, pooling_mode="mean")
        yield SentenceTransformer(modules=[transformer, pooling, modules.Normalize()], device="cpu")


def _tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The model's tokenizer with its whole vocabulary."""
    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    spaces = normalizers.Replace(Regex(r"\s+"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), spaces, normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", vocabulary.begin), ("</s>", vocabulary.end)]
    )
    return tokenizer


def _tensors(weights: PackedWeights) -> Iterator[tuple[str, Any]]:
    shape = weights.shape
    yield "embeddings.word_embeddings.weight", weights.rows("emb.word", shape.hidden)
    yield "embeddings.position_embeddings.weight", weights.vector("emb.pos").reshape(shape.positions, shape.hidden)
    yield "embeddings.token_type_embeddings.weight", weights.vector("emb.type").reshape(shape.token_types, shape.hidden)
    yield from _norm(weights, "emb.ln", "embeddings.LayerNorm")
    for layer in range(shape.layers):
        for key, name in _LAYER_TENSORS.items():
            width = shape.feed_forward if key == "fo" else shape.hidden
            yield f"encoder.layer.{layer}.{name}.weight", weights.rows(f"l{layer}.{key}.w", width)
            yield f"encoder.layer.{layer}.{name}.bias", weights.vector(f"l{layer}.{key}.b")
        for key, name in _NORMS.items():
            yield from _norm(weights, f"l{layer}.{key}", f"encoder.layer.{layer}.{name}")


def _norm(weights: PackedWeights, key: str, name: str) -> Iterator[tuple[str, Any]]:
    yield f"{name}.weight", weights.vector(f"{key}.w")
    yield f"{name}.bias", weights.vector(f"{key}.b")
