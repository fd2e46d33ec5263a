"""Composing: from what the tools found to a short answer, every statement with its evidence, or to "not known, and why"."""

from datetime import date, datetime

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt, as_at
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.agreement import end_settled, notice_period
from assistant.models.builtin.sentences.claim import claim_settled
from assistant.models.builtin.sentences.clause import clauses_told
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.error import is_trouble, known_error_answer, settled
from assistant.models.builtin.sentences.outdated import outdated_told
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.models.builtin.sentences.reading import (
    computed_date_told,
    disagreement_told,
    each_customer_told,
    mail_told,
    quoted_note,
    reading_told,
    row_told,
    single_day,
    times_told,
)
from assistant.models.builtin.sentences.record import sentence
from assistant.models.builtin.sentences.term import (
    count_days,
    days_told,
    end_or_deadline,
)
from assistant.models.builtin.weighing.acceptance import Acceptance
from assistant.models.builtin.weighing.amended import as_amended
from assistant.models.builtin.weighing.arithmetic import LEFT, Happened, date_from_clause, minutes_between_times
from assistant.models.builtin.weighing.choosing import levels_in
from assistant.models.builtin.weighing.conflicts import AGREEMENTS, BEHIND, by_the_agreement, claimed, disagreement
from assistant.models.builtin.weighing.fitting import asks_agreed_level, fit, happened
from assistant.models.builtin.weighing.judging import (
    agreement_unknown,
    known_to_be_missing,
    known_to_be_none,
    of_their_agreement,
    record_wins,
    same_value,
)
from assistant.models.builtin.weighing.mails import mail_asked
from assistant.models.builtin.weighing.named_rows import notes_beside, row_named
from assistant.models.builtin.weighing.orders import of_that_day
from assistant.models.builtin.weighing.outdated import outdated_claim
from assistant.models.builtin.weighing.reading import Reader, Reading
from assistant.models.builtin.weighing.superseding import row_replaced, value_replaced
from assistant.models.builtin.worked_out import worked_out
from assistant.tools.desk import Desk
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.sources import lines_beside
from assistant.tools.troubles.known_errors import asks_what_is_known
from knowledge.language.calendar import days_between
from knowledge.records.authority import Authority
from knowledge.records.operations import Ticket


def compose(asked: Understanding, findings: Findings, desk: Desk, places: list[str]) -> Composed:
    """The best answer that the findings carry."""
    if asked.unseen:
        return abstain(asked, places)
    if found := worked_out(asked, findings, desk):
        return found
    when = as_at(asked, desk)
    if clauses := clauses_told(asked, findings, desk, when):
        return clauses
    reader, heard = Reader(asked, desk.linker, when, desk.wordings), None
    if held := claim_settled(asked, findings):
        return held
    if older := outdated_claim(asked, desk):
        return outdated_told(asked, older, reader.read(findings.passages), desk)
    if asked.asks_for("conflict", "yesno"):
        if ended := end_settled(asked, findings.agreements):
            return Composed(ended[0], found=[ended[1].agreement.title])
        heard = reader.read(findings.passages)
        if stated := claimed(asked, heard):
            told = disagreement(asked, heard, when.day) if not stated.others else None
            return disagreement_told(asked, told if told and told.others else stated)
    if period := notice_period(asked, findings.agreements):
        return Composed(period)
    if (asked.asks_for("deadline", "date", "conflict", "number") or LEFT.search(asked.own)) and (answer := end_or_deadline(asked, findings, desk)):
        return answer
    readings = reader.read(findings.passages) if heard is None else heard
    acceptance = Acceptance(asked, readings, desk.trained)
    accepted = acceptance.accepted(_OF_ONE)
    if agreement_unknown(asked, [known.agreement.customer_id for known in findings.agreements]):
        accepted = [reading for reading in accepted if of_their_agreement(asked, reading.evidence)]
    if mail := mail_asked(asked, readings):
        return mail_told(mail, asked.language)
    best = _in_force(_official(next(iter(accepted), None), accepted, asked), readings)
    best = of_that_day(best, readings, asked, when.day)
    best = best and as_amended(best, readings, reader, desk)
    if then := _wording_then(asked, accepted, best, when, desk):
        return reading_told(asked, then, readings, desk)
    if LEFT.search(asked.own):  # a countdown needs one date
        best = next((reading for reading in accepted if single_day(reading)), best)
    if len(asked.customers) > 1 and asks_agreed_level(asked):
        levels, judged = levels_in(asked.question), acceptance.accepted(_OF_SEVERAL)
        agreed = [as_amended(one, readings, reader, desk) for one in judged if one.evidence.authority <= Authority.ANNEX and levels & levels_in(one.text)]
        if each := each_customer_told(asked, agreed, desk):
            return each
    if when.both and best is not None and best.evidence.authority <= Authority.ANNEX:
        return reading_told(asked, best, readings, desk)
    record = max(findings.records, key=lambda each: (not each.empty, not fit(asked, each).beside, fit(asked, each).score, each.scored.score), default=None)
    missing = next((each for each in findings.records if known_to_be_none(asked, each) or known_to_be_missing(asked, each)), None)
    if missing and (record is None or fit(asked, record).beside or fit(asked, missing).covered > fit(asked, record).covered + 0.1):
        record = missing
    error = next(iter(findings.known_errors), None)
    if error and is_trouble(asked, error) and not settled(asked, record) and (asks_what_is_known(asked.own) or not (best and best.score > error.score + 0.15)):
        return known_error_answer(asked, error)
    if asked.asks_for("conflict", "yesno") and (conflict := disagreement(asked, readings, when.day)):
        return disagreement_told(asked, conflict)
    if told := by_the_agreement(asked, readings, best):
        return disagreement_told(asked, told)
    if computed := date_from_clause(asked, readings, findings.agreements, _repaired(asked, findings, desk)):
        desk.computed.dates |= {computed.result, computed.anchor}
        desk.computed.numbers.add(computed.value.normalize())
        return computed_date_told(asked, computed)
    if asked.asks_for("duration") and not (best and any(value.kind == "duration" for value in best.values)) and (length := minutes_between_times(asked, readings)):
        return times_told(asked, desk, *length)
    if (row := row_named(asked, findings.records)) and not _rather_read(row, best):
        return row_told(row, _notes(asked, row, desk), asked.language)
    if record and not _laid_down(asked, best) and record_wins(asked, record, best):
        if newer := row_replaced(record, readings, desk.today, desk.linker):
            return disagreement_told(asked, newer)
        if asked.asks[:1] == ("reason",) and len(record.rows) == 1 and (whole := record.rows[0][1]):  # the reason may stand in any cell of its row
            return row_told(whole, [], asked.language)
        return _from_record(asked, record, best, desk)
    if len(asked.customers) > 1 and (each := each_customer_told(asked, accepted, desk)):
        return each
    if best is not None:
        newer = value_replaced(best, readings)
        return disagreement_told(asked, newer) if newer else reading_told(asked, best, readings, desk)
    if record and (known_to_be_missing(asked, record) or known_to_be_none(asked, record)):
        return _from_record(asked, record, None, desk)
    return abstain(asked, places)


_WHOLE = 0.9


def _rather_read(row: Evidence, best: Reading | None) -> bool:
    """Whether a sentence answers rather than a row that a number or a day names: an agreement's, or one elsewhere that says all that is asked."""
    if best is None or not best.values:
        return False
    return best.evidence.authority <= Authority.ANNEX or best.coverage >= _WHOLE and best.evidence.source != row.source


def _notes(asked: Understanding, row: Evidence, desk: Desk) -> list[Evidence]:
    """Remarks beside the row's table on the days asked about."""
    return [desk.keep(note) for note in notes_beside(asked, row, lines_beside(desk.session, desk.viewer, row))] if asked.period else []


def _laid_down(asked: Understanding, best: Reading | None) -> bool:
    """Whether a sentence of an agreement lays down what the question asks for in words of its own."""
    if asked.idiom is None or best is None or best.evidence.authority > Authority.ANNEX:
        return False
    return asked.idiom.lays_down(best.text, f"{best.evidence.context} {best.evidence.quote}")


def _repaired(asked: Understanding, findings: Findings, desk: Desk) -> Happened | None:
    """When the one ticket that the question names by its number was done with."""
    tickets = {item.record: item for record in findings.records for item in record.evidence if asked.codes and item.record and item.record.startswith("ticket:")}
    if len(tickets) != 1:
        return None
    name, item = tickets.popitem()
    ticket = desk.session.get(Ticket, int(str(name).partition(":")[2]))
    named = ticket is not None and ticket.key in asked.codes
    return Happened(ticket.closed_at.date(), item) if named and ticket and ticket.closed_at else None


def _official(best: Reading | None, accepted: list[Reading], asked: Understanding) -> Reading | None:
    """The agreement's own words before what was said in a meeting, a mail or on the phone, where both answer with a value."""
    if best is None or not best.values or best.evidence.authority < Authority.MINUTES or asked.sources - AGREEMENT_KINDS:
        return best
    values = {value.value for value in best.values}
    official = next(
        (other for other in accepted if other.evidence.authority <= Authority.ANNEX and other.values and other.topic_coverage >= 0.6 and other.score >= 0.75 * best.score and not values & {value.value for value in other.values}),
        None,
    )
    return official or best


AGREEMENT_KINDS = AGREEMENTS | BEHIND
_OF_ONE, _OF_SEVERAL = 25, 80
"""Sentences that are weighed, and how many where several customers are asked about."""


def _wording_then(asked: Understanding, accepted: list[Reading], best: Reading | None, when: AsAt, desk: Desk) -> Reading | None:
    """For a question about a certain day: the amended clause that was or will be in force then, before what was measured or said."""
    if best is None or not when.stated or when.every or happened(asked):
        return None
    return next((one for one in accepted if one.evidence.id in desk.wordings and one.topic_coverage >= 0.9 * best.topic_coverage and one.score >= 0.8 * best.score), None)


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
    rows = [item for _, item in record.rows if item] if record.scored.spec.target.startswith("sheet:") and len(record.rows) == 1 else []
    text += "".join("\n• " + quoted_note(note, asked.language) for row in rows for note in _notes(asked, row, desk))
    day = next((value for values, _ in record.rows[:1] for value in values.values() if isinstance(value, date)), None)
    if day and LEFT.search(asked.own) and len(record.rows) == 1 and not record.scored.spec.days_between:
        start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
        day = day.date() if isinstance(day, datetime) else day
        count_days(desk, abs(days_between(start, day)))
        text += days_told(day, start, asked.language)
    names = [str(values[name]) for values, _ in record.rows[:2] for name in ("name", "person", "key", "title") if values.get(name)]
    unknown = record.empty and record.none_of is None
    return Composed(text, abstained=unknown, reason=record.result.reason if unknown else None, found=names[:2])


def abstain(asked: Understanding, places: list[str]) -> Composed:
    """Not known, and why. What may not be seen is worded exactly like what does not exist: where was looked is said only
    of customers that the person may see."""
    subject = shorten(asked.subject, 120)
    text = phrase("not_known", asked.language, subject=f"“{subject}”")
    if places and asked.customers and not asked.unseen:
        text += phrase("not_known_looked", asked.language, places="; ".join(places[:3]))
    return Composed(text + phrase("gap_kept", asked.language), abstained=True, reason="not_known")
