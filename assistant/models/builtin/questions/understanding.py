"""What a question asks: kind of answer, customers, people, services, time, and the content words an answer must be about."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from assistant.models.builtin.questions.claims import Claim, claims_in, only_says
from assistant.models.builtin.questions.idioms import Idiom, idiom_asked
from assistant.models.builtin.questions.then_and_now import of_then_or_now, then_and_now
from assistant.models.builtin.questions.told import told_stretches
from knowledge.access import Viewer
from knowledge.language.concepts import Concept, concepts
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.detection import detect
from knowledge.language.names import company_forms
from knowledge.language.numbers import find_percentages
from knowledge.language.periods import Period, find_period
from knowledge.language.tokens import codes, normalise
from knowledge.language.vocabulary import (
    Language,
    both_languages,
    section_alternatives,
    section_expressions,
    section_words,
    word_set,
    words_beside,
)
from knowledge.linking import CustomerMention, Linker, PersonMention


@dataclass(frozen=True)
class Understanding:
    """A question, understood.

    question   standing on its own: what a follow-up leaves out is filled in
    own        the person's words of this turn
    asks       kinds of answer asked for, in order of preference (asks.toml)
    customers  ids that the viewer may see; `unseen` = it names somebody or something of a customer that they may not see
    focus      content words that an answer must be about; names of customers are not among them
    inherited  concept names taken over from earlier turns: they help to find, but need not be covered
    counted    words after "berapa" / "how many": what is counted or measured
    """

    question: str
    own: str
    language: Language
    asks: tuple[str, ...]
    customers: tuple[int, ...] = ()
    customer_spans: tuple[tuple[int, int], ...] = ()
    unseen: bool = False
    people: tuple[PersonMention, ...] = ()
    services: tuple[str, ...] = ()
    period: Period | None = None
    dates: tuple[DateSpan, ...] = ()
    codes: tuple[str, ...] = ()
    focus: tuple[Concept, ...] = ()
    inherited: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()  # kinds of document that the question names ("menurut notulen")
    today: date = field(default_factory=date.today)
    claims: tuple[Claim, ...] = ()  # values that the question states, where it asks whether they hold
    told: tuple[tuple[int, int], ...] = ()  # where the question only tells: of less weight than what it asks
    idiom: Idiom | None = None  # what it asks of agreements in words of its own
    said: str = ""  # the person's words, where `own` is not quite them

    @property
    def subject(self) -> str:
        """What was asked, in the person's words, to be quoted in an answer."""
        return (self.said or self.own).strip(" ?!.").strip()

    def asks_for(self, *kinds: str) -> bool:
        return any(kind in self.asks for kind in kinds)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words_beside(__file__, "asks")
    return {kind: re.compile("|".join(both_languages(both))) for kind, both in table.items()}


def kinds_of_answer(text: str) -> tuple[str, ...]:
    """The kinds of answer that a question asks for, best first."""
    plain = normalise(text)
    return tuple(kind for kind, pattern in _patterns().items() if pattern.search(plain))


DEADLINE = section_words(__file__, "understanding", "deadline")
NOTICE = section_words(__file__, "understanding", "notice")
PERIOD_ONLY = re.compile(rf"\b(?:{section_alternatives(__file__, 'understanding', 'period')})\b(?! lagi)")
LEFT = section_expressions(__file__, "understanding", "left")
COUNTED = re.compile(rf"\b(?:{section_alternatives(__file__, 'understanding', 'counted')})\s+((?:[\w-]+\s*){{1,2}})", re.IGNORECASE)
_PHRASE = 2
_CLASSIFIERS = word_set(words_beside(__file__, "understanding")["classifiers"])
_CHANNELS = word_set(words_beside(__file__, "understanding")["channels"])
_PHONE_NUMBER = section_expressions(__file__, "understanding", "phone_number", re.IGNORECASE)
_APPOSITION = re.compile(rf"\b(?P<word>{section_alternatives(__file__, 'understanding', 'apposition')})\s+$", re.IGNORECASE)

_OPENING = re.compile(rf"(?:^|(?<=[.!?:;,]\s))(?:{section_alternatives(__file__, 'understanding', 'opening')})\b", re.IGNORECASE)


def _asks(text: str, question: str) -> tuple[str, ...]:
    """Kinds of answer; a day by which notice must be given is a deadline however it is asked for."""
    asks = kinds_of_answer(text) or kinds_of_answer(question)
    plain = normalise(text)
    if NOTICE.search(plain) and DEADLINE.search(plain) and (LEFT.search(plain) or not PERIOD_ONLY.search(plain)):
        return ("deadline", *(kind for kind in asks if kind != "deadline"))
    return tuple(kind for kind in asks if kind != "deadline")


@cache
def _question_words() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Words that only ask, and the kinds of document that a word of the question names."""
    table = words_beside(__file__, "question_words")
    return word_set(table["asking"]), {word: frozenset(kinds) for words, kinds in table["sources"].items() for word in words.split()}


def sources_of(word: str) -> frozenset[str]:
    """Kinds of document that a word of a question names."""
    return _question_words()[1].get(word, frozenset())


def understand(
    text: str,
    *,
    question: str,
    inherited: str,
    linker: Linker,
    viewer: Viewer,
    today: date,
    language: Language | None = None,
    inherited_customers: tuple[int, ...] = (),
) -> Understanding:
    """Understand one turn. `question` is `text` made to stand alone; `inherited` the words that were added from earlier turns."""
    asking, sources = _question_words()
    mentions = linker.customers(question)
    strong = [mention for mention in mentions if mention.score >= 0.8]
    if strong:  # part of another customer's name beside a full one is most likely an ordinary word, unless it is written as a name
        people_at = [(person.start, person.end) for person in linker.people(question)]
        mentions = [mention for mention in mentions if mention in strong or _as_name(mention, people_at)]
    visible: list[int] = []
    unseen = hinted = False
    for mention in mentions:
        seen = [number for number in mention.customer_ids if viewer.may_see(number)]
        unseen = unseen or not seen and mention.score >= 0.8
        hinted = hinted or not seen
        visible += [number for number in seen if number not in visible]
    unseen = unseen or hinted and not visible  # part of a name beside a full one is most likely an ordinary word
    people = [person for person in linker.people(question) if person.text[:1].isupper() or not _plain_word(person.text, asking)]
    kept = []
    for person in people:
        if person.customer_ids and not any(viewer.may_see(number) for number in person.customer_ids):
            unseen = unseen or len(person.text.split()) > 1 or not visible  # a bare first name may be somebody else
        else:
            kept.append(person)
    dates = find_dates(question, today)
    spans = [(mention.start, mention.end) for mention in mentions] + [(span.start, span.end) for span in dates]
    spans += _provider_spans(question, linker)
    spans += [match.span("word") for start, _ in spans[: len(mentions)] if (match := _APPOSITION.search(question, 0, start))]
    spans += [match.span() for match in _OPENING.finditer(question)]
    asks = _asks(text, question)
    claims: tuple[Claim, ...] = ()
    spans += [(span.start, span.end) for span in find_percentages(question)]  # "who approves 10 %?": a sentence that answers need not say 10
    if {"conflict", "yesno"} & set(asks):  # who said it, and the number that was said, are not what it is about
        spans += [(person.start, person.end) for person in kept]
        claims = claims_in(question, today)
        spans += [(claim.start, claim.end) for claim in claims]
        if "conflict" in asks:
            asks = tuple(kind for kind in asks if kind != "email")  # "the e-mail and the minutes differ"
            dates = [span for span in dates if not any(claim.kind == "date" and claim.start < span.end and span.start < claim.end for claim in claims)]
        asks = (*(kind for kind in dict.fromkeys(claim.kind for claim in claims) if kind not in asks), *asks)
    added = {name for concept in concepts(inherited) for name in concept.names}
    focus = tuple(
        concept
        for concept in concepts(question)
        if not any(start < concept.end and concept.start < end for start, end in spans)
        and not _only_asks(concept.text, asking | sources.keys())
        and not (concept.names <= added)
    )
    if not focus:  # a question about the documents themselves
        focus = tuple(concept for concept in concepts(question) if normalise(concept.text) in sources)
    if "conflict" in asks:
        focus = tuple(concept for concept in focus if not only_says(concept.text)) or focus
    if then_and_now(normalise(question)):
        focus = tuple(concept for concept in focus if not of_then_or_now(concept.text))
    services = linker.services(question)
    period = find_period(question, today)
    idiom = idiom_asked(text, period is not None) if visible or inherited_customers else None
    asks = idiom.wanted(asks) if idiom else asks
    return Understanding(
        question=question,
        own=text,
        language=language or detect(text),
        asks=asks,
        customers=tuple(visible) or inherited_customers,
        customer_spans=tuple((mention.start, mention.end) for mention in mentions),
        unseen=unseen,
        people=tuple(kept),
        services=tuple(dict.fromkeys(code for service in services for code in service.codes)),
        period=None if "conflict" in asks and any(claim.kind == "date" for claim in claims) else period,
        dates=tuple(dates),
        codes=tuple(codes(question)),
        focus=focus,
        inherited=frozenset(added),
        counted=_counted(normalise(text)),
        sources=frozenset().union(*(sources.get(word, frozenset()) for word in re.findall(r"[\w-]+", normalise(_without_things(text, linker))))),
        today=today,
        claims=claims,
        told=told_stretches(question),
        idiom=idiom,
    )


def _counted(plain: str) -> frozenset[str]:
    """Names of what is counted: "how many laptops", and of what was named before a mere classifier: "laptop berapa unit"."""
    match = COUNTED.search(plain)
    if match is None:
        return frozenset()
    words = [word for word in match[1].split() if word not in _CLASSIFIERS]
    words = words or plain[: match.start()].split()[-_PHRASE:]
    return frozenset(name for concept in concepts(" ".join(words)) for name in concept.names)


def _without_things(text: str, linker: Linker) -> str:
    """The question without what is no document though its word may name one: a service "Telepon IP", a phone's number."""
    things = [(service.start, service.end) for service in linker.services(text)]
    things += [(concept.start, concept.end) for concept in concepts(text) if " " in concept.text and concept.text.lower().split()[0] in _CHANNELS]
    for start, end in things:
        text = text[:start] + " " * (end - start) + text[end:]
    return _PHONE_NUMBER.sub(" ", text)


def _provider_spans(question: str, linker: Linker) -> list[tuple[int, int]]:
    """Where the provider itself is named ("siapa dari <provider> yang …"): what its own people write of itself rarely says so."""
    names = {form for name in linker.provider_names for form in company_forms(name)}
    found = (match.span() for name in names if len(name) > 2 for match in re.finditer(rf"\b{re.escape(name)}\b", question, re.IGNORECASE))
    return list(found)


def _as_name(mention: CustomerMention, people: list[tuple[int, int]]) -> bool:
    """Whether a part of a customer's name stands in the sentence as a name, and is nobody's else."""
    alone = not any(start < mention.end and mention.start < end for start, end in people)
    return alone and mention.start > 0 and mention.text[:1].isupper() and len(mention.text) >= 5


def _only_asks(text: str, asking: AbstractSet[str]) -> bool:
    """Whether a word, or each word of a phrase ("paling lambat"), says how it is asked and not what it is about."""
    return bool({_plain(text), normalise(text)} & asking) or " " in text and set(normalise(text).split()) <= asking


def _plain(text: str) -> str:
    """The word without "-nya", in normal form."""
    word = normalise(text)
    return word.removesuffix("nya") if len(word) > 6 else word


def _plain_word(text: str, asking: frozenset[str]) -> bool:
    """Whether a lower-case word that looks like somebody's name is an ordinary word ("waktu", "budi" in "budi daya")."""
    word = normalise(text)
    return word in asking or any(name.startswith("#") for concept in concepts(word) for name in concept.names)
