"""Reads a chat message as facts about customers: what kind, about whom, by when, how much."""

import re
from dataclasses import replace
from datetime import date

from assistant.proposals.about import Subject, Unclear, about_whom, only_denied
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
from assistant.proposals.contacts import contact_change_as, read_contact_change
from assistant.proposals.cues import Cue
from assistant.proposals.due import due_in
from assistant.proposals.facts import fact_of, service_in, tidy
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
from assistant.proposals.strange_names import without_address
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


def _known_person(masked: Masked, name: str | None, customer_id: int) -> int | None:
    positions = [position for mention in masked.names.values() for position in mention.positions]
    return next(
        (position.person_id for position in positions if position.name == name and position.customer_id == customer_id),
        None,
    )


def _tells(cue: Cue | None, judgement: Judgement | None) -> bool:
    """Whether a question that is reported of somebody tells a fact: to the rules, or surely to the heads."""
    return (cue is not None and cue.kind == "opportunity") or (judgement is not None and judgement.kind is not None and judgement.sure >= _SURE)


def _under_heading(fact: Fact, message: str, heading: str) -> Fact:
    """The fact with the heading above it among its words: it says where it was told."""
    beside = f"{heading} {fact.words}"
    return replace(fact, words=beside if beside in message else f"{heading} … {fact.words}")


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
    all_sentences = sentences(masked.text)
    for number, sentence in enumerate(all_sentences):
        norm = folded(sentence, language)
        reason = _skip(norm)
        judgement = weigher.judged([sentence])[0]
        if reason == "question" and is_their_question(norm) and _tells(weigher.rule(sentence), judgement):
            reason = None
        if reason and not (reason == "hypothetical" and pattern("kinds", "risk").search(norm)):
            skipped.append(reason)
            continue
        change = read_contact_change(masked, sentence)
        if change and judgement and judgement.kinds["contact_change"] < _DISMISSED:
            change = None
        if not change and judgement and judgement.kinds["contact_change"] >= _SURE:
            change = contact_change_as(masked, sentence, judgement.group("contact_change"))
        if change:
            part = Part(sentence, norm, Cue("contact_change"), number)
            words = masked.unmask(sentence)
            template = Fact(
                "contact_change", 0, words, tidy(words), without_address(change.person.name),
                next((p.person_id for p in change.person.positions), None), field=change.field, value=change.value,
                due=due_in(_EMAIL_OR_PHONE.sub(" ", words), today),
                replaces=without_address(change.replaces.name) if change.replaces else None,
                replaces_id=next((p.person_id for p in change.replaces.positions), None) if change.replaces else None,
            )  # fmt: skip
            previous = next((fact for _, fact in reversed(parts) if fact), None)
            if previous and previous.field == "leaving" and template.field == "new" and not template.replaces:
                template = replace(
                    template, replaces=previous.person, replaces_id=previous.person_id, due=template.due or previous.due
                )
                parts = [(earlier, fact) for earlier, fact in parts if fact is not previous]
            if previous and previous.field == "away" and template.field == "new" and not previous.value:
                template = replace(previous, value=template.person)
                parts = [(earlier, fact) for earlier, fact in parts if fact is not previous]
            parts.append((part, template))
            parts += [
                (part, None)
                for part in parts_of(weigher, sentence, number)
                if part.cue.stance.tier == 3 or part.cue.kind == "risk"
            ]
            continue
        parts += [(part, None) for part in parts_of(weigher, sentence, number)]
    told_in = {id(part): fact for part, fact in parts}
    joined = with_reactions(masked, all_sentences, [part for part, _ in parts], language)
    parts = [(part, told_in.get(id(part))) for part in joined]
    told = [part for part, _ in parts if part.cue.kind and not part.cue.context]
    unclear = [part for part, _ in parts if part.cue.unclear]
    parts = [(part, template) for part, template in parts if part.cue.kind and (not part.cue.context or not told)]
    parts += [(part, None) for part in unclear if not told]
    last: Subject | None = None
    for index, (part, fact) in enumerate(parts):
        others = [p.text for p, _ in parts[index + 1 :]]
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


_SURE = 0.6
"""Probability from which the trained judgement alone makes a reported question an update, or a sentence a change of contact."""
_DISMISSED = 0.1
"""Probability of a change of contact below which the words that look like one are taken for something else."""
_EMAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d().-]{7,}\d")
