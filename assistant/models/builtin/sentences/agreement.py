"""When an agreement ends, where somebody or something says otherwise: what is in force, what was before, what a table says."""

from datetime import date

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.phrasing import document_word, mark, phrase, place, shorten
from assistant.tools.agreements.dates import AgreementDates
from knowledge.language.concepts import concept_names
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language, section_words, words_beside

END = section_words(__file__, "agreement", "end")
_DATE = section_words(__file__, "agreement", "date")


def end_settled(asked: Understanding, known: list[AgreementDates]) -> tuple[str, AgreementDates] | None:
    """The end in force, whether the end that the question states holds, and the sources that say another.

    None where the question states no end and asks of no disagreement, or where nothing on file differs from it.
    """
    if not known or not END.search(asked.question):
        return None
    stated = {span.value for span in asked.dates if span.precision == "day" and not span.relative}
    stated |= {claim.key for claim in asked.claims if isinstance(claim.key, date)}
    item = next((each for each in known if stated & ends_of(each)), known[0])
    if stated & ends_of(item):
        if not asked.asks_for("conflict", "yesno"):
            return None
    elif not (asked.asks_for("conflict") and _DATE.search(asked.question) and not stated):
        return None
    language = asked.language
    verdict = phrase("yes" if item.ends_on in stated else "no", language) if stated and asked.asks_for("yesno") else ""
    text = verdict + phrase("ends_on", language, title=item.title, end=format_date(item.ends_on, language), mark=mark(item.end_evidence))
    return text + others(item, language), item


NOTICE_PERIOD = section_words(__file__, "agreement", "notice_period")
_OF_NOTICE = " ".join(words_beside(__file__, "agreement")["of_notice"].values())
_OTHER_NOTICE = section_words(__file__, "agreement", "other_notice")


def notice_period(asked: Understanding, known: list[AgreementDates]) -> str | None:
    """How long before its end one must say that an agreement shall not be renewed, with the clause in force."""
    if not NOTICE_PERIOD.search(asked.own) or _OTHER_NOTICE.search(asked.own) or asked.asks_for("deadline", "conflict", "yesno"):
        return None
    item = next((each for each in known if each.notice_value and each.notice_evidence), None)
    if item is None or item.notice_evidence is None or len({each.agreement.customer_id for each in known}) > 1:
        return None
    told = concept_names(f"{item.notice_evidence.quote} {item.notice_evidence.context} {item.title} {_OF_NOTICE}")
    if any(concept.names and not concept.names & told for concept in asked.focus if not concept.text[:1].isupper()):
        return None  # notice of something else
    evidence, language = item.notice_evidence, asked.language
    lead = format_duration(item.notice_value or 0, item.notice_unit or "day", language)
    return f"{lead} — " + phrase("lead_plain", language, place=place(evidence, language), quote=shorten(evidence.quote, 320), mark=mark(evidence))


def other_notice(text: str) -> bool:
    """Whether notice of something else than of non-renewal is meant: of termination, of an audit, of a change."""
    return bool(_OTHER_NOTICE.search(text))


def ends_of(item: AgreementDates) -> set[date]:
    """Every end of the agreement that a source states: in force, before its amendment, in a table."""
    return {day for day in (item.ends_on, item.first_end, item.ends_before, item.master_end) if day is not None}


def others(item: AgreementDates, language: Language) -> str:
    """What other sources say of the end, each with its place: the words before an amendment, a table of customers."""
    text = ""
    if item.first_end and item.agreement.renewal_months:
        months = format_duration(item.agreement.renewal_months, "month", language)
        marks = mark(*([item.renewal_evidence] if item.renewal_evidence else [item.end_evidence]))
        text += phrase("gone_on", language, first=format_date(item.first_end, language), first_mark=mark(item.end_evidence), months=months, mark=marks)
    if item.ends_before and item.before_evidence and item.ends_before != item.ends_on:
        text += phrase("ended_before", language, old=format_date(item.ends_before, language), place=place(item.before_evidence, language), mark=mark(item.before_evidence))
    if item.master_end and item.master_evidence and item.master_end not in (item.ends_on, item.first_end):
        kind = document_word(item.end_evidence.doc_kind, language)
        text += phrase("table_differs", language, table=place(item.master_evidence, language), other=format_date(item.master_end, language), mark=mark(item.master_evidence), prevailing=kind)
    return text
