"""Tables of a document → typed rows, passages and records of its plan, row by row: a table may be longer than memory."""

from collections.abc import Sequence

from knowledge.documents.cells import cell_text, row_text
from knowledge.documents.model import Row, Table
from knowledge.documents.spill import Spill
from knowledge.intake.cells import column_type, describe_columns, typed_cells
from knowledge.intake.known import Known
from knowledge.intake.mapped import each_customer, mapped_tables, placed, row_reader
from knowledge.intake.places import locator_of
from knowledge.intake.plan import DocumentPlan, Parsed, PlannedRow, PlannedTable
from knowledge.intake.planned_records import RecordPlanner
from knowledge.intake.planned_rows import about_row, row_passage, rows_in_prose, table_passage
from knowledge.intake.report import Problem
from knowledge.intake.tables.drafts import RecordDraft
from knowledge.intake.tables.mapping import Mapping, Surroundings

MOST_EMBEDDED = 3_000
"""Rows of a table up to which each is found by meaning; beyond, by its words, and the table as a whole by meaning."""
MOST_ROW_PASSAGES = 20_000
"""Rows of a file up to which each is found by its words; beyond, only counted, filtered and looked up."""


def plan_tables(plan: DocumentPlan, parsed: Parsed, known: Known, main: int | None) -> None:
    """Everything that the document's tables give. `main`: the customer that the document is about."""
    total = sum(len(table.rows) for table in parsed.doc.tables)
    in_prose = rows_in_prose(plan, parsed)
    searchable = MOST_ROW_PASSAGES if parsed.is_table_file else 0
    for number, (table, mapping, around) in enumerate(mapped_tables(parsed, known)):
        if mapping is None and parsed.is_table_file and table.rows:
            plan.unknown_tables.append(f"{parsed.source} > {table.name}")
        _TablePlanner(plan, parsed, known, number, table, mapping, around).plan_rows(main, in_prose, searchable)
        searchable = max(0, searchable - len(table.rows))
    if total > MOST_ROW_PASSAGES and parsed.is_table_file:
        reason = f"{total} rows: the first {MOST_ROW_PASSAGES} can be searched as text, all can be counted and filtered"
        plan.problems.append(Problem(parsed.source, "", reason, "note"))


class _TablePlanner:
    """Plans one table of a document."""

    def __init__(
        self, plan: DocumentPlan, parsed: Parsed, known: Known, number: int, table: Table, mapping: Mapping | None, around: Surroundings
    ) -> None:
        self.plan, self.parsed, self.known, self.number = plan, parsed, known, number
        self.table, self.mapping, self.around = table, mapping, around
        self.columns = known.profile(parsed, number)
        self.types = [column_type(column, table) for column in self.columns]
        described = describe_columns(table, self.columns, mapping, self.types)
        self.planned = PlannedTable(table.name, table.title or "", mapping.kind if mapping else None, described)
        if isinstance(table.rows, Spill):
            self.planned.rows = Spill(table.rows.folder)
            if not isinstance(plan.records, Spill):
                plan.records = Spill(table.rows.folder, plan.records)
        plan.tables.append(self.planned)
        self.reader = row_reader(mapping, around, known) if mapping else None
        self.records = RecordPlanner(plan, parsed.source, mapping, known) if mapping else None
        beside = mapping.beside if mapping else None
        self.beside = (beside, row_reader(beside, around, known), RecordPlanner(plan, parsed.source, beside, known)) if beside else None
        self.place = locator_of(parsed, table, 0)
        self.words_only = len(table.rows) > MOST_EMBEDDED

    def plan_rows(self, main: int | None, in_prose: dict[tuple[str, ...], int], searchable: int) -> None:
        """`in_prose`: passages of the document that hold rows; `searchable`: so many rows become passages of their own."""
        parsed, known = self.parsed, self.known
        table_customer = known.customers.exact(self.around.customer) if self.around.customer else None
        everybody: set[int] = set()
        for count, row in enumerate(self.table.rows):
            drafts = [
                each
                for draft in (self.reader.drafts(row) if self.reader and self.mapping else ())
                if self.mapping
                for each in each_customer(placed(draft, self.mapping, self.around, parsed, known), known)
            ]
            about, hidden = about_row(row, self.mapping, drafts, known, parsed.source)
            if not about and table_customer is not None:
                about = {table_customer: True}
            elif not about and not parsed.is_table_file and main is not None:
                about = {main: True}
            place = self.place | {"row": row.number}
            passage = None
            if count < searchable:
                passage = len(self.plan.passages)
                planned = row_passage(row, self.table, about, hidden, drafts, parsed, known, place)
                planned.words_only = self.words_only
                self.plan.passages.append(planned)
            elif not parsed.is_table_file:
                cells = tuple(text for cell in row.cells if (text := cell_text(cell)))
                passage = in_prose[cells] if cells in in_prose else self._passage_with(max(cells, key=len, default=""))
            required = sorted(customer for customer, needed in about.items() if needed)
            everybody.update(required)
            at = self._keep(row, required, passage)
            self._records(row, drafts, at, passage, self.records)
            if self.beside:
                mapping, reader, records = self.beside
                others = [placed(draft, mapping, self.around, parsed, known) for draft in reader.drafts(row) if draft.values.get("name")]
                self._records(row, others, at, passage, records)
        if self.records:
            self.records.finish()
        if self.words_only and parsed.is_table_file:
            self.plan.passages.append(table_passage(self.table, self.columns, everybody, parsed))

    def _passage_with(self, words: str) -> int | None:
        """The first passage that holds a cell's words, for a row that was written as a section."""
        return next((at for at, passage in enumerate(self.plan.passages) if words and words in passage.text), None)

    def _keep(self, row: Row, required: Sequence[int], passage: int | None) -> int | None:
        """The typed row's place in the planned table; None if nothing could keep it from those who may not see all its customers."""
        if len(required) > 1 and passage is None:
            return None
        cells = typed_cells(row, self.columns, self.types)
        self.planned.rows.append(PlannedRow(row.number, cells, required[0] if len(required) == 1 else None, passage, row.is_total))
        return len(self.planned.rows) - 1

    def _records(self, row: Row, drafts: list[RecordDraft], at: int | None, passage: int | None, planner: RecordPlanner | None) -> None:
        if not drafts or planner is None:
            return
        quote = row_text(self.table.headings, row.cells)
        for draft in drafts:
            record = planner.add(draft, self.place | {"row": row.number}, quote)
            if record is None:
                continue
            if at is not None:
                record.row, record.line, record.passage = (self.number, at), row.number, passage
            self.plan.records.append(record)
