"""QMSum (Zhong et al., NAACL 2021): questions about real meetings and the turns that answer them.

Files `*.jsonl` with a meeting a line: {id, meeting_transcripts: [{speaker, content}], specific_query_list: [{query, relevant_text_span}]}. A
meeting becomes a text file with a turn a line.
"""

import json
import math

from evals.outcomes import Measured
from evals.public.lookup import Source, Wanted, look_up
from evals.public.options import BadSet, Options

A_MEETING = 5
LONGEST_SPAN = 120
"""Turns: a question about more than that is about the whole meeting."""


def qmsum(options: Options) -> Measured:
    """Spans found in the transcripts."""
    files = sorted(options.folder.glob("*.jsonl"))
    if not files:
        raise BadSet(f"{options.folder} holds no meetings (*.jsonl)")
    sources = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            sources.append(_source(f"{file.stem}-{number}", json.loads(line)))
    drawn = options.drawn(sources, math.ceil(options.limit / A_MEETING) if options.limit else 0)
    return look_up("QMSum", drawn, options, asks=False)


def _source(name: str, meeting: dict[str, object]) -> Source:
    turns = [f"{turn['speaker']}: {turn['content']}" for turn in meeting["meeting_transcripts"]]  # type: ignore[attr-defined]
    wanted = []
    for number, query in enumerate(meeting["specific_query_list"]):  # type: ignore[arg-type, var-annotated]
        bounds = [(int(first), int(last)) for first, last in query["relevant_text_span"]]
        if sum(last - first + 1 for first, last in bounds) <= LONGEST_SPAN:
            spans = tuple("\n".join(turns[first : last + 1]) for first, last in bounds)
            wanted.append(Wanted(f"{name}-{number}", query["query"], spans))
    return Source(f"{name}.txt", "\n".join(turns) + "\n", tuple(wanted))
