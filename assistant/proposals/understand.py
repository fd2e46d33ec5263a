"""Reads a chat message as facts about customers: what kind, about whom, by when, how much."""

import re
from dataclasses import replace
from datetime import date

from assistant.proposals.about import Subject, Unclear, about_whom, only_denied
from assistant.proposals.changes import SURE, change_in, change_of
from assistant.proposals.changes import joined as joined_changes
from assistant.proposals.classify import merely_asks, ordered_kind
from assistant.proposals.clauses import (
    is_heading,
    is_order,
    is_question,
    is_request,
    is_small_talk,
    is_supposition,
    is_their_question,
    sentences,
)
from assistant.proposals.cues import Cue
from assistant.proposals.facts import fact_of, service_in
from assistant.proposals.implied import with_implied
from assistant.proposals.judging import Judge, Judgement
from assistant.proposals.mentions import Masked, mask
from assistant.proposals.parts import Part, parts_of
from assistant.proposals.phrases import (
    cleaned,
    folded,
    language_of,
    pattern,
)
from assistant.proposals.reactions import with_reactions
from assistant.proposals.reading import Fact, Question, UpdateReading
from assistant.proposals.register import Register
from assistant.proposals.weighing import Weigher
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker


def _subject_before(
    masked: Masked, earlier: list[str], part: Part, context: tuple[int, ...], viewer: Viewer, register: Register
) -> Subject | None:
    """Who the sentences before speak of, if the first fact of the message names nobody ("Just met Ann. She is happy.")."""
    for sentence in reversed(earlier):
        if masked.named(sentence, "customer") or masked.named(sentence, "person"):
            found = about_whom(
                masked,
                sentence,
                sentence,
                [],
                None,
                kind=part.cue.kind,
                context=context,
                viewer=viewer,
                register=register,
            )
            return found if isinstance(found, Subject) else None
    return None


_RHETORICAL = 0.75
"""Probability of a complaint from which a question without a mark is none ("kok bisa ya cadangan Ann kosong tiga hari")."""


def _threatens(norm: str, judgement: Judgement | None) -> bool:
    """Whether a supposition tells something: a threat ("if it slips again, they will leave"), or how somebody would have it."""
    if any(is_question(clause) for clause in norm.split(",")[1:]):
        return False  # "suppose they leave, how much would we lose"
    if pattern("kinds", "risk").search(norm):
        return True
    if judgement is None or is_question(norm):
        return False
    return judgement.kind in ("risk", "improvement") and judgement.sure >= SURE


def _known_person(masked: Masked, name: str | None, customer_id: int) -> int | None:
    positions = [position for mention in masked.names.values() for position in mention.positions]
    return next(
        (position.person_id for position in positions if position.name == name and position.customer_id == customer_id),
        None,
    )


def _with_proposer(found: list[str]) -> list[str]:
    """The sentences; a proposal put as a question stays with the next, which says whose it is ("How about …? That's from Ann.")."""
    kept: list[str] = []
    for sentence in found:
        whose = kept and pattern("clauses", "proposal").match(kept[-1].lower()) and kept[-1].endswith("?")
        if whose and _PERSON.search(sentence) and pattern("clauses", "whose").search(sentence.lower()):
            kept[-1] = f"{kept[-1]} {sentence}"
        else:
            kept.append(sentence)
    return kept


_PERSON = re.compile(r"xperson[a-z]+q")


def _tells(cue: Cue | None, judgement: Judgement | None) -> bool:
    """Whether a question that is reported of somebody tells a fact: to the rules, or surely to the heads."""
    return (cue is not None and cue.kind == "opportunity") or (judgement is not None and judgement.kind is not None and judgement.sure >= SURE)


def _under_heading(fact: Fact, message: str, heading: str) -> Fact:
    """The fact with the heading above it among its words: it says where it was told."""
    beside = f"{heading} {fact.words}"
    return replace(fact, words=beside if beside in message else f"{heading} … {fact.words}")


def _without_denials(parts: list[tuple[Part, Fact | None]]) -> list[tuple[Part, Fact | None]]:
    """The parts without feedback that only says that somebody is not displeased, where the message goes on to what they are."""
    denying = [part for part, fact in parts if fact is None and part.cue.kind == "feedback" and pattern("clauses", "undispleased").search(part.norm)]
    telling = [part for part, _ in parts if part.cue.kind and not part.cue.context and part not in denying]
    return [(part, fact) for part, fact in parts if part not in denying] if telling else parts


def _skip(norm: str) -> str | None:
    if norm.endswith(":") and is_heading(norm):
        return "heading"
    if is_small_talk(norm):
        return "small_talk"
    if is_supposition(norm):
        return "hypothetical"
    if is_question(norm):
        return "question"
    if is_request(norm):
        return "request"
    return "denied" if merely_asks(norm) else None


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
    judge: Judge | None = None,
) -> UpdateReading:
    """The facts that a message tells, each with the customer it is about.

    Where the customer of a fact is open, `asked` holds the question; where the message names somebody outside the viewer's
    portfolio, `refused` is set as well, the same for a name that nobody knows and for one that this viewer may not know.
    `context_customer_ids`: customers of the conversation so far; one of them answers for a message that names none.
    """
    message, register = cleaned(text), register or Register()
    language = lang or language_of(message)
    masked = mask(message, linker, viewer, register, alone=not context_customer_ids)
    weigher = Weigher(masked, language, today, judge)
    facts: list[Fact] = []
    questions: list[Question] = []
    skipped: list[str] = []
    parts: list[tuple[Part, Fact | None]] = []
    all_sentences = _with_proposer(sentences(masked.text))
    for number, sentence in enumerate(all_sentences):
        norm = folded(sentence, language)
        reason = _skip(norm)
        judgement = weigher.judged([sentence])[0]
        if reason == "question" and is_their_question(norm) and _tells(weigher.rule(sentence), judgement):
            reason = None
        if reason == "question" and not norm.rstrip().endswith("?") and weigher.named(sentence) and judgement and judgement.kind == "complaint":
            reason = reason if judgement.sure < _RHETORICAL else None
        if reason and not (reason == "hypothetical" and _threatens(norm, judgement)):
            skipped.append(reason)
            continue
        if parts and parts[-1][1] and parts[-1][0].sentence == number - 1 and pattern("contacts", "nobody_follows").search(norm):
            continue
        change = change_in(weigher, sentence, number, judgement)
        if change:
            parts += [(change.part, change.fact), *((part, None) for part in change.besides)]
            continue
        parts += [(part, None) for part in parts_of(weigher, sentence, number)]
    parts = [(part, fact or (change_of(weigher, part) if part.cue.kind == "contact_change" else None)) for part, fact in parts]
    parts = [(part, fact) for part, fact in joined_changes(parts) if fact or part.cue.kind != "contact_change" or ordered_kind(part.norm)]
    parts = with_implied(weigher, all_sentences, parts)
    told_in = {id(part): fact for part, fact in parts}
    joined = with_reactions(masked, all_sentences, [part for part, _ in parts], language)
    parts = [(part, told_in.get(id(part))) for part in joined]
    parts = _without_denials(parts)
    facts_told = [part for part, _ in parts if part.cue.kind and not part.cue.context]
    unclear = [part for part, _ in parts if part.cue.unclear]
    parts = [(part, template) for part, template in parts if part.cue.kind and (not part.cue.context or not facts_told)]
    parts += [(part, None) for part in unclear if not facts_told]
    last: Subject | None = None
    for index, (part, fact) in enumerate(parts):
        others = [p.text for p, _ in parts[index + 1 :]] + all_sentences[part.sentence + 1 :]
        if last is None and part.sentence:
            last = _subject_before(masked, all_sentences[: part.sentence], part, context_customer_ids, viewer, register)
        if only_denied(masked, part.text) and fact is None:
            continue
        subject = about_whom(
            masked, part.text, all_sentences[part.sentence], others, last, kind=part.cue.kind, context=context_customer_ids,
            viewer=viewer, register=register,
        )  # fmt: skip
        if isinstance(subject, Unclear):
            questions.append(
                Question(subject.about, masked.unmask(part.text), subject.customer_ids, subject.people, subject.named)
            )
            continue
        if part.cue.unclear:
            questions.append(Question("kind", masked.unmask(part.text), kinds=part.cue.unclear))
            continue
        last = subject
        whole = masked.unmask(all_sentences[part.sentence]) if len(parts) == 1 else ""
        for customer_id in subject.customer_ids:
            if fact is None:
                facts.append(fact_of(part, masked, subject, customer_id, today, linker, register, whole))
                continue
            service = service_in(linker, register, customer_id, fact.words)
            person_id = _known_person(masked, fact.person, customer_id)
            facts.append(replace(fact, customer_id=customer_id, person_id=person_id, service=service))
    facts = [_under_heading(fact, message, masked.unmask(all_sentences[0])) for fact in facts] if "heading" in skipped else facts
    if facts or questions:
        refused = any(question.named for question in questions)
        reason = "fact" if facts else "refused" if refused else "ask"
        return UpdateReading(tuple(facts), questions[0] if questions else None, refused, True, reason)
    ordered = any(is_order(folded(sentence, language)) for sentence in all_sentences)
    return UpdateReading(reason=skipped[0] if skipped and not ordered else "no_fact")

