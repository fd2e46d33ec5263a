"""Tools for trouble: known errors that fit a description, and why a service level fell."""

from collections.abc import Sequence

from assistant.tools.arguments import QuestionArguments, TroubleArguments
from assistant.tools.forms import known_error_form
from assistant.tools.offered import Bench, Given, Offered, customer_ids
from assistant.tools.reading_form import dumped
from assistant.tools.search import search
from assistant.tools.troubles.fixes import fixes
from assistant.tools.troubles.known_errors import known_errors
from assistant.tools.troubles.level_falls import level_fall


def trouble_tools(bench: Bench) -> list[Offered]:
    desk, reader = bench.desk, bench.reader

    def match_known_errors(description: str, customers: Sequence[str] = ()) -> Given:
        numbers, _ = customer_ids(desk, customers)
        matches = known_errors(desk, description, numbers, search(desk, description, numbers))
        return dumped([known_error_form(match, reader) for match in matches]), matches, [match.evidence for match in matches]

    def which_fixes(question: str) -> Given:
        found = fixes(desk, question, bench.named(question))
        if found is None:
            return dumped([]), None, []
        told = [{"key": one.key, "title": one.title, "fix": one.fix, "fix_on": str(one.day) if one.day else None, "ref": one.evidence.id} for one in found.known]
        return dumped(told), found, [one.evidence for one in found.known]

    def why_fallen(question: str) -> Given:
        visible = bench.named(question)
        found = level_fall(desk, question, visible, search(desk, question, visible))
        if found is None:
            return dumped([]), None, []
        facts = {
            "service": found.service, "from": str(found.period.start), "to": str(found.period.end),
            "measured": [{"value": f"{row.value}%", "target": f"{row.target}%", "ref": item.id} for row, item in found.measured],
            "on_record_then": [
                {"key": told.key, "what": told.what, "cause_as_recorded": told.why, "ref": told.evidence.id} for told in (*found.incidents, *found.changes, *found.errors)
            ],
            "said": [{"words": text, "ref": item.id} for text, item in found.words],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    return [
        Offered(match_known_errors, "known_errors", "Known errors and workarounds that fit a description of trouble.", TroubleArguments),
        Offered(which_fixes, "known_error_fixes", "Which open known errors have no day for a permanent fix, or one in the period that the question names.", QuestionArguments),
        Offered(
            why_fallen, "why_level_fell",
            "Why a service level fell or was missed: what was measured, and the incidents, changes and known errors on record for that time. Causes only as recorded.", QuestionArguments,
        ),
    ]  # fmt: skip
