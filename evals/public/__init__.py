"""Question sets that others made and published, each measured through the product, beside its peers.

A set is a file here: a loader of its folder (the form is said at the top of the file) and a `measure` that gives evals.outcomes.Measured.
None of them is part of the repository; the folder is an argument.
"""
