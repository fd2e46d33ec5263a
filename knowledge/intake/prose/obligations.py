"""What each side of an agreement must do, and by when in the agreement's own words."""

import re
from collections.abc import Sequence

from knowledge.intake.prose.clauses import bare_text
from knowledge.intake.prose.facts import ClauseDraft, ObligationDraft
from knowledge.intake.prose.parties import Party, role_words
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import any_of, bounded, pattern
from knowledge.language.durations import find_durations

_SIDES = ("provider", "customer")
_NOT_DUTIES = ("definition", "liability", "precedence", "credit", "credit_cap")
_LENGTH_OR_DAY = r"(?=[^.;]{0,40}?(?:\d|hari|tanggal|bulan|minggu|day|week|month|year|hour|end|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"  # noqa: E501
_DEADLINE = re.compile(rf"{any_of('agreement.due')}\s{_LENGTH_OR_DAY}[^;\n]*?(?=[;\n]|\.(?:\s|$)|$)", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:pada\s+)?(?:hari\s+kerja|tanggal|hari)\s+ke-?\s?\d+[^.;\n]*|by\s+the\s+(?:\d|first|last|end)[^.;\n]*",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    rf"{any_of('agreement.frequency')}|(?:one|two|three|four|once|twice|a|\d+)\s+(?:[\w-]+\s+){{0,4}}?per\s+(?:calendar\s+)?(?:day|week|year|month|quarter)",
    re.IGNORECASE,
)
_BEFORE_LENGTH = re.compile(
    r"(?:at\s+least|sekurang-kurangnya|paling\s+sedikit|minimal|dalam|pemberitahuan|notice\s+of)\s+$", re.IGNORECASE
)
_AFTER_LENGTH = re.compile(
    r"['’]?\s*(?:in\s+advance|before|prior|after|of\s+(?:receipt|notice|an?|each|the)|sebelum\w*|setelah|sesudah|sejak|kerja)[^.;,\n]*",
    re.IGNORECASE,
)
_INDONESIAN_VERB = r"me(?:m|n|ng|ny|l|r|w|y)?\w{3,}"


def read_obligations(clauses: Sequence[ClauseDraft], parties: Sequence[Party]) -> list[ObligationDraft]:
    """The duties of both sides: every clause under a heading about one side's duties, and sentences "Pelanggan
    wajib …"/"the Customer shall …"."""
    duty = {side: _duty_pattern(role_words(parties, side)) for side in _SIDES}
    found: list[ObligationDraft] = []
    for i, clause in enumerate(clauses):
        side = {"obligation_provider": "provider", "obligation_customer": "customer"}.get(clause.topic or "")
        text = bare_text(clause.text, clause.number)
        if side:
            found += _under_heading(i, clause, text, side, duty)
        elif clause.topic not in _NOT_DUTIES:
            for sentence in sentence_texts(text):
                for side_, is_duty in duty.items():
                    if is_duty.search(sentence) and not _gives_right(sentence):
                        found.append(_draft(i, clause, sentence, side_))
                        break
    return found


def _under_heading(
    i: int, clause: ClauseDraft, text: str, side: str, duty: dict[str, re.Pattern[str]]
) -> list[ObligationDraft]:
    """One duty a clause, or one a line where the clause is a list; a sentence that names the other side is that
    side's."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].endswith(":"):
        lines = lines[1:]
    other = "customer" if side == "provider" else "provider"
    return [_draft(i, clause, line, other if duty[other].match(line) else side) for line in lines]


def _draft(i: int, clause: ClauseDraft, text: str, party: str) -> ObligationDraft:
    return ObligationDraft(clause.passage, clause.locator, text, clause=i, party=party, text=text, due=due_words(text))


def _duty_pattern(roles: Sequence[str]) -> re.Pattern[str]:
    role = bounded(roles)
    return re.compile(
        rf"(?:^\W*(?:the\s+|each\s+)?{role}\s+(?:{_INDONESIAN_VERB}|pays?|submits?|provides?|announces?|names?)(?!\w)"
        rf"|{role}\s+(?:(?:juga|also|selalu|at\s+all\s+times|setiap\s+saat)\s+)?{any_of('agreement.must')}\s)",
        re.IGNORECASE,
    )


def _gives_right(sentence: str) -> bool:
    match = re.search(
        rf"{any_of('agreement.must')}\s+(?:not\s+)?{any_of('agreement.must_not_count')}", sentence, re.IGNORECASE
    )
    if match or re.search(
        r"(?<!\w)(?:dapat|berhak|may|memperoleh|menerima|receives?)(?!\w)",
        " ".join(sentence.split()[:4]),
        re.IGNORECASE,
    ):
        return True
    return not pattern("agreement.must").search(sentence) and not due_words(sentence)


def due_words(text: str) -> str | None:
    """The words that say by when, else how often: "selambat-lambatnya hari kerja ke-8", "within 5
    business days", "twice a year"."""
    for found in (_DEADLINE, _ORDINAL):
        match = found.search(text)
        if match:
            return match[0].strip().rstrip(",")
    for span in find_durations(text):
        after = _AFTER_LENGTH.match(text[span.end :])
        before = _BEFORE_LENGTH.search(text[: span.start])
        if after:
            return text[before.start() if before else span.start : span.end + after.end()].strip()
    match = _FREQUENCY.search(text)
    return match[0].strip() if match else None
