"""A parsed document → its plan: prose to passages and facts, tables to rows and records, everything linked to its customers."""

from datetime import date
from typing import Any

from knowledge.documents.passages import Passage, to_passages
from knowledge.index.lexical import stem_text
from knowledge.intake.about import about_passage, main_customer, split_mixed, split_rules
from knowledge.intake.known import Known
from knowledge.intake.places import stored
from knowledge.intake.plan import DocumentPlan, Parsed, PlannedPassage
from knowledge.intake.planned_tables import plan_tables
from knowledge.intake.prose.classify import classify
from knowledge.intake.prose.read import read_prose
from knowledge.intake.report import Problem
from knowledge.language.vocabulary import Language

_WORDS_OF_REMARK, _MOST_REMARKS = 4, 50


def plan_document(parsed: Parsed, known: Known, today: date, parent_customer: int | None = None) -> DocumentPlan:
    """The whole plan of a document."""
    doc = parsed.doc
    klass = classify(doc, parsed.source)
    plan = DocumentPlan(parsed.source, parsed.root, {}, parsed.parent)
    passages = split_mixed(doc, to_passages(doc), known.linker) if not parsed.is_table_file else []
    passages = split_rules(doc, passages, known.linker) if klass.kind == "guide" else passages
    plan.facts = read_prose(doc, passages, klass, known.linker, today) if passages else None  # type: ignore[arg-type]
    main = main_customer(doc, parsed.source, plan.facts, known.linker, known.customers)
    if main is None and parent_customer is not None:
        main = parent_customer
    for passage in passages:
        plan.passages.append(_passage(passage, main, parsed, known))
    plan_tables(plan, parsed, known, main)
    if parsed.is_table_file:
        plan.passages += _remarks(plan, parsed, main, known)
    row_customers = {record.customer_id for record in plan.records}
    if main is None and parsed.is_table_file and len(row_customers) == 1 and len(plan.records) > 1:
        main = row_customers.pop()
    for warning in doc.warnings:
        plan.problems.append(Problem(parsed.source, "", warning, "note"))
    plan.document = {
        "source": parsed.source, "root": parsed.root, "sha256": parsed.sha256, "size": parsed.size, "mtime": parsed.mtime, "media": doc.media,
        "kind": "table" if klass.kind == "master_table" else klass.kind, "authority": klass.authority, "title": klass.title or doc.title or "",
        "author": doc.author, "dated": klass.dated or doc.date, "language": doc.language, "internal": klass.internal, "customer_id": main,
        "meta": _meta(parsed, klass.restricted, plan),
    }  # fmt: skip
    return plan


def _remarks(plan: DocumentPlan, parsed: Parsed, main: int | None, known: Known) -> list[PlannedPassage]:
    """Lines above and below the tables of a data file ("25-26 November: A is away, B stands in"), each with the customers that it names.

    One that names nobody is kept only where no row is about a customer: whose it is, nobody could tell.
    """
    of_customers = any(passage.customers for passage in plan.passages)
    said = split_mixed(parsed.doc, to_passages(parsed.doc), known.linker)
    found = [_passage(passage, main, parsed, known) for passage in said if len(passage.text.split()) >= _WORDS_OF_REMARK][:_MOST_REMARKS]
    return [passage for passage in found if passage.customers or not of_customers]


def _meta(parsed: Parsed, restricted: bool, plan: DocumentPlan) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    if parsed.doc.participants:
        meta["participants"] = parsed.doc.participants
    if parsed.doc.subject:
        meta["subject"] = parsed.doc.subject
    if restricted:
        meta["restricted"] = True
    if plan.facts and plan.facts.suspicious:
        meta["suspicious"] = list(plan.facts.suspicious)
    if parsed.doc.hidden_text:
        meta["hidden_text"] = parsed.doc.hidden_text[:20]
    return meta


def _passage(passage: Passage, main: int | None, parsed: Parsed, known: Known) -> PlannedPassage:
    language: Language = "en" if passage.language == "en" else "id"
    dates = [block.date for index in passage.blocks if index < len(parsed.doc.blocks) and (block := parsed.doc.blocks[index]).date]
    return PlannedPassage(
        passage.text, passage.context, passage.kind, language, stored(passage.locator), stem_text(passage.context, passage.text, language),
        dates[0] if dates else parsed.doc.date, about_passage(passage, main, known.linker),
    )  # fmt: skip
