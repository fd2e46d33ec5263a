"""What each side of an agreement must do, and by when in the agreement's own words."""

import re
from collections.abc import Sequence

from knowledge.intake.prose.clauses import bare_text, is_about_duties
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
    r"(?:pada\s+)?(?:hari\s+kerja|tanggal|hari)\s+ke-?\s?\d+[^.;\n]*|(?:setiap|tiap)\s+tanggal\s+\d+[^.;\n]*|by\s+the\s+(?:\d|first|last|end)[^.;\n]*",
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
    r"['’]?\s*(?:in\s+advance|before|prior|after|of\s+(?:receipt|notice|an?|each|the)(?!\w)|di\s+muka|sebelum\w*|setelah|sesudah|sejak|kerja)[^.;,\n]*",
    re.IGNORECASE,
)
_IN_LENGTH = re.compile(r"(?<!\w)(?:dalam|in)\s+$", re.IGNORECASE)
_LISTED = re.compile(r";\s+(?=\S)")
_FEWEST_WORDS = 2
_SHORTEST_DUE = 5  # minutes; shorter lengths belong to the thing, not to the duty
_RIGHT = r"(?<!\w)(?:dapat|berhak|boleh|may|memperoleh|menerima|receives?|mempunyai\s+hak)(?!\w)"
_ENGLISH_VERB = r"(?!(?:is|was|has|does|owns|receives|gets|means|remains|becomes|represents|acknowledges|agrees)\b)[a-z]{2,}s"
_INDONESIAN_VERB = r"me(?:m|n|ng|ny|l|r|w|y)?\w{3,}"


def read_obligations(clauses: Sequence[ClauseDraft], parties: Sequence[Party]) -> list[ObligationDraft]:
    """The duties of both sides: every clause under a heading about one side's duties, and sentences "Pelanggan
    wajib …"/"the Customer shall …"."""
    roles = {side: role_words(parties, side) for side in _SIDES}
    duty = {side: _duty_pattern(words) for side, words in roles.items()}
    bearing = {side: _bearing_pattern(words) for side, words in roles.items()}
    subject = {
        side: re.compile(rf"\W*(?:the\s+|each\s+)?{bounded(words)}\s*[:–-]?\s+(?=[a-z])", re.IGNORECASE)
        for side, words in roles.items()
    }
    found: list[ObligationDraft] = []
    for i, clause in enumerate(clauses):
        side = {"obligation_provider": "provider", "obligation_customer": "customer"}.get(clause.topic or "")
        text = bare_text(clause.text, clause.number)
        if side:
            found += _under_heading(i, clause, text, side, duty)
        elif clause.topic not in _NOT_DUTIES:
            listed = is_about_duties(clause.heading) and clause.topic != "liability"
            for sentence in _statements(text):
                party = _bearer(sentence, duty, bearing) or (_subject_of(sentence, subject) if listed else None)
                if party:
                    found.append(_draft(i, clause, sentence, party))
    return found


def _statements(text: str) -> list[str]:
    """Sentences, and the lines of a list."""
    return [sentence for line in text.split("\n") for sentence in sentence_texts(line)]


def _bearer(sentence: str, duty: dict[str, re.Pattern[str]], bearing: dict[str, re.Pattern[str]]) -> str | None:
    """The side that a sentence obliges, as its subject or as the one "by" whom something is done."""
    for side, is_duty in duty.items():
        if is_duty.search(sentence) and not _gives_right(sentence):
            return side
    for side, bears in bearing.items():
        match = bears.search(sentence)
        if match and (match["bears"] or pattern("agreement.must").search(sentence) or due_words(sentence)):
            return side
    return None


def _subject_of(sentence: str, subject: dict[str, re.Pattern[str]]) -> str | None:
    """Under a heading about duties of both: the side that a sentence begins with."""
    if re.search(_RIGHT, " ".join(sentence.split()[:5]), re.IGNORECASE):
        return None
    return next((side for side, found in subject.items() if found.match(sentence)), None)


def _under_heading(
    i: int, clause: ClauseDraft, text: str, side: str, duty: dict[str, re.Pattern[str]]
) -> list[ObligationDraft]:
    """One duty a clause, or one a line where the clause is a list; a sentence that names the other side is that
    side's."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].endswith(":"):
        lines = lines[1:]
    lines = [part for line in lines for part in _listed(_without_lead(line, clause.heading))]
    other = "customer" if side == "provider" else "provider"
    return [_draft(i, clause, line, other if duty[other].match(line) else side) for line in lines]


def _without_lead(line: str, heading: str) -> str:
    """A line without the heading that it opens with: "Customer duties. The Bank keeps …"."""
    if not heading or not line.lower().startswith(heading.lower()):
        return line
    rest = line[len(heading) :].lstrip(" .:–—-")
    return rest or line


def _listed(line: str) -> list[str]:
    """The duties of a line that lists several: "a. …; b. …", "keeps …; names …; changes …"."""
    parts = [part.strip() for part in _LISTED.split(line) if part and part.strip()]
    return parts if len(parts) > 1 and all(len(part.split()) >= _FEWEST_WORDS for part in parts) else [line]


def _draft(i: int, clause: ClauseDraft, text: str, party: str) -> ObligationDraft:
    return ObligationDraft(clause.passage, clause.locator, text, clause=i, party=party, text=text, due=due_words(text))


def _duty_pattern(roles: Sequence[str]) -> re.Pattern[str]:
    role = bounded(roles)
    return re.compile(
        rf"(?:^\W*(?:the\s+|each\s+)?{role}\s+(?:{_INDONESIAN_VERB}|{_ENGLISH_VERB})(?!\w)"
        rf"|{role}\s+(?:(?:juga|also|selalu|at\s+all\s+times|setiap\s+saat)\s+)?{any_of('agreement.must')}\s)",
        re.IGNORECASE,
    )


def _bearing_pattern(roles: Sequence[str]) -> re.Pattern[str]:
    """ "harus disediakan oleh Bank", "shall be provided by the Customer", "menjadi tanggung jawab Pelanggan"."""
    return re.compile(
        rf"(?:(?P<bears>{any_of('agreement.bears')})|(?<!\w)di\w{{4,}}(?:\s+\w+)?\s+oleh|(?<!\w)\w+(?:ed|en|ne|pt|nt|ld|id|ade)\s+by)\s+(?:the\s+|pihak\s+)?{bounded(roles)}",
        re.IGNORECASE,
    )


def _gives_right(sentence: str) -> bool:
    match = re.search(
        rf"{any_of('agreement.must')}\s+(?:not\s+)?{any_of('agreement.must_not_count')}", sentence, re.IGNORECASE
    )
    if match or re.search(_RIGHT, " ".join(sentence.split()[:4]), re.IGNORECASE):
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
        if _IN_LENGTH.search(text[: span.start]) and (span.total_minutes is None or span.total_minutes >= _SHORTEST_DUE):
            return text[_IN_LENGTH.search(text[: span.start]).start() : span.end]  # type: ignore[union-attr]
    match = _FREQUENCY.search(text)
    return match[0].strip() if match else None
