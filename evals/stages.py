"""Which part failed, of a wrong answer, by stated rules from what `ask` tells with `explain` (assistant/explaining.py).

The first rule that holds decides:
1. verification   the gold stands in a statement that the verifier removed, or everything was removed (reason `not_carried`)
2. composing      it should have been declined and was answered
3. composing      the gold stands in evidence that was found (a sentence or a record's value), but not in the answer
4. computation    a query over records was answered from (a record is cited) and its value is another one
5. understanding  nothing was found and a name was taken for unknown, or no kind of answer, customer, service or code was understood
6. retrieval      otherwise: what carries the gold was not found
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals.public.overlap import carries_any

STAGES = ("understanding", "retrieval", "computation", "composing", "verification")


def stage_of(result: Mapping[str, Any], carries_gold: Callable[[str], bool], *, declines: bool) -> str:
    """result: the JSON of `ask` with its `explanation`; carries_gold: whether a text states the expected answer."""
    explained = result.get("explanation") or {}
    removed = [str(each["text"]) for each in explained.get("verification", {}).get("removed", ())]
    if not declines and (any(map(carries_gold, removed)) or result.get("reason") == "not_carried"):
        return "verification"
    if declines:
        return "composing"
    evidence = explained.get("evidence", {})
    sentences = [str(each["sentence"]) for each in evidence.get("passages", ())]
    values = [str(each["value"]) for each in evidence.get("records", ()) if each.get("value") is not None]
    if any(map(carries_gold, [*sentences, *values])):
        return "composing"
    if not result.get("abstained") and any(cited.get("record") for cited in result.get("citations", ())):
        return "computation"
    understood = explained.get("understanding", {})
    if understood.get("unknown_names") or not any(understood.get(key) for key in ("asks_for", "customers", "services", "codes", "period", "about")):
        return "understanding"
    return "retrieval"


def stage_of_lookup(result: Mapping[str, Any], spans: Sequence[str], passages: Sequence[str]) -> str:
    """The same for a span of a document: the gold is carried by what shares its words. A span in no passage was lost at import: retrieval."""
    if spans and not any(carries_any(passage, spans) for passage in passages):
        return "retrieval"
    return stage_of(result, lambda text: carries_any(text, spans), declines=not spans)
