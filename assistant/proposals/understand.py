"""Reads a chat message as facts about customers: what kind, about whom, by when, how much."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from assistant.proposals.about import Subject, Unclear, about_whom
from assistant.proposals.classify import Cue, kind_of
from assistant.proposals.clauses import (
    is_order,
    is_question,
    is_request,
    is_small_talk,
    is_supposition,
    pieces,
    sentences,
)
from assistant.proposals.contacts import read_contact_change
from assistant.proposals.mentions import Masked, mask, without_address
from assistant.proposals.phrases import folded, is_function_word, language_of, pattern
from assistant.proposals.reading import Fact, FactKind, Question, UpdateReading
from assistant.proposals.register import Register
from assistant.proposals.stance import dimension_of, stance_of
from knowledge.access import Viewer
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.money import find_money
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker

_DUE_MARK = re.compile(
    r"(?:paling lambat|sebelum|selambatnya|tanggal|tgl|pada|besok|by|before|until|on|no later than|due|per|mulai|starting|effective|sampai|efektif)\.?\s*$",
    re.IGNORECASE,
)
_STANCED: tuple[FactKind, ...] = ("feedback", "complaint", "compliment")


@dataclass
class _Part:
    """A stretch of the masked message that makes one fact."""

    text: str
    norm: str
    cue: Cue
    sentence: int


def cleaned(text: str) -> str:
    """The message without characters that hide or turn text round (bidi marks, zero-width, control)."""
    kept = [character for character in text if character in "\n\t" or unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cs")]
    return "".join(kept).strip()


def due_in(text: str, today: date) -> date | None:
    """The day a clause falls due: an exact day before a period, a coming day before a past one, a marked day before others."""
    spans = find_dates(text, today)
    if not spans:
        return None

    def rank(span: DateSpan) -> tuple[bool, bool, bool, bool]:
        return (span.until >= today, span.precision == "day", bool(_DUE_MARK.search(text[: span.start])), span.relative)

    return max(spans, key=rank).until


def _dates(masked: Masked, text: str, today: date) -> tuple[bool, bool]:
    """Whether a part names a time, and one that is over."""
    spans = find_dates(masked.unmask(text), today)
    past = bool(spans) and all(span.until < today for span in spans)
    return bool(spans), past or bool(re.search(r"\b(?:tadi|td|barusan|just|had)\b", text.lower()) and all(s.until <= today for s in spans))


def _parts(masked: Masked, sentence: str, number: int, lang: Language, today: date) -> list[_Part]:
    """The sentence cut where a new fact begins; clauses without a cue of their own join their neighbour."""
    ours = frozenset(sign for sign, mention in masked.names.items() if mention.provider)

    def cue_of(start: int, end: int) -> Cue | None:
        dated, past = _dates(masked, sentence[start:end], today)
        priced = bool(find_money(masked.unmask(sentence[start:end])))
        return kind_of(folded(sentence[start:end], lang), dated=dated, past=past, priced=priced, provider_names=ours)

    joined: list[tuple[int, int, Cue]] = []
    waiting: int | None = None
    for start, end in pieces(sentence):
        cue = cue_of(start, end)
        if waiting is not None and cue is None:
            cue = cue_of(waiting, end)  # "Hartmann builds a hall, about EUR 20k": a fact only together
        if joined and cue is None and _another_promise(masked, sentence, joined[-1], (start, end), today):
            joined.append((start, end, joined[-1][2]))
        elif joined and _belongs(masked, sentence, joined[-1], (start, end, cue), lang):
            joined[-1] = (joined[-1][0], end, _merged(joined[-1][2], cue))
        elif cue is None or (cue.kind is None and not cue.denied):
            waiting = start if waiting is None else waiting
        else:
            joined.append((start if waiting is None else waiting, end, cue))
            waiting = None
    return [_Part(sentence[s:e], folded(sentence[s:e], lang), cue, number) for s, e, cue in joined]


def _another_promise(masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int], today: date) -> bool:
    """ "… report on 18 October, slides on 20 October": a second thing with a day of its own after a promise that has one."""
    first, second = masked.unmask(sentence[before[0] : before[1]]), masked.unmask(sentence[slice(*now)])
    days = [span for span in find_dates(second, today) if span.precision == "day"]
    if before[2].kind != "commitment":
        return False
    part = sentence[slice(*now)]
    if (masked.named(part, "person") or masked.named(part, "customer")) and pattern("kinds", "promise", "delivery").search(part):
        return True
    if len(days) != 1 or not find_dates(first, today):
        return False
    rest = second[: days[0].start] + second[days[0].end :]
    return any(not is_function_word(word) for word in re.findall(r"[^\W\d_]{3,}", rest))


def _merged(first: Cue, second: Cue | None) -> Cue:
    """Of two cues of the same stretch the stronger: what is felt before what is described."""
    if second is None or second.kind is None or first.kind is None:
        return first
    if first.weak and not second.weak:
        return second
    if first.kind == "commitment" and second.kind == "complaint":
        return second
    return second if first.kind == second.kind and second.stance.tier > first.stance.tier else first


def _belongs(masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int, Cue | None], lang: Language) -> bool:
    """Whether a clause only continues the fact before it."""
    start, end, cue = now
    text = sentence[start:end]
    if cue is None or cue.kind is None:
        return not (cue and cue.denied) and not before[2].denied
    if not _same_subject(masked, sentence[before[0] : before[1]], text):
        return False
    if before[2].kind == cue.kind and cue.kind in (*_STANCED, "risk", "improvement", "opportunity"):
        return True
    if before[2].weak and before[2].kind == "feedback" and cue.kind in _STANCED:
        return True
    about_meeting = before[2].kind == "meeting" and pattern("kinds", "meeting", "topic").search(sentence[before[0] : before[1]])
    if about_meeting and len(text.split()) <= 4 and cue.stance.tier < 3:
        return True
    broken = before[2].kind == "commitment" and cue.kind == "complaint" and cue.stance.tier < 3
    reported = pattern("clauses", "reporting").search(folded(sentence[before[0] : before[1]], lang))
    if broken and reported and re.search(r"\b(?:belum|tidak|not|never|still)\b", folded(text, lang)):
        return True
    return cue.weak and cue.kind in ("opportunity", "feedback")


def _same_subject(masked: Masked, before: str, text: str) -> bool:
    """Whether a clause names nobody, or only a person of the customer that the fact before it names without a person."""
    if masked.named(text, "customer") or masked.named(text, "org"):
        return False  # each customer has facts of its own
    people = [person for person in masked.named(text, "person") if not person.provider]
    if not people:
        return True
    if not masked.named(before, "customer") and not masked.named(before, "person"):
        return not masked.named(before, "org")
    customers = {identity for mention in masked.named(before, "customer") for identity in mention.customer_ids}
    theirs = {position.customer_id for position in people[0].positions}
    return bool(customers & theirs) and not masked.named(before, "person")


def _service(linker: Linker, register: Register, customer_id: int, *texts: str) -> str | None:
    """The service that the words name, else the one on which a named application or known error of the customer stands."""
    texts = tuple(text for text in texts if text)
    for text in texts:
        for service in linker.services(text):
            return str(service.codes[0])
    for text in texts:
        told = register.service_in_part(text)
        if told:
            return told
    for text in texts:
        told = register.service_of(customer_id, text)
        if told:
            named = linker.services(told)
            return str(named[0].codes[0]) if named else register.service_in_part(told)
    return None


def _sentiment(cue: Cue) -> str | None:
    if cue.kind == "complaint":
        return "negative"
    if cue.kind == "compliment":
        return "positive"
    if cue.kind == "feedback":
        return "positive" if cue.stance.value > 0 else "negative" if cue.stance.value < 0 else "neutral"
    return None


def _tidy(words: str) -> str:
    """A clause as a sentence of its own."""
    text = re.sub(r"^[\s,;:.–—-]+|[\s,;:–—-]+$", "", " ".join(words.split()))
    return text[:1].upper() + text[1:]


def _fact(part: _Part, masked: Masked, subject: Subject, customer_id: int, today: date, linker: Linker, register: Register, whole: str) -> Fact:
    words = masked.unmask(part.text)
    kind = part.cue.kind
    assert kind is not None
    fact = Fact(kind, customer_id, words, _tidy(words), subject.person, subject.person_id)
    stance = stance_of(part.norm)
    if kind in _STANCED:
        return replace(
            fact,
            sentiment=_sentiment(part.cue),
            servqual_dimension=dimension_of(part.norm, stance),
            service=_service(linker, register, customer_id, words, whole),
        )
    fact = replace(fact, service=_service(linker, register, customer_id, words))
    if kind == "opportunity":
        money = find_money(words) or find_money(whole)
        return replace(fact, amount=money[0].amount, currency=money[0].currency) if money else fact
    if kind == "commitment":
        colleagues = [person.name for person in masked.named(part.text, "person") if person.provider]
        party = part.cue.party or "provider"
        return replace(fact, due=due_in(words, today), party=party, owner=colleagues[0] if colleagues and party == "provider" else None)
    if kind == "meeting":
        return replace(fact, due=due_in(words, today) or due_in(whole, today))
    return fact


def _subject_before(
    masked: Masked, earlier: list[str], part: _Part, context: tuple[int, ...], viewer: Viewer, register: Register
) -> Subject | None:
    """Who the sentences before speak of, if the first fact of the message names nobody ("Just met Ann. She is happy.")."""
    for sentence in reversed(earlier):
        if masked.named(sentence, "customer") or masked.named(sentence, "person"):
            found = about_whom(masked, sentence, sentence, [], None, kind=part.cue.kind, context=context, viewer=viewer, register=register)
            return found if isinstance(found, Subject) else None
    return None


def _known_person(masked: Masked, name: str | None, customer_id: int) -> int | None:
    positions = [position for mention in masked.names.values() for position in mention.positions]
    return next((position.person_id for position in positions if position.name == name and position.customer_id == customer_id), None)


def _skip(norm: str) -> str | None:
    if is_small_talk(norm):
        return "small_talk"
    if is_supposition(norm):
        return "hypothetical"
    if is_question(norm):
        return "question"
    if is_request(norm):
        return "request"
    return None


def understand_update(
    text: str,
    *,
    today: date,
    linker: Linker,
    viewer: Viewer,
    speaker_account: str,
    lang: Language | None = None,
    context_customer_ids: tuple[int, ...] = (),
    register: Register | None = None,
) -> UpdateReading:
    """The facts that a message tells, each with the customer it is about.

    Where the customer of a fact is open, `asked` holds the question; where the message names somebody outside the viewer's
    portfolio, `refused` is set as well, the same for a name that nobody knows and for one that this viewer may not know.
    `context_customer_ids`: customers of the conversation so far; one of them answers for a message that names none.
    """
    message, register = cleaned(text), register or Register()
    language = lang or language_of(message)
    masked = mask(message, linker, viewer, register)
    facts: list[Fact] = []
    questions: list[Question] = []
    skipped: list[str] = []
    parts: list[tuple[_Part, Fact | None]] = []
    all_sentences = sentences(masked.text)
    for number, sentence in enumerate(all_sentences):
        norm = folded(sentence, language)
        reason = _skip(norm)
        if reason and not (reason == "hypothetical" and pattern("kinds", "risk").search(norm)):
            skipped.append(reason)
            continue
        change = read_contact_change(masked, sentence)
        if change:
            part = _Part(sentence, norm, Cue("contact_change"), number)
            words = masked.unmask(sentence)
            template = Fact(
                "contact_change", 0, words, _tidy(words), without_address(change.person.name),
                next((p.person_id for p in change.person.positions), None), field=change.field, value=change.value,
                due=due_in(_EMAIL_OR_PHONE.sub(" ", words), today),
                replaces=without_address(change.replaces.name) if change.replaces else None,
                replaces_id=next((p.person_id for p in change.replaces.positions), None) if change.replaces else None,
            )  # fmt: skip
            previous = next((fact for _, fact in reversed(parts) if fact), None)
            if previous and previous.field == "leaving" and template.field == "new" and not template.replaces:
                template = replace(template, replaces=previous.person, replaces_id=previous.person_id, due=template.due or previous.due)
                parts = [(earlier, fact) for earlier, fact in parts if fact is not previous]
            parts.append((part, template))
            parts += [(part, None) for part in _parts(masked, sentence, number, language, today) if part.cue.stance.tier == 3 or part.cue.kind == "risk"]
            continue
        parts += [(part, None) for part in _parts(masked, sentence, number, language, today)]
    told = [part for part, _ in parts if part.cue.kind and not part.cue.context]
    parts = [(part, template) for part, template in parts if part.cue.kind and (not part.cue.context or not told)]
    last: Subject | None = None
    for index, (part, fact) in enumerate(parts):
        others = [p.text for p, _ in parts[index + 1 :]]
        if last is None and part.sentence:
            last = _subject_before(masked, all_sentences[: part.sentence], part, context_customer_ids, viewer, register)
        subject = about_whom(
            masked, part.text, all_sentences[part.sentence], others, last, kind=part.cue.kind, context=context_customer_ids,
            viewer=viewer, register=register,
        )  # fmt: skip
        if isinstance(subject, Unclear):
            questions.append(Question(subject.about, masked.unmask(part.text), subject.customer_ids, subject.people, subject.named))
            continue
        last = subject
        whole = masked.unmask(all_sentences[part.sentence]) if len(parts) == 1 else ""
        for customer_id in subject.customer_ids:
            if fact is None:
                facts.append(_fact(part, masked, subject, customer_id, today, linker, register, whole))
                continue
            service = _service(linker, register, customer_id, fact.words)
            person_id = _known_person(masked, fact.person, customer_id)
            facts.append(replace(fact, customer_id=customer_id, person_id=person_id, service=service))
    if facts or questions:
        refused = any(question.named for question in questions)
        reason = "fact" if facts else "refused" if refused else "ask"
        return UpdateReading(tuple(facts), questions[0] if questions else None, refused, True, reason)
    ordered = any(is_order(folded(sentence, language)) for sentence in all_sentences)
    return UpdateReading(reason=skipped[0] if skipped and not ordered else "no_fact")


_EMAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d().-]{7,}\d")
