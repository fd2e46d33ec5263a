"""The packed weights of multilingual-e5-small as files that ONNX Runtime and the tokenizer load: done once a machine.

A module of its own because ONNX, which it needs, takes a quarter of a second to import, and loading a prepared model does not need it.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from knowledge.embeddings.base import Progress
from knowledge.embeddings.e5_files import GRAPH, MAX_TOKENS, SCALES, TOKENIZER, WORDS
from knowledge.embeddings.e5_graph import build_graph, word_table
from knowledge.embeddings.e5_weights import PackedWeights, Vocabulary, pieces_for_latin_script


def convert(weights_file: Path, folder: Path, progress: Progress | None) -> None:
    """Write graph, word table and tokenizer of the packed weights into `folder`."""
    weights = PackedWeights(weights_file)
    kept = np.array(pieces_for_latin_script(weights.vocabulary))
    words = np.lib.format.open_memmap(folder / WORDS, mode="w+", dtype=np.int8, shape=(len(kept), weights.shape.hidden))
    scales = np.zeros(len(kept), np.float32)
    start = 0
    for rows, row_scales in word_table(weights, progress):
        first, last = np.searchsorted(kept, [start, start + len(rows)])
        words[first:last] = rows[kept[first:last] - start]
        scales[first:last] = row_scales[kept[first:last] - start]
        start += len(rows)
    words.flush()
    np.save(folder / SCALES, scales)
    onnx.save(build_graph(weights), folder / GRAPH)
    pieces = [weights.vocabulary.pieces[number] for number in kept]
    _tokenizer(replace(weights.vocabulary, pieces=pieces)).save(str(folder / TOKENIZER), pretty=False)


def _tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """SentencePiece unigram: NFKC, whitespace collapsed, words marked by ▁, framed in <s> and </s>."""
    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", vocabulary.begin), ("</s>", vocabulary.end)]
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer
