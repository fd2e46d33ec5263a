"""Composing: from what the tools found to a short answer, every statement with its evidence, or to "not known, and why"."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.models.builtin.agreement_sentences import end_settled, notice_period, others
from assistant.models.builtin.arithmetic import LEFT, ComputedDate, date_from_clause, minutes_between_times
from assistant.models.builtin.carrying_sentences import carrying_answer
from assistant.models.builtin.choosing import Chosen, chosen
from assistant.models.builtin.conflicts import AGREEMENTS, BEHIND, Disagreement, by_the_agreement, claimed, disagreement
from assistant.models.builtin.credit_sentences import credit_answer
from assistant.models.builtin.judging import (
    agreement_unknown,
    certain,
    fit,
    known_to_be_missing,
    known_to_be_none,
    of_their_agreement,
    record_wins,
    same_value,
)
from assistant.models.builtin.phrasing import document_word, mark, phrase, place, shorten, value_text
from assistant.models.builtin.promise_sentences import promise_answer
from assistant.models.builtin.reading import Reader, Reading
from assistant.models.builtin.record_sentences import sentence
from assistant.models.builtin.understanding import Understanding
from assistant.tools.agreement_dates import AgreementDates
from assistant.tools.commitments import KnownCommitment
from assistant.tools.credits import CreditFindings
from assistant.tools.desk import Desk
from assistant.tools.known_errors import KnownErrorMatch
from assistant.tools.promising import Behind
from assistant.tools.records import RecordAnswer
from assistant.tools.supporting import Carried
from knowledge.language.calendar import days_between
from knowledge.language.concepts import Concept
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer


@dataclass
class Findings:
    """What the tools brought for one question."""

    passages: list[Evidence] = field(default_factory=list)
    sections: dict[str, list[Evidence]] = field(default_factory=dict)
    records: list[RecordAnswer] = field(default_factory=list)
    agreements: list[AgreementDates] = field(default_factory=list)
    known_errors: list[KnownErrorMatch] = field(default_factory=list)
    commitments: list[KnownCommitment] = field(default_factory=list)
    credits: CreditFindings | None = None
    carried: list[Carried] = field(default_factory=list)
    behind: list[Behind] = field(default_factory=list)


@dataclass
class Composed:
    """The answer with reference marks [E1]; `found` = names and values in it that a follow-up may point to."""

    text: str
    abstained: bool = False
    reason: str | None = None
    found: list[str] = field(default_factory=list)


def compose(asked: Understanding, findings: Findings, desk: Desk, places: list[str]) -> Composed:
    """The best answer that the findings carry."""
    if asked.unseen:
        return abstain(asked, places)
    if findings.credits:
        said, missing_part = credit_answer(findings.credits, asked.language)
        return Composed(said, abstained=missing_part, reason=findings.credits.missing if missing_part else None)
    if findings.commitments and not asked.asks_for("yesno"):
        return _from_commitments(asked, findings.commitments)
    if findings.behind:
        return Composed(promise_answer(findings.behind, asked.language))
    if findings.carried:
        return Composed(carrying_answer(findings.carried, asked.language))
    if asked.asks_for("yesno") and (renewed := _whether_renewed(asked, findings)):
        return renewed
    if len(asked.customers) > 1 and (compared := _ends_compared(asked, findings)):
        return compared
    reader, heard = Reader(asked, desk.linker), None
    if asked.asks_for("conflict", "yesno"):
        if settled := end_settled(asked, findings.agreements):
            return Composed(settled[0], found=[settled[1].agreement.title])
        heard = reader.read(findings.passages)
        if stated := claimed(asked, heard, desk.linker):
            told = disagreement(asked, heard, None, desk.linker) if not stated.others else None
            return _from_disagreement(asked, told if told and told.others else stated)
    if period := notice_period(asked, findings.agreements):
        return Composed(period)
    if (asked.asks_for("deadline", "date", "conflict", "number") or LEFT.search(asked.own)) and (answer := _from_agreement(asked, findings, desk)):
        return answer
    readings = reader.read(findings.passages) if heard is None else heard
    accepted = [reading for reading in readings[:25] if reader.accepted(reading)]
    if agreement_unknown(asked, [known.agreement.customer_id for known in findings.agreements]):
        accepted = [reading for reading in accepted if of_their_agreement(asked, reading.evidence)]
    best = _in_force(_official(next(iter(accepted), None), accepted, asked), readings)
    if LEFT.search(asked.own):  # a countdown needs one date
        best = next((reading for reading in accepted if _single_day(reading)), best)
    record = max(findings.records, key=lambda each: (not each.empty, fit(asked, each).score, each.scored.score), default=None)
    missing = next((each for each in findings.records if known_to_be_none(asked, each) or known_to_be_missing(asked, each)), None)
    if missing and (record is None or fit(asked, record).beside or fit(asked, missing).covered > fit(asked, record).covered + 0.1):
        record = missing
    error = next(iter(findings.known_errors), None)
    if error and _is_trouble(asked, error) and not _settled(asked, record) and not (best and best.score > error.score + 0.15):
        return _from_known_error(asked, error)
    if asked.asks_for("conflict", "yesno") and (conflict := disagreement(asked, readings, best, desk.linker)):
        return _from_disagreement(asked, conflict)
    if told := by_the_agreement(asked, readings, best):
        return _from_disagreement(asked, told)
    if computed := date_from_clause(asked, readings, findings.agreements):
        desk.computed.dates |= {computed.result, computed.anchor}
        desk.computed.numbers.add(computed.value.normalize())
        return _from_computed_date(asked, computed)
    if asked.asks_for("duration") and not (best and any(value.kind == "duration" for value in best.values)) and (length := minutes_between_times(asked, readings)):
        return _from_times(asked, desk, *length)
    if record and record_wins(asked, record, best):
        return _from_record(asked, record, best, desk)
    if len(asked.customers) > 1 and (each := _from_each_customer(asked, accepted, desk)):
        return each
    if best is not None:
        return _from_reading(asked, best, readings, findings, desk)
    if record and (known_to_be_missing(asked, record) or known_to_be_none(asked, record)):
        return _from_record(asked, record, None, desk)
    return abstain(asked, places)


def _from_each_customer(asked: Understanding, accepted: list[Reading], desk: Desk) -> Composed | None:
    """The best sentence of each customer asked about, where there is one for two of them or more."""
    names = dict(desk.session.execute(select(col(Customer.id), col(Customer.name)).where(col(Customer.id).in_(asked.customers))).all())
    own = {number: next((reading for reading in accepted if set(reading.evidence.customers) & set(asked.customers) == {number}), None) for number in asked.customers}
    found = [(names[number], reading) for number, reading in own.items() if reading is not None and number in names]
    if len(found) < 2:
        return None
    lines = []
    for name, reading in found:
        lead = _lead(asked, reading)
        lines.append(f"• {name}: {lead} — {_quoted(asked, reading)}" if lead else f"• {name}: {_quoted(asked, reading)}")
    return Composed("\n".join(lines), found=[found[0][0]])


def _official(best: Reading | None, accepted: list[Reading], asked: Understanding) -> Reading | None:
    """The agreement's own words before what was said in a meeting, a mail or on the phone, where both answer with a value."""
    if best is None or not best.values or best.evidence.authority < 50 or asked.sources - AGREEMENT_KINDS:
        return best
    values = {value.value for value in best.values}
    official = next(
        (other for other in accepted if other.evidence.authority <= 25 and other.values and other.topic_coverage >= 0.6 and other.score >= 0.75 * best.score and not values & {value.value for value in other.values}),
        None,
    )
    return official or best


AGREEMENT_KINDS = AGREEMENTS | BEHIND


def _in_force(best: Reading | None, readings: list[Reading]) -> Reading | None:
    """The amending clause where the sentence found is of a clause that it changes in part, if it speaks of the same."""
    amending = best.evidence.notes.get("amended_by") if best else None
    if best is None or amending is None:
        return best
    newer = next((reading for reading in readings if reading.evidence.id == amending and reading.typed >= best.typed), None)
    return newer if newer and newer.own_coverage >= 0.75 * best.own_coverage else best


def _from_record(asked: Understanding, record: RecordAnswer, best: Reading | None, desk: Desk) -> Composed:
    """A query's result; where a document states the same value, that is cited as well."""
    text = sentence(record, asked.language, shorten(asked.subject, 100))
    if best is not None and not record.empty and same_value(asked, record, best) and best.evidence not in record.evidence:
        text += phrase("also", asked.language, place=place(best.evidence, asked.language), mark=mark(best.evidence))
    day = next((value for values, _ in record.rows[:1] for value in values.values() if isinstance(value, date)), None)
    if day and LEFT.search(asked.own) and len(record.rows) == 1:
        start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
        day = day.date() if isinstance(day, datetime) else day
        _count_days(desk, abs(days_between(start, day)))
        text += _days(day, start, asked.language)
    names = [str(values[name]) for values, _ in record.rows[:2] for name in ("name", "person", "key", "title") if values.get(name)]
    return Composed(text, abstained=record.empty, reason=record.result.reason if record.empty else None, found=names[:2])


def abstain(asked: Understanding, places: list[str]) -> Composed:
    """Not known, and why. What may not be seen is worded exactly like what does not exist: where was looked is said only
    of customers that the person may see."""
    subject = shorten(asked.subject, 120)
    text = phrase("not_known", asked.language, subject=f"“{subject}”")
    if places and asked.customers and not asked.unseen:
        text += phrase("not_known_looked", asked.language, places="; ".join(places[:3]))
    return Composed(text + phrase("gap_kept", asked.language), abstained=True, reason="not_known")


def _from_agreement(asked: Understanding, findings: Findings, desk: Desk) -> Composed | None:
    """The end of an agreement or the last day of its notice, computed from its own words."""
    language = asked.language
    start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
    if asked.asks_for("deadline"):
        known = next((item for item in findings.agreements if item.deadline), None)
        if known is None or known.deadline is None or known.notice_evidence is None:
            return None
        text = phrase(
            "deadline",
            language,
            deadline=format_date(known.deadline, language),
            title=known.title,
            end=format_date(known.ends_on, language),
            end_mark=mark(known.end_evidence),
            notice=format_duration(known.notice_value or 0, known.notice_unit or "day", language),
            notice_mark=mark(known.notice_evidence),
        )
        _count_days(desk, abs(days_between(start, known.deadline)))
        return Composed(text + _days(known.deadline, start, language), found=[known.agreement.title])
    if not _asks_end(asked) or not findings.agreements:
        return None
    known = findings.agreements[0]
    text = phrase("ends_on", language, title=known.title, end=format_date(known.ends_on, language), mark=mark(known.end_evidence))
    if LEFT.search(asked.own):
        _count_days(desk, abs(days_between(start, known.ends_on)))
        text += _days(known.ends_on, start, language)
    return Composed(text + others(known, language), found=[known.agreement.title])


SOONER = re.compile(r"\b(duluan|lebih (?:dulu|dahulu|awal|cepat|lama|panjang|lambat)|terlebih dahulu|first|sooner|earlier|later|longer|last)\b", re.IGNORECASE)


def _ends_compared(asked: Understanding, findings: Findings) -> Composed | None:
    """When the agreements of several customers end, the first to end first."""
    if not (_asks_end(asked) or SOONER.search(asked.own) and AGREEMENT.search(asked.own)):
        return None
    own: dict[int, AgreementDates] = {}
    for known in findings.agreements:
        if known.agreement.customer_id in asked.customers and not known.agreement.internal and known.agreement.kind in ("contract", "sla"):
            own.setdefault(known.agreement.customer_id or 0, known)
    if len(own) < 2:
        return None
    first, *others = sorted(own.values(), key=lambda known: known.ends_on)
    language = asked.language
    lines = [
        phrase("ends_on", language, title=known.title, end=format_date(known.ends_on, language), mark=mark(known.end_evidence))
        for known in (first, *others)
    ]
    return Composed("\n".join(f"• {line}" for line in lines), found=[first.agreement.title])


def _days(day: date, start: date, language: Language) -> str:
    left = days_between(start, day)
    return phrase("days_left" if left >= 0 else "days_past", language, days=abs(left), today=format_date(start, language))


RENEWED = re.compile(r"\b(sudah|telah|jadi|been|already|was|is)\s+(?:\w+\s+)?(diperpanjang|perpanjang|renewed|extended)\b", re.IGNORECASE)


def _whether_renewed(asked: Understanding, findings: Findings) -> Composed | None:
    """Whether an agreement has been renewed: only an amendment or a newer agreement on file counts."""
    if not RENEWED.search(asked.own) or not findings.agreements:
        return None
    known = findings.agreements[0]
    extended = known.before is not None and "ends_on" in known.before and known.end_evidence.doc_kind == "amendment"
    text = phrase(
        "renewed" if extended else "not_renewed",
        asked.language,
        title=known.title,
        end=format_date(known.ends_on, asked.language),
        mark=mark(known.end_evidence),
    )
    return Composed(text, found=[known.agreement.title])


END = re.compile(r"\b(berakhir|habis|abis|selesai|berlaku|kedaluwarsa|ends?|ending|end dates?|expires?|expiry|run out|valid until|tanggal akhir|akhir kontrak)\b")
AGREEMENT = re.compile(r"\b(kontrak|perjanjian|pks|agreement|contract|msa|sla|spk|adendum|addendum|amandemen|amendment)\w*\b", re.IGNORECASE)
AGREEMENT_WORDS = re.compile(
    r"\b(kontrak|perjanjian|pks|agreement|contract|msa|sla|spk|customer|list|pelanggan|tabel|table|master|counts|give|gives|another|counting|adendum|amendment|hari|days|left|lagi|end|date|dates|akhir|habis|abis|selesai|berakhir|berlaku|ends|expire|expires|expiry|valid|berikutnya|induk|layanan|first|dulu|duluan|dahulu|awal|lebih|sooner|later|earlier|longer)\w*\b",
    re.IGNORECASE,
)


def _asks_end(asked: Understanding) -> bool:
    """Whether the question is about when an agreement ends, and about nothing else."""
    if not (END.search(asked.question.lower()) or LEFT.search(asked.question)) or not AGREEMENT.search(asked.question):
        return False
    return not [concept for concept in asked.focus if not AGREEMENT_WORDS.fullmatch(concept.text)]


def _settled(asked: Understanding, record: RecordAnswer | None) -> bool:
    """Whether a query of something other than known errors answers the whole question."""
    return record is not None and record.scored.spec.target != "known_error" and certain(asked, record)


KNOWN_ERROR = re.compile(
    r"\b(known (?:issue|error|problem)|(?:already|sudah|udah) (?:known|dikenal|diketahui)|penanganan sementara(?:nya)?|temporary fix|kesalahan (?:yang )?(?:sudah )?dikenal|pernah terjadi|happened before|solusi(?:nya)?|solution|workaround\S*|jalan keluar|cara mengatasi|fix|apa yang harus dilakukan|what should we do)\b",
    re.IGNORECASE,
)


FRAME = re.compile(
    r"^(?:pengguna|pemakai|users?|customers?|pelanggan|melapor\w*|lapor\w*|ngelapor|mengeluh\w*|reports?|reported|reporting|complain\w*|dikenal|diketahui|known|penanganan|sementara\w*|"
    r"temporary|fix|terus|habis|abis|setelah|after|when|whenever|kalau|kalo|saat|ada|apakah|solusi\w*|sering|selalu|always|often|keeps?)(?:\s|$)",
    re.IGNORECASE,
)
"""Words that tell who reports the trouble and how often, not what it is."""


def _is_trouble(asked: Understanding, error: KnownErrorMatch) -> bool:
    """Whether the question describes trouble that this known error is about, rather than asking for some other fact."""
    topics = [concept for concept in asked.focus if concept.names and not KNOWN_ERROR.search(concept.text) and not FRAME.match(concept.text)]
    matched = [concept for concept in topics if concept.names & error.names]
    share = sum(map(_telling, matched)) / sum(map(_telling, topics)) if topics else 0.0
    if KNOWN_ERROR.search(asked.own):
        return error.score >= 0.3 and share >= 0.3
    described = not asked.asks_for("money", "person", "phone", "email", "percent", "frequency", "deadline", "date", "duration", "number", "list", "conflict")
    return error.convincing and described and len(matched) >= 2 and share >= 0.4


def _telling(concept: Concept) -> int:
    """A number or code ("error 502") tells one trouble from another more than a word does."""
    return 2 if any(map(str.isdigit, concept.text)) else 1


def _from_known_error(asked: Understanding, error: KnownErrorMatch) -> Composed:
    language = asked.language
    text = phrase("known_error", language, key=error.key, title=error.title, workaround=error.workaround or "—", mark=mark(error.evidence))
    if asked.asks_for("reason") and error.cause:
        text += phrase("known_error_cause", language, cause=error.cause)
    if error.status:
        text += phrase("known_error_status", language, status=error.status)
    if error.fix:
        text += phrase("known_error_fix", language, fix=error.fix)
    return Composed(text, found=[error.key, error.title])


def _from_commitments(asked: Understanding, known: list[KnownCommitment]) -> Composed:
    """Promises on file, one a line: who, what, due when."""
    language = asked.language
    lines = []
    for item in known:
        if item.kind == "meeting" and item.due:
            lines.append(f"{format_date(item.due, language)}: “{shorten(item.text, 200)}” {mark(item.evidence)}")
            continue
        words = shorten(item.text, 200)
        said = words if item.kind in ("owed", "promise", "doing") else f"“{words}”"
        due = phrase("due", language, day=format_date(item.due, language)) if item.due else ""
        lines.append(f"{item.owner}: {said}{due} {mark(item.evidence)}" if item.owner and not item.text.startswith(item.owner) else f"{said}{due} {mark(item.evidence)}")
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=[item.owner for item in known[:1] if item.owner])


def _from_disagreement(asked: Understanding, conflict: Disagreement) -> Composed:
    language = asked.language
    first = conflict.prevailing
    text = ""
    if conflict.claim_holds is not None:
        text += phrase("yes" if conflict.claim_holds else "no", language)
    text += phrase(
        "prevails",
        language,
        value=_lead(asked, first) or document_word(first.evidence.doc_kind, language),
        place=place(first.evidence, language),
        quote=shorten(first.text, 220),
        mark=mark(first.evidence),
    )
    for other in conflict.others[:2]:
        text += phrase(
            "other_source",
            language,
            value=_lead(asked, other) or document_word(other.evidence.doc_kind, language),
            place=place(other.evidence, language),
            quote=shorten(other.text, 180),
            mark=mark(other.evidence),
            rank=document_word(other.evidence.doc_kind, language),
        )
    return Composed(text)


def _from_computed_date(asked: Understanding, computed: ComputedDate) -> Composed:
    language = asked.language
    sources = [computed.reading.evidence, *([computed.anchor_evidence] if computed.anchor_evidence else [])]
    text = phrase(
        "computed_date",
        language,
        result=format_date(computed.result, language),
        anchor=format_date(computed.anchor, language),
        sign="+" if computed.forward else "−",
        duration=format_duration(computed.value, computed.unit, language),
        quote=f"{place(computed.reading.evidence, language)}: “{shorten(computed.reading.text, 240)}”",
        mark=mark(*sources),
    )
    return Composed(text)


def _from_times(asked: Understanding, desk: Desk, minutes: int, first: Reading, last: Reading) -> Composed:
    """A length computed from the first and the last entry of a chronicle."""
    hours, rest = divmod(minutes, 60)
    desk.computed.numbers |= {Decimal(minutes).normalize(), Decimal(hours).normalize(), Decimal(rest).normalize()}
    desk.computed.quantities.add(Quantity(Decimal(minutes).normalize(), "minute"))
    parts = [format_duration(hours, "hour", asked.language)] if hours else []
    parts += [format_duration(rest, "minute", asked.language)] if rest else []
    marks = mark(first.evidence, last.evidence)
    return Composed(f"{' '.join(parts)}: “{shorten(first.text, 120)}” → “{shorten(last.text, 120)}” {marks}")


def _from_reading(asked: Understanding, best: Reading, readings: list[Reading], findings: Findings, desk: Desk) -> Composed:
    parts = [best, *_companions(asked, best, readings)]
    lead = _lead(asked, best)
    text = f"{lead} — {_quoted(asked, best)}" if lead else _quoted(asked, best)
    for other in parts[1:]:
        text += f"\n• {_quoted(asked, other)}"
    amended = best.evidence.notes.get("amends") or []
    known = {item.id: item for item in findings.passages}
    older = [known[number] for number in amended if number in known]
    if older:
        text += phrase("replaces", asked.language, mark=mark(*older[:1]))
    if LEFT.search(asked.own) and (day := _single_day(best)):
        start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
        _count_days(desk, abs(days_between(start, day)))
        text += _days(day, start, asked.language)
    names = [value.text for value in best.values if value.kind == "person"]
    return Composed(text, found=names[:2])


def _count_days(desk: Desk, days: int) -> None:
    """Days that were counted here may be stated."""
    desk.computed.numbers.add(Decimal(days).normalize())
    desk.computed.quantities.add(Quantity(Decimal(days * 1440).normalize(), "minute"))


def _single_day(reading: Reading) -> date | None:
    days = {value.value for value in reading.values if value.kind == "date"}
    return days.pop()[0] if len(days) == 1 else None


def _quoted(asked: Understanding, reading: Reading) -> str:
    return phrase(
        "lead_plain", asked.language, place=place(reading.evidence, asked.language), quote=shorten(reading.text, 420 if len(reading.text) < 460 else 320), mark=mark(reading.evidence)
    )


def _companions(asked: Understanding, best: Reading, readings: list[Reading]) -> list[Reading]:
    """Further sentences of the same section that belong to the answer: items of a list, steps, the other obligations."""
    same_section = [
        other for other in readings
        if other is not best and other.evidence.source == best.evidence.source and other.evidence.context == best.evidence.context
    ]
    if asked.asks_for("list", "method", "conflict"):
        limit = 0.72 * best.score
        found = [other for other in same_section if other.score >= limit][:4]
        return sorted(found, key=lambda other: other.evidence.passage_id or 0)
    still_missing = {word for word in best.missing}
    if still_missing:
        helpful = [other for other in same_section if still_missing - set(other.missing) and other.score >= 0.75 * best.score]
        return helpful[:1]
    return []


def _lead(asked: Understanding, reading: Reading) -> str | None:
    """The value asked for, if it is plain which of the sentence's values that is."""
    picked = chosen(reading.text, reading.values, asked)
    distinct: dict[object, Chosen] = {}
    for each in picked:
        distinct.setdefault((each.level, each.value.value), each)
    if not distinct or len(distinct) > 1 and asked.asks_for("list", "conflict") or len(distinct) > 3:
        return None
    texts = [f"{each.level} {value_text(each.value, asked.language)}" if each.level else value_text(each.value, asked.language) for each in distinct.values()]
    return "; ".join(texts)
