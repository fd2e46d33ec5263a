"""An agreement as a whole: its number, parties, dates and terms, and all that its clauses say."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.amending import UNDER_AGREEMENT, amending_clauses
from knowledge.intake.prose.amendments import read_changes
from knowledge.intake.prose.classify import DocumentClass
from knowledge.intake.prose.clauses import read_clauses, settle_duties
from knowledge.intake.prose.credits import as_json, closed, credit_rules, row_rule
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.facts import AgreementDraft, ClauseDraft, NameFinder, ProseFacts
from knowledge.intake.prose.obligations import read_obligations
from knowledge.intake.prose.parties import (
    Party,
    find_parties,
    name_parties,
    role_words,
    settle_sides,
    with_known_customer,
)
from knowledge.intake.prose.targets import read_targets
from knowledge.intake.prose.terms import (
    find_bare_date,
    find_effective,
    find_signed_on,
    find_start_clause,
    read_opening_notice,
    read_opening_terms,
    read_sole_term,
    read_terms,
)
from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import alternation, any_of, pattern, words
from knowledge.language.dates import find_dates

_KINDS = {"agreement": "contract"}
_CODE = r"(?=[\w./\-]*\d)[A-Z0-9][A-Z0-9]*(?:[./\-][A-Z0-9]+)+|(?=\w*[A-Z])(?=\w*\d)\w{4,}"
_LABELLED = re.compile(
    rf"(?<!\w)(?P<label>{alternation(words('agreement.number_labels'))})\s*[:.#]*\s*(?P<code>{_CODE})(?!\w)",
    re.IGNORECASE,
)
_LONE_CODE = re.compile(
    r"(?<![\w/.-])(?!\d{1,2}[./-][A-Z]+[./-]\d{2,4}(?!\w))(?=[\w./-]*\d)(?=[\w./-]*[A-Z])(?:[A-Z]|\d+(?=[\w/.-]*[/-][A-Z]{2}))[A-Z0-9]*(?:[./-][A-Z0-9]+)+(?![\w])"
)
_AMENDS_BEFORE = re.compile(rf"(?<!\w)(?:{alternation(words('agreement.amends'))})(?!\w)[^.;\n]*$", re.IGNORECASE)
_AGREEMENT_WORD = re.compile(any_of("agreement.agreement_words"), re.IGNORECASE)
_AGREEMENT_DATED = re.compile(
    rf"(?<!\w)(?:{alternation(words('agreement.amends'))})\s+(?:the\s+)?(?:[\w&/-]+\s+){{0,5}}?(?:perjanjian|kontrak|agreement|contract)[^.;]{{0,50}}?"
    r"(?:dated(?:\s+as\s+of)?|tertanggal|tanggal)\s+",
    re.IGNORECASE,
)
_ORDER_NUMBER = re.compile(rf"{any_of('classification.statement_of_work.title')}\s*(?:no\.?|nomor|number|#)?\s*[:.]?\s*(?P<code>\d{{3,10}})(?![\w/.-]*\w)", re.IGNORECASE)
"""An order may be numbered with nothing but digits: "Order form 5512"."""
_OPENING_LINES = 8
_BELOW = ("sla", "statement_of_work")
"""Kinds that stand under another agreement, whose number they give."""
_NOT_WITH_CUSTOMERS = ("ola", "underpinning_contract")
"""Kinds in which a customer may be named as who stands behind it, but is no party."""
_SHORTEST_CODE, _SHORTEST_IN_TITLE = 6, 4


def read_agreement(
    facts: ProseFacts,
    doc: LoadedDocument,
    placed: Sequence[PlacedBlock],
    klass: DocumentClass,
    names: NameFinder,
    today: date,
) -> None:
    """Fills `facts` with the agreement, its clauses, targets, obligations and, for an amendment, its changes."""
    clauses = amending_clauses(placed) if klass.kind == "amendment" else read_clauses(placed)
    opening = [item for item in placed if item.locator.clause is None and item.block.kind != "table_row"]
    lines = [item.text for item in opening]
    parties = with_known_customer(find_parties(lines, names), [klass.title, *lines[:_OPENING_LINES]], names) if klass.kind not in _NOT_WITH_CUSTOMERS else find_parties(lines, names)
    texts = [clause.text for clause in clauses]
    name_parties(parties, [*texts, *(clause.heading for clause in clauses)])
    settle_sides(parties, texts)
    draft = _start(doc, placed, klass)
    draft.signed_on = find_signed_on(lines, today) or find_bare_date(lines[:_OPENING_LINES], today)
    draft.effective_from = find_effective([*lines[:8]], today)
    _set_numbers(draft, lines, [clause.text for clause in clauses[:3]], doc.name)
    if draft.number is None and (ordered := _ORDER_NUMBER.search(klass.title)):
        draft.number = ordered["code"]
    if draft.kind == "amendment":
        draft.effective_from = draft.effective_from or find_start_clause(clauses, today)
        draft.signed_on = draft.signed_on or draft.effective_from or klass.dated
        _set_amended_date(draft, [klass.title, *lines[:_OPENING_LINES]], today)
    _set_parties(draft, parties, names, "\n".join([klass.title, *lines[:8]]))
    sides = {side: role_words(parties, side) for side in ("provider", "customer")}
    settle_duties(clauses, sides, "provider" if draft.kind == "ola" else None)
    read_terms(draft, clauses, today)
    read_opening_terms(draft, lines[: 2 * _OPENING_LINES], today)
    if draft.kind != "amendment":
        read_sole_term(draft, [item.text for item in placed if item.block.kind not in ("metadata", "table_row")], today)
    read_opening_notice(draft, lines[: 2 * _OPENING_LINES])
    _set_precedence(draft, clauses)
    _set_credits(clauses, placed, amending=draft.kind == "amendment")
    facts.agreement, facts.clauses = draft, clauses
    facts.targets = read_targets(clauses, placed, amending=draft.kind == "amendment")
    facts.obligations = read_obligations(clauses, parties)
    if draft.kind == "amendment":
        facts.changes = read_changes(draft, clauses, today)
    for target in facts.targets:
        target.valid_from = draft.effective_from
        if draft.ends_on and pattern("classification.statement_of_work.title").search(draft.title):
            target.extra["valid_until"] = draft.ends_on.isoformat()  # an order changes what holds for its period only


def _start(doc: LoadedDocument, placed: Sequence[PlacedBlock], klass: DocumentClass) -> AgreementDraft:
    first = next((item for item in placed if item.block.kind != "metadata"), placed[0])
    named = next(
        (
            item
            for item in placed[:6]
            if pattern("agreement.number_labels").search(item.text) and _LABELLED.search(item.text)
        ),
        first,
    )
    kind = _KINDS.get(klass.kind, klass.kind)
    return AgreementDraft(
        named.passage,
        named.locator,
        named.text,
        kind=kind,
        title=klass.title or doc.title or doc.name,
        internal=klass.internal,
    )


def _set_numbers(draft: AgreementDraft, opening: Sequence[str], clauses: Sequence[str], file_name: str) -> None:
    """The document's own number, and for an amendment that of the agreement it amends."""
    amendment = draft.kind == "amendment"
    if amendment and (under := next((match for line in opening[:6] if (match := UNDER_AGREEMENT.match(line))), None)):
        own = next((match[0] for match in _LONE_CODE.finditer(draft.title) if len(match[0]) >= _SHORTEST_IN_TITLE), None)
        draft.amends_number, draft.number = under["code"], own
        return
    for line in [*opening[:12], *(clauses if amendment else [])]:
        for match in _LABELLED.finditer(line):
            code = match["code"].rstrip(".,")
            base = _AMENDS_BEFORE.search(line[: match.start()]) or _AGREEMENT_WORD.search(line[: match.end("label")])
            if amendment and (base or draft.number == code):
                draft.amends_number = draft.amends_number or code
            elif draft.kind in _BELOW and _AMENDS_BEFORE.search(line[: match.start()]):
                draft.extra.setdefault("annex_of", code)
            elif draft.number is None and line in opening:
                draft.number = code
    if draft.number is None or (amendment and draft.amends_number is None):
        for line in opening[:6]:
            for match in _LONE_CODE.finditer(line):
                code = match[0].rstrip(".,")
                if len(code) < (_SHORTEST_IN_TITLE if line == opening[0] else _SHORTEST_CODE) or code == draft.extra.get("annex_of"):
                    continue
                if amendment and code != draft.number:
                    draft.amends_number = draft.amends_number or code
                elif draft.kind in _BELOW and _AMENDS_BEFORE.search(line[: match.start()]):
                    draft.extra.setdefault("annex_of", code)
                elif not amendment:
                    draft.number = draft.number or code
    if amendment and draft.amends_number is None and draft.number and draft.number in file_name:
        # "Adendum-1_PK-12-2030": the only number given is that of the agreement.
        draft.number, draft.amends_number = None, draft.number


def _set_amended_date(draft: AgreementDraft, lines: Sequence[str], today: date) -> None:
    """extra["amends_dated"]: the day of the amended agreement ("atas Kontrak tanggal …")."""
    for line in lines:
        for match in _AGREEMENT_DATED.finditer(line):
            spans = [
                span for span in find_dates(line[match.end() :], today) if span.has_year and span.precision == "day"
            ]
            if spans and spans[0].start <= 1:
                draft.extra.setdefault("amends_dated", spans[0].value.isoformat())


def _set_parties(draft: AgreementDraft, parties: Sequence[Party], names: NameFinder, opening: str) -> None:
    draft.parties = [{"name": party.name, "roles": party.roles, "side": party.side} for party in parties]
    customer = next((party for party in parties if party.side == "customer"), None)
    provider = next((party for party in parties if party.side == "provider"), None)
    mentions = names.customers(opening)
    draft.provider = provider.name if provider else None
    draft.counterparty = customer.name if customer else None
    draft.customer_id = (customer.customer_id if customer else None) or (
        mentions[0].id if draft.kind not in _NOT_WITH_CUSTOMERS and len({mention.id for mention in mentions}) == 1 else None
    )
    if draft.kind == "underpinning_contract" and provider:
        draft.counterparty = provider.name


def _set_precedence(draft: AgreementDraft, clauses: Sequence[ClauseDraft]) -> None:
    for clause in clauses:
        if clause.topic == "precedence":
            draft.extra.setdefault("precedence", clause.text)
            draft.extra.setdefault("precedence_clause", clause.number)


def _set_credits(clauses: Sequence[ClauseDraft], placed: Sequence[PlacedBlock], amending: bool) -> None:
    for clause in clauses:
        named = clause.topic in ("credit", "credit_cap", "service_level")
        if not named and not pattern("targets.credit").search(clause.text):
            continue
        rows = [
            item.block.cells
            for item in placed
            if item.block.kind == "table_row" and (item.locator.clause or "") in (clause.number, "") and item.passage in clause.passages
        ]
        if amending and any(edit.old for edit in edits_in(clause.text)):
            continue  # "4% shall read 6%": the rules follow from the clause that it amends
        rules = closed([rule for cells in rows if (rule := row_rule(cells))]) or (
            credit_rules(clause.text) if clause.topic != "service_level" or pattern("targets.credit").search(clause.text) else []
        )
        if rules and (named or any(rule.below or rule.step for rule in rules)):  # under a heading that says nothing of it
            clause.extra["credit"] = as_json(rules)
