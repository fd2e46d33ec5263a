"""How an answer came about: what was understood, planned, found, and what the verifier let stand.

For those who look after the product and see every customer: what was understood of a question tells which names are known, so it is
never made for anybody who may not see all of them.
"""

from typing import Any

from assistant.agent import Reply
from assistant.answers.verify import Verified
from assistant.models.builtin.brain import Brain
from assistant.models.builtin.questions.as_at import as_at
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.acceptance import Acceptance
from assistant.models.builtin.weighing.fitting import fit
from assistant.models.builtin.weighing.reading import Reader
from assistant.tools.desk import Desk
from assistant.tools.records.asking import RecordAnswer
from knowledge.access import Viewer

READINGS, QUOTED = 8, 200


class NotForThisViewer(Exception):
    """Explanations are for those who see every customer."""


def explanation(brain: Brain, desk: Desk, reply: Reply, checked: Verified, viewer: Viewer) -> dict[str, Any]:
    """The four steps as plain data: `understanding`, `plan` (tools with their arguments), `evidence` (`records`: the queries, best
    first; `passages`: the sentences, best first), `verification`. Raises NotForThisViewer."""
    if not viewer.everything:
        raise NotForThisViewer
    asked = brain.asked
    assert asked is not None
    return {
        "understanding": _understanding(asked, brain),
        "plan": [{"tool": name, **arguments} for name, arguments in brain.calls],
        "evidence": {"records": _records(asked, brain), "passages": _passages(asked, brain, desk), "other": _other(brain)},
        "verification": {
            "model": reply.model,
            "fallback": reply.fallback,
            "kept": [f"{item.id} {item.source}" for item in checked.cited],
            "removed": [{"text": text, "why": why} for text, why in zip(checked.removed, checked.faults, strict=False)],
        },
    }


def _understanding(asked: Understanding, brain: Brain) -> dict[str, Any]:
    return {
        "question": asked.question,
        "language": asked.language,
        "asks_for": list(asked.asks),
        "customers": brain.customer_names(asked.customers),
        "people": [person.name for person in asked.people],
        "services": list(asked.services),
        "period": asked.period.label if asked.period else None,
        "dates": [f"{span.value}..{span.until}" for span in asked.dates],
        "codes": list(asked.codes),
        "about": [concept.text for concept in asked.focus],
        "from_earlier_turns": sorted(name for name in asked.inherited if not name.startswith("#")),
        "sources_named": sorted(asked.sources),
        "unknown_names": list(brain.unknown),
    }


def _records(asked: Understanding, brain: Brain) -> list[dict[str, Any]]:
    return [_query(asked, record) for record in (brain.findings.records if brain.findings else [])]


def _query(asked: Understanding, record: RecordAnswer) -> dict[str, Any]:
    spec, judged = record.scored.spec, fit(asked, record)
    return {
        "query": {key: value for key, value in spec.model_dump(mode="json").items() if value not in (None, [], {}, False)},
        "score": round(record.scored.score, 3),
        "fit": round(judged.score, 3),
        "beside_the_point": judged.beside,
        "unexplained_words": list(record.scored.uncovered),
        "rows": record.result.n,
        "value": None if record.result.value is None else str(record.result.value),
        "nothing_because": record.result.reason,
    }


def _other(brain: Brain) -> list[dict[str, Any]]:
    """What the other tools brought: known errors, agreements' dates, promises, credits."""
    found = brain.findings
    if found is None:
        return []
    errors = [{"known_error": each.key, "title": each.title, "score": round(each.score, 3), "stands_out": each.convincing} for each in found.known_errors]
    dates = [
        {"agreement": each.agreement.title, "ends_on": str(each.ends_on), "notice": str(each.deadline) if each.deadline else None}
        for each in found.agreements
    ]
    promises = [{"promise": each.text[:QUOTED], "by": each.owner, "due": str(each.due or "")} for each in found.commitments]
    due = [{"credits": len(found.credits.credits), "missing": found.credits.missing}] if found.credits else []
    return [*errors, *dates, *promises, *due]


def _passages(asked: Understanding, brain: Brain, desk: Desk) -> list[dict[str, Any]]:
    reader = Reader(asked, desk.linker, as_at(asked, desk), desk.wordings)
    readings = reader.read(brain.findings.passages if brain.findings else [])
    acceptance = Acceptance(asked, readings, desk.trained)
    return [
        {
            "sentence": reading.text[:QUOTED],
            "source": reading.evidence.source,
            "locator": reading.evidence.locator,
            "score": round(reading.score, 3),
            "covered": round(reading.coverage, 2),
            "confidence": round(acceptance.confidence(reading), 2),
            "has_the_kind_of_value": reading.typed,
            "lacks": reading.missing,
            "good_enough": acceptance.accepts(reading),
        }
        for reading in readings[:READINGS]
    ]
