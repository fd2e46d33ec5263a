"""Text → vectors: the contract (`base`), the default model (`e5`), any other model (`sentence_transformers`), `factory`."""
