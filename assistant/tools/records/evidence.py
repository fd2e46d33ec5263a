"""Rows behind a query's result as citable evidence."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import records_as_evidence
from knowledge.access import row_clause
from knowledge.queries.compiler import run
from knowledge.queries.results import QueryResult, RecordRef
from knowledge.queries.spec import Filter, QuerySpec
from knowledge.records.documents import Document, SheetRow, SheetTable

QUOTED_ROWS = 6
_MANAGER = "account_manager"
"""Of a customer; of other records, that of their customer."""


def read_refs(desk: Desk, refs: Iterable[RecordRef]) -> dict[tuple[str, int], Evidence]:
    """Records and rows of sheets as evidence by (kind, id), as far as the viewer may see them; not registered yet."""
    pairs = [(ref.kind, ref.id) for ref in refs]
    found = records_as_evidence(desk.session, desk.viewer, [pair for pair in pairs if not pair[0].startswith("sheet:")])
    rows = _sheet_rows(desk.session, desk, {number for kind, number in pairs if kind.startswith("sheet:")})
    return found | {(kind, number): rows[number] for kind, number in pairs if kind.startswith("sheet:") and number in rows}


def kept_evidence(desk: Desk, known: dict[tuple[str, int], Evidence], ref: RecordRef | None) -> Evidence | None:
    """The evidence of a reference, registered: a copy, since each row adds values of its own."""
    evidence = known.get((ref.kind, ref.id)) if ref else None
    return desk.keep(replace(evidence, values={}, notes={})) if evidence else None


def _sheet_rows(session: Session, desk: Desk, ids: Iterable[int]) -> dict[int, Evidence]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(SheetRow, SheetTable, Document)
        .join(SheetTable, col(SheetRow.table_id) == col(SheetTable.id))
        .join(Document, col(SheetRow.document_id) == col(Document.id))
        .where(col(SheetRow.id).in_(wanted), row_clause(desk.viewer))
    ).all()
    return {
        row.id or 0: Evidence(
            id="",
            kind="record",
            quote="; ".join(f"{heading}: {value}" for heading, value in row.cells.items() if value not in (None, "")),
            source=document.source,
            locator={"sheet": table.name or None, "row": row.number},
            title=document.title,
            doc_kind=document.kind,
            dated=document.dated,
            authority=document.authority,
            internal=document.internal,
            language=document.language or "id",
            customers=(row.customer_id,) if row.customer_id else (),
            record=f"sheet:{table.id}:{row.id}",
            passage_id=row.passage_id,
        )
        for row, table, document in rows
    }


def account_managers(desk: Desk, spec: QuerySpec) -> list[Evidence]:
    """Where records are told by the account manager of their customers: the rows of the customers that say who that is."""
    if _MANAGER not in spec.fields or spec.target in ("customer", "contact"):
        return []
    wanted = next((item for item in spec.filters if item.field == _MANAGER), Filter(field=_MANAGER, op="not_null"))
    known = QuerySpec(target="customer", customer_ids=spec.customer_ids, select=("name", _MANAGER), filters=(wanted,))
    return contributing_evidence(desk, run(desk.session, desk.viewer, known, desk.today))


def contributing_evidence(desk: Desk, result: QueryResult) -> list[Evidence]:
    """One piece of evidence a file: how many of its rows were counted, and the first of them in their own words."""
    by_source: dict[str, list[Evidence]] = {}
    known = read_refs(desk, result.contributing)
    for ref in result.contributing:
        evidence = known.get((ref.kind, ref.id))
        if evidence is not None:
            by_source.setdefault(evidence.source, []).append(evidence)
    groups = []
    for source, rows in by_source.items():
        first = rows[0]
        quoted = " | ".join(row.quote for row in rows[:QUOTED_ROWS]) + (" | …" if len(rows) > QUOTED_ROWS else "")
        sheets = {row.locator.get("sheet") for row in rows}
        groups.append(
            desk.keep(
                Evidence(
                    id="",
                    kind="computed",
                    quote=quoted,
                    source=source,
                    locator={"sheet": sheets.pop()} if len(sheets) == 1 else {},
                    title=first.title,
                    doc_kind=first.doc_kind,
                    dated=max((row.dated for row in rows if row.dated), default=None),
                    authority=first.authority,
                    internal=any(row.internal for row in rows),
                    language=first.language,
                    customers=tuple({number for row in rows for number in row.customers}),
                    record=None,
                    notes={"rows": len(rows), "records": [row.record for row in rows]},
                )
            )
        )
    return groups
