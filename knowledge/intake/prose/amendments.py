"""What an amendment does to the clauses of the agreement that it amends."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.intake.prose.clauses import bare_text
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.facts import AgreementDraft, AmendmentChange, ClauseDraft
from knowledge.intake.prose.terms import find_effective
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import alternation, any_of, pattern, words

_NUMBER = r"[A-Z]?\d{1,3}[A-Z]?(?:\.\d{1,3}[A-Za-z]?)*"
_LABELS, _PARAGRAPH = alternation(words("amendments.labels")), alternation(words("amendments.paragraph"))
_TARGET = re.compile(
    rf"(?<!\w)(?:(?:{_PARAGRAPH})\s*\(?(?P<first>\d{{1,2}})\)?\s*,?\s*(?:of\s+|dari\s+|pada\s+|dalam\s+|in\s+)?(?:the\s+)?)?"
    rf"(?<!\w)(?:{_LABELS})(?:\s+|:\s*)(?P<number>{_NUMBER})(?![\w])"
    rf"(?:\s*,?\s*(?:{_PARAGRAPH})\s*(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}})+)(?!\w)|\s*,?\s*(?:{_PARAGRAPH})\s+(?P<bare>\d{{1,2}})(?![\w.]\w)"
    rf"|\s*,?\s*(?:{_PARAGRAPH})?\s*\((?P<paragraph>\w{{1,2}})\))?",
    re.IGNORECASE,
)
_SCHEDULES = rf"(?:{alternation(words('amendments.schedules'))})\s+(?:[A-Z]\b|[IVX]+\b|\d{{1,2}}\b)(?![.(])"
_WHOLE_SCHEDULE = re.compile(rf"(?<!\w){_SCHEDULES}", re.IGNORECASE)
_OF_SCHEDULE = re.compile(
    rf"(?:{_LABELS}|{_PARAGRAPH})\s+(?P<number>{_NUMBER})\s*,?\s*(?:of|to|in|dari|pada|dalam|di)\s+(?:the\s+)?(?P<schedule>{_SCHEDULES})"
    rf"|(?P<schedule_first>{_SCHEDULES})\s*,?\s*(?:{_LABELS}|{_PARAGRAPH})\s+(?P<number_then>{_NUMBER})",
    re.IGNORECASE,
)
"""A paragraph of a schedule, which counts for itself: "paragraph 2.1 of Schedule 2" is not the agreement's clause 2.1."""
_AS_AMENDED = re.compile(
    rf"(?:sebagaimana|yang)\s+(?:telah\s+)?(?:diubah|diganti)\s+(?:terakhir\s+)?(?:dengan|oleh|melalui|dalam|berdasarkan)[^:;“\"]{{0,80}}?(?:adendum|addendum|amandemen)(?:\s+(?:{alternation(words('amendments.ordinals'))}|(?:nomor|no\.?)\s*\S+|\d+))*"
    rf"|as\s+(?:last\s+|previously\s+)?(?:amended|replaced|modified|varied|restated)\s+by[^:;“\"]{{0,80}}?(?:amendment|addendum|variation)(?:\s+(?:no\.?\s*)?(?:\d+|{alternation(words('amendments.ordinals'))}))?",
    re.IGNORECASE,
)
"""What an earlier amendment did is no change of this one, and its clauses are not the agreement's."""
_LIST_CONNECTOR = re.compile(r"\s*(?:,|dan|and|serta|&)\s*(?:,?\s*(?:dan|and)\s*)?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?:,|dan|and|serta|&)\s*(?P<number>\d{1,3}(?:\.\d{1,3})+)(?![\w%])", re.IGNORECASE)
_UNCHANGED_NEAR = re.compile(rf"(?:{any_of('amendments.unchanged')})", re.IGNORECASE)
_COLON = re.compile(r"^[^.;]{0,60}?:")
_QUOTED = re.compile(r"[“\"].*?[”\"]", re.DOTALL)
_AFTER_IT = re.compile(r"(?<!\w)(?:after|before|following|setelah|sesudah|sebelum)\s+$", re.IGNORECASE)
_VERB = {kind: re.compile(any_of(f"amendments.{kind}"), re.IGNORECASE) for kind in ("deleted", "added", "replaced")}


def read_changes(agreement: AgreementDraft, clauses: Sequence[ClauseDraft], today: date) -> list[AmendmentChange]:
    """One change for each clause that a clause of the amendment touches; sets `amends_clause_number` on the amending
    clause.

    A change takes effect when its clause says so, else when the amendment does, else when it was signed.
    """
    changes: list[AmendmentChange] = []
    for i, clause in enumerate(clauses):
        text = bare_text(clause.text, clause.number)
        effective = find_effective([text], today) if clause.topic != "term" and not _is_term_change(text) else None
        effective = effective or agreement.effective_from or agreement.signed_on
        if not touched(text, clause.heading) and changes_unnamed(text):
            clause.extra["changes_unnamed"] = {"from": effective.isoformat() if effective else None}
        for number, kind in touched(text, clause.heading):
            if clause.amends_clause_number is None:
                clause.amends_clause_number = number
            changes.append(
                AmendmentChange(
                    clause.passage,
                    clause.locator,
                    clause.quote,
                    clause=i,
                    target_clause=number,
                    target_agreement=agreement.amends_number,
                    kind=kind,
                    effective_from=effective,
                )
            )
    return changes


def _is_term_change(text: str) -> bool:
    return bool(pattern("agreement.topics.heading.term").search(text[:80]))


def changes_unnamed(text: str) -> bool:
    """Whether a text changes something without naming the clause: "the term is extended to …"."""
    shown = _QUOTED.sub(" ", text)
    if _UNCHANGED_NEAR.search(shown) or not _VERB["replaced"].search(shown):
        return False
    return bool(edits_in(text))


def touched(text: str, heading: str = "") -> list[tuple[str, str]]:
    """(clause number, replaced | partly | deleted | added) for each clause that the text changes; clauses said to
    stay are left out. A paragraph of a schedule is numbered "Schedule 2:2.1", something in one "Schedule 2:"."""
    found: dict[str, str] = {}
    shown = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    shown = _AS_AMENDED.sub(lambda match: " " * len(match[0]), shown)
    for sentence in sentence_texts(shown):
        for match in _OF_SCHEDULE.finditer(sentence):
            kind = _kind(sentence[: match.start()], sentence[match.end() :], whole=text)
            if kind is None and edits_in(sentence):
                kind = "partly"
            if kind:
                found.setdefault(f"{match['schedule'] or match['schedule_first']}:{match['number'] or match['number_then']}", kind)
        sentence = _OF_SCHEDULE.sub(lambda match: " " * len(match[0]), sentence)
        for match in _WHOLE_SCHEDULE.finditer(sentence):
            if not _stays(sentence[: match.start()], sentence[match.end() :]) and edits_in(sentence):
                found.setdefault(f"{match[0]}:", "partly")
                sentence = sentence.replace(match[0], " " * len(match[0]))
        targets = [
            match for at, match in enumerate(_TARGET.finditer(sentence)) if not at or not pattern("amendments.figures").match(match[0])
        ]  # "Pada Pasal 3, angka 30 diganti …": a figure, no clause
        for position, match in enumerate(targets):
            number = _number(match)
            until = targets[position + 1].start() if position + 1 < len(targets) else len(sentence)
            if position + 1 < len(targets) and _LIST_CONNECTOR.fullmatch(sentence[match.end() : until]):
                until = len(sentence)
            kind = _kind(sentence[: match.start()], sentence[match.end() : until], whole=text)
            if kind is None and not _stays(sentence[: match.start()], sentence[match.end() : until]) and edits_in(sentence):
                kind = "partly"
            if kind and number not in found:
                found[number] = kind
                for more in _BARE_NUMBER.finditer(sentence[match.end() : until]):
                    if not re.sub(r"dan|and|serta|[\s,.&\d]", "", sentence[match.end() : match.end() + more.start()]):
                        found.setdefault(more["number"], kind)
    if not found and heading:
        for match in _TARGET.finditer(heading):
            kind = _kind(heading[: match.start()], heading[match.end() :], whole=text)
            if kind:
                found[_number(match)] = kind
    return list(found.items())


def _number(match: re.Match[str]) -> str:
    if match["dotted"]:  # "Pasal 2 ayat 2.1"
        return match["dotted"]
    paragraph = match["paragraph"] or match["bare"] or match["first"]
    return f"{match['number']}({paragraph})" if paragraph else match["number"]


def _kind(before: str, after: str, whole: str) -> str | None:
    if _stays(before, after):
        return None
    near, lead = after[:120], before[-60:]
    if _VERB["deleted"].search(near) and _VERB["replaced"].search(near) or edits_in(f"{before} … {after}"):
        return "partly" if _in_part(whole) else "replaced"
    if _AFTER_IT.search(lead):
        return None
    for kind in ("deleted", "added"):
        if _VERB[kind].search(near) or _VERB[kind].search(lead):
            return kind
    if (
        _VERB["replaced"].search(near)
        or _VERB["replaced"].search(lead)
        or (_COLON.match(after) and not before.strip(" \t–-•*"))
    ):
        return "partly" if _in_part(whole) else "replaced"
    return None


def _stays(before: str, after: str) -> bool:
    return bool(
        _UNCHANGED_NEAR.search(re.split(r"[,;](?!\s*(?:termasuk|including))", before)[-1])
        or _UNCHANGED_NEAR.match(after.lstrip(" ,"))
        or re.match(rf"(?:\W+\w+){{0,4}}?\W+{any_of('amendments.unchanged')}", after, re.IGNORECASE)
    )


def _in_part(text: str) -> bool:
    return bool(pattern("amendments.partly").search(text)) and not pattern("amendments.whole").search(text)
