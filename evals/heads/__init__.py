"""Trains and measures the heads of knowledge.heads: the bank of sentences is ours, the reviews are IndoNLU's."""
