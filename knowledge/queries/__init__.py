"""The semantic layer: a question becomes a typed QuerySpec, a QuerySpec becomes one viewer-filtered SQL statement.

`question.propose_specs` links words to kinds, fields and values; `compiler.run` computes a spec and says which records it rests on.
"""
