"""The built-in model's thinking for one turn: understand, choose tools, compose."""

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.models.builtin.composing import compose
from assistant.models.builtin.planning import Call, calls_for, credits_told
from assistant.models.builtin.questions.again import asked_again, each_thing
from assistant.models.builtin.questions.followups import NUMBER, TurnState, language_of, stand_alone
from assistant.models.builtin.questions.several import leans, questions_in
from assistant.models.builtin.questions.supposed import Supposed, supposed
from assistant.models.builtin.questions.then_and_now import then_and_now
from assistant.models.builtin.questions.twofold import Wanted, values_wanted
from assistant.models.builtin.questions.understanding import NOTICE, Understanding, understand
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.overview import overview_answer
from assistant.models.builtin.sentences.phrasing import phrase, shorten
from assistant.models.builtin.sentences.term import AGREEMENT
from assistant.models.builtin.sentences.twofold import all_told
from assistant.models.builtin.weighing.judging import gives_all
from assistant.overviews.asking import ATTENTION, aspect_of
from assistant.tools.agreements.promising import asks_to_promise
from assistant.tools.desk import Desk
from assistant.tools.naming.files import MissingFile, missing_file
from assistant.tools.naming.names import in_documents, linker_for, with_described, without_unknown
from assistant.tools.naming.spelling import respelled
from knowledge.language.letter_case import calm
from knowledge.language.tokens import normalise
from knowledge.records.customers import Customer


def _customers_of_people(asked: Understanding, desk: Desk) -> tuple[int, ...]:
    """The one customer that the people named are of, if the question is about an agreement."""
    if not (asked.claims or asks_to_promise(asked.question) or AGREEMENT.search(asked.question) or NOTICE.search(normalise(asked.question))):
        return ()
    found = {number for person in asked.people for number in person.customer_ids if desk.viewer.may_see(number)}
    return tuple(found) if len(found) == 1 else ()


_SHORT = 5
OF_SOMEBODY = re.compile(r"\w{2,}nya\b|\b(?:dia|beliau|his|her|their)\b", re.IGNORECASE)
"""Speaks of somebody without a name."""


_QUOTED = re.compile("“[^”]*”")
WHOLE = 0.9
"""A sentence that carries so much of a message with several questions answers them together."""
WHOLE_OF_ONE = 0.6
"""The same where one of the questions only points to the thing of another."""


class Brain:
    """One turn of one conversation. `plan` and `compose` are called by the chat model that wraps it."""

    def __init__(self, desk: Desk, before: TurnState | None = None) -> None:
        self.desk = desk
        self.before = before
        self.asked: Understanding | None = None
        self.composed: Composed | None = None
        self.calls: list[Call] = []
        self.findings: Findings | None = None
        self.unknown: tuple[str, ...] = ()
        self.supposed: Supposed | None = None
        """Who it is, as the message supposes."""
        self.missing_file: MissingFile | None = None
        self.parts: list[Brain] = []
        """One for each question of a message that asks several."""
        self.wanted: list[Wanted] = []
        """The values of one thing that the message asks for, where it asks for several."""
        self._again: list[Brain] = []
        """One for each simpler question, where the message was not answered as it stands."""

    def understand(self, text: str) -> Understanding:
        desk, said = self.desk, text
        self.supposed = supposed(text, desk.linker)
        text = self.supposed.question if self.supposed else text
        text = respelled(text, lambda word: in_documents(desk.session, desk.viewer, word))
        desk.linker = linker_for(text, desk.linker, desk.viewer)
        known = without_unknown(text, desk.linker, desk.today, lambda name: in_documents(desk.session, desk.viewer, name))
        text, self.unknown = known.text, known.unknown
        if self.before is None or not self.before.customers:
            text = with_described(desk.session, desk.viewer, desk.linker, text)
        alone = stand_alone(text, self.before, desk.linker, desk.today)
        self.asked = understand(
            alone.question if alone.whole else text,
            question=alone.question,
            inherited=alone.inherited,
            linker=desk.linker,
            viewer=desk.viewer,
            today=desk.today,
            language=language_of(text, self.before),
            inherited_customers=tuple(number for number in alone.customers if desk.viewer.may_see(number)),
        )
        if not self.asked.customers and (self.asked.asks_for("yesno", "conflict") or asks_to_promise(text)) and (theirs := _customers_of_people(self.asked, desk)):
            self.asked = replace(self.asked, customers=theirs)  # "Astrid says the notice is 90 days": of her company
        if said != text:
            self.asked = replace(self.asked, said=said)
        return self.asked

    def plans(self, text: str) -> list[list[Call]]:
        """Tools to call for the message as a whole, then for each of its questions where it asks several."""
        found = [self.plan(text)]
        linker = self.desk.linker
        both_times = then_and_now(normalise(text))
        self.wanted = [] if both_times else values_wanted(text)
        asked = [each.question for each in self.wanted] or questions_in(text, linker)
        one = self.missing_file or both_times or (self.asked and self.asked.asks_for("conflict"))  # which of two prevails is one question
        for question in asked if len(asked) > 1 and not one else ():
            part = Brain(self.desk, self.before)
            found.append(part.plan(question))
            self.parts.append(part)
        self.desk.linker = linker
        self.calls = [call for calls in found for call in calls]
        return found

    def plans_again(self) -> list[list[Call]]:
        """Tools to call for the message put more simply, where nothing is known of it as it stands, or the answer says little of it; [] else."""
        if self._again or self.asked is None or self.composed is None or self.asked.unseen or self.unknown:
            return []
        linker, told = self.desk.linker, self.composed
        if told.abstained and told.reason == "not_known":
            questions = asked_again(self.asked.own, linker)
        else:
            questions = each_thing(self.asked.own, linker) if 0 < told.covers < WHOLE and not self.parts else []
        found = []
        for question in questions:
            part = Brain(self.desk, self.before)
            found.append(part.plan(question))
            self._again.append(part)
        self.desk.linker = linker
        self.calls += [call for calls in found for call in calls]
        return found

    @property
    def asking_again(self) -> bool:
        """Whether simpler questions are being asked."""
        return bool(self._again)

    @property
    def planned(self) -> int:
        """How many questions the message was taken for: itself, and each of several in it."""
        return 1 + len(self.parts)

    def compose_again(self, results: dict[int, dict[str, Any]]) -> Composed:
        """The answers to the simpler questions, and which of them has none; the answer before where none has."""
        assert self.asked is not None and self.composed is not None
        told = [part.compose(results.get(number, {})) for number, part in enumerate(self._again, self.planned)]
        enough = any if self.composed.abstained else all
        if enough(not each.abstained for each in told) and (self.composed.abstained or len({each.text for each in told}) > 1):
            lines = dict.fromkeys(part.told(self.asked.subject) for part in self._again)
            self.composed = Composed("\n".join(lines), found=[name for each in told for name in each.found])
        return self.composed

    def compose_all(self, results: dict[int, dict[str, Any]]) -> Composed:
        """The answer: one for the whole message where one query gives all that it asks, else one for each of its questions."""
        whole = self.compose(results.get(0, {}))
        enough = WHOLE_OF_ONE if any(part.asked and leans(part.asked.own) for part in self.parts) else WHOLE
        if not self.parts or not self.wanted and (self._gives_all(whole) or self._gives_the_rest(whole) or whole.covers >= enough):
            return whole
        told = [part.compose(results.get(number, {})) for number, part in enumerate(self.parts, 1)]
        if self.wanted and self.asked and not self.asked.unseen:
            self.composed = all_told(self.wanted, told, whole, self.desk.today, self.desk.linker, self.asked.language)
            return self.composed
        if all(each.abstained for each in told):
            return whole
        if self.asked and (self.asked.unseen or len({each.text for each in told}) < 2):
            return whole
        lines = [part.told(self.asked.subject if self.asked else "") for part in self.parts]
        self.composed = Composed("\n".join(lines), found=[name for each in told for name in each.found])
        return self.composed

    def told(self, message: str) -> str:
        """The answer as one of several to a message; what is not known is said in a sentence, in the message's own words."""
        assert self.asked is not None and self.composed is not None
        if self.composed.abstained and self.composed.reason == "not_known":
            same = SequenceMatcher(None, message, self.asked.subject, autojunk=False).find_longest_match()
            return phrase("not_known", self.asked.language, subject=f"“{shorten(message[same.a : same.a + same.size].strip(), 120)}”").strip()
        return self.composed.text.removesuffix(phrase("gap_kept", self.asked.language)).strip()

    def _gives_all(self, whole: Composed) -> bool:
        """Whether the answer to the message as a whole is that of one query, and that has a value for each of its questions."""
        if self.asked is None or self.findings is None or whole.abstained:
            return False
        told = next((each for each in self.findings.records if any(f"[{item.id}]" in whole.text for item in each.evidence)), None)
        return told is not None and gives_all(self.asked, told, [part.asked for part in self.parts if part.asked])

    def _gives_the_rest(self, whole: Composed) -> bool:
        """Whether what the later questions ask for ("and by when?") is told with the answer to the message as a whole."""
        later = [part.asked for part in self.parts[1:] if part.asked]
        return bool(whole.gives) and not whole.abstained and all(asked.asks[:1] and set(asked.asks[:1]) <= whole.gives for asked in later)

    def plan(self, text: str) -> list[Call]:
        """Tools to call for a turn, with their arguments; they find nothing that the viewer may not see.

        A question about a hidden customer takes the same steps as one about a name that nobody knows, so that neither the steps that a
        door shows nor the time tell them apart.
        """
        asked = self.understand(text)
        self.missing_file = missing_file(self.desk, text)
        names = self.customer_names(asked.customers)
        question = asked.question
        if names and not asked.customer_spans:
            question = f"{question} ({', '.join(names)})"
        if overview := self._overview(asked, names):
            return [overview]
        return calls_for(asked, question, names)

    def _overview(self, asked: Understanding, names: list[str]) -> Call | None:
        """The call that answers an open question about one customer, where it is nothing else."""
        if len(names) > 1 or asked.unseen or self.unknown:
            return None
        aspect = aspect_of(asked.question, asked.customer_spans)
        if aspect is None or not (names or aspect == ATTENTION):
            return None
        return "customer_overview", {"customer": names[0] if names else "", "aspect": aspect, "period": asked.question}

    def compose(self, results: dict[str, Any]) -> Composed:
        """The answer from the tools' artifacts, by tool name."""
        assert self.asked is not None
        if self._of_nobody():
            self.composed = Composed(phrase("whose", self.asked.language), abstained=True, reason="whose")
            return self.composed
        if self.missing_file:
            said = phrase(f"file_{self.missing_file.reason}", self.asked.language, file=self.missing_file.name) + phrase("gap_kept", self.asked.language)
            self.composed = Composed(said, abstained=True, reason=f"file_{self.missing_file.reason}")
            return self.composed
        if "customer_overview" in results:
            self.composed = overview_answer(results["customer_overview"], self.asked)
            return self.composed
        self.findings = findings = Findings(
            passages=list(results.get("search_passages") or []),
            records=list(results.get("query_records") or []),
            agreements=list(results.get("agreement_dates") or []),
            known_errors=list(results.get("known_errors") or []),
            commitments=list(results.get("commitments") or []),
            credits=credits_told(self.asked, results.get("credit_due")),
            carried=list(results.get("supporting_targets") or []),
            promise=results.get("may_promise"),
            duties=list(results.get("obligations") or []),
            fees=list(results.get("contract_fees") or []),
            fall=results.get("why_level_fell"),
            fixes=results.get("known_error_fixes"),
            freezes=results.get("change_freezes"),
            claim=results.get("credit_claim_deadline"),
            compared=list(results.get("compare_targets") or []),
            clause=results.get("clause_about"),
            signed=results.get("signatories"),
            added=results.get("fee_with_more"),
            approvers=results.get("discount_approvers"),
        )
        self.composed = compose(self.asked, findings, self.desk, self._places(findings))
        self._hold_against_supposed()
        for name in self.unknown if not self.composed.abstained else ():
            self.composed.text += "\n" + phrase("not_known", self.asked.language, subject=f"“{name}”")
        return self.composed

    def _hold_against_supposed(self) -> None:
        """Says first whether the one who was found is the one whom the message supposes."""
        if self.supposed is None or self.asked is None or self.composed is None or self.composed.abstained:
            return
        names = self.composed.lead or _QUOTED.sub(" ", self.composed.text)
        if self.supposed.holds(names):
            self.composed.text = phrase("supposed_yes", self.asked.language) + self.composed.text
        elif self.desk.linker.people(names):
            self.composed.text = phrase("supposed_no", self.asked.language) + self.composed.text

    def _of_nobody(self) -> bool:
        """ "Nomor hpnya?" where nobody was spoken of: it asks back whose."""
        asked = self.asked
        if asked is None or not (asked.asks_for("phone", "email") or NUMBER.search(asked.own)) or asked.people or asked.customer_spans or self.unknown:
            return False
        leans = asked.own == asked.question or bool(self.before and self.before.abstained)
        return leans and len(asked.own.split()) <= _SHORT and bool(OF_SOMEBODY.search(asked.own)) and (self.before is None or self.before.abstained)

    def state(self) -> TurnState:
        """What the next turn needs to know of this one."""
        assert self.asked is not None
        asked = self.asked
        spans = asked.customer_spans
        return TurnState(
            own=asked.own,
            question=asked.question,
            customers=list(asked.customers),
            customer_text=asked.question[spans[0][0] : spans[0][1]] if spans else ", ".join(self.customer_names(asked.customers)[:1]),
            people=[person.name for person in asked.people],
            found=list(self.composed.found) if self.composed else [],
            language=asked.language,
            abstained=bool(self.composed and self.composed.abstained),
        )

    def customer_names(self, ids: tuple[int, ...]) -> list[str]:
        """Names of customers that were understood, in the order of the ids."""
        rows = self.desk.session.execute(select(col(Customer.id), col(Customer.name)).where(col(Customer.id).in_(ids))).all()
        names = dict(rows)
        return [names[identifier] for identifier in ids if identifier in names]

    def _places(self, findings: Findings) -> list[str]:
        """The files that came nearest, for saying where was looked."""
        sources = dict.fromkeys(calm(item.title) or item.source for item in findings.passages[:4])
        return [source for source in sources if source]
