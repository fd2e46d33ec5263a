"""Reading: where in a passage a question's answer stands, whether it stands there at all, which passage is nearest to answering.

`base` is the contract, `span_reader` the trained reader (e5-small with what was trained, in `weights/`), `factory` makes it.
"""
