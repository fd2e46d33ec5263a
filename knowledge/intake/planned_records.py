"""Drafts of a table's rows → records, accounts and problems of the plan."""

import hashlib
import json
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.intake.known import Known
from knowledge.intake.mapped import of_provider
from knowledge.intake.places import in_words
from knowledge.intake.plan import DocumentPlan, PlannedAccount, PlannedRecord
from knowledge.intake.report import Problem
from knowledge.intake.sides import settle_party
from knowledge.intake.tables.drafts import RecordDraft, names_all
from knowledge.intake.tables.mapping import Mapping
from knowledge.records.schema import schema

MOST_PROBLEMS = 1_000
"""Cells and rows of a table that are listed one by one."""
_NEEDED = {
    "ticket": ("subject", "opened_at", "key"), "known_error": ("title", "symptoms"), "contact": ("name",), "service": ("name",),
    "subscription": ("service",), "figure": ("value",), "feedback": ("words",), "commitment": ("text",), "risk": ("text",),
    "improvement": ("text",), "application": ("name",), "project": ("name", "key"), "opportunity": ("title", "service"), "change": ("title", "key"),
}  # fmt: skip
"""Fields of which a record must have one."""


class RecordPlanner:
    """Plans the records of one table, row by row."""

    def __init__(self, plan: DocumentPlan, source: str, mapping: Mapping, known: Known) -> None:
        self.plan, self.source, self.mapping, self.known = plan, source, mapping, known
        self._noted = 0
        self._met: dict[bytes, int] = {}  # identity → how many records of the table have it

    def add(self, draft: RecordDraft, place: dict[str, Any], quote: str) -> PlannedRecord | None:
        """Take a draft into the plan; the record made of it, if any."""
        for problem in draft.problems:
            self._note(place, f"not understood: {problem}", "cell")
        if self.mapping.kind == "access":
            _plan_account(self.plan, draft, place, self.known, self.source)
            return None
        if self.mapping.kind == "customer":
            return None
        record = _record(draft, self.mapping, self.known, self.source)
        if record is None:
            self._note(place, _missing(draft, self.mapping), "row")
            return None
        identity = bytes.fromhex(record.identity)
        met = self._met[identity] = self._met.get(identity, 0) + 1
        if met > 1:
            record.identity = f"{record.identity}#{met}"
        record.locator, record.quote = place, quote
        return record

    def _note(self, place: dict[str, Any], reason: str, severity: str) -> None:
        self._noted += 1
        if self._noted <= MOST_PROBLEMS:
            self.plan.problems.append(Problem(self.source, in_words(place), reason, severity))

    def finish(self) -> None:
        """After the last row: how much more there was to say."""
        if self._noted > MOST_PROBLEMS:
            reason = f"{self._noted - MOST_PROBLEMS} more cells or rows of {self.mapping.table.name} were not understood"
            self.plan.problems.append(Problem(self.source, "", reason, "row"))


def _record(draft: RecordDraft, mapping: Mapping, known: Known, source: str) -> PlannedRecord | None:
    values = dict(draft.values)
    customer = None
    own = draft.kind == "contact" and of_provider(draft, known)
    if draft.customer and not own:
        customer = known.customers.find_or_add(draft.customer, source)
    wanted = _NEEDED.get(draft.kind)
    if wanted and not any(values.get(name) not in (None, "") or (name == "key" and draft.key) for name in wanted):
        return None
    if draft.kind == "known_error":
        values["title"] = values.get("title") or values.get("symptoms") or ""
    touched = tuple(sorted(known.customers_listed(draft.customers, source)))
    if draft.kind == "commitment":
        settle_party(values, customer, known)
    extra = dict(draft.extra)
    if draft.kind == "known_error" and draft.customers and names_all(draft.customers, schema("access").words["all"]):
        touched = tuple(sorted(known.customers.parties))
    provider_sheet = extra.pop("provider_sheet", None)
    if draft.kind == "contact" and (own or provider_sheet):
        extra["provider"] = True
    return PlannedRecord(draft.kind, identity_of(draft, mapping, customer, known), values, customer, draft.key, extra=extra, touched=touched)


def identity_of(draft: RecordDraft, mapping: Mapping, customer: int | None, known: Known) -> str:
    """What makes a record the same at the next import: kind and key, or kind and the fields that tell it apart."""
    if draft.key:
        parts: list[str] = [draft.kind, "key", draft.key.upper()]
    else:
        named = known.customers.parties[customer].title if customer is not None else ""
        parts = [draft.kind]
        for name in mapping.schema.identity:
            value = named if name == "customer_id" else draft.values.get(name)
            parts.append(cell_text(value).lower() if not isinstance(value, list) else ",".join(value))
    return hashlib.sha256(json.dumps([*parts, draft.part if draft.key else ""], default=str).encode()).hexdigest()[:32]


def _missing(draft: RecordDraft, mapping: Mapping) -> str:
    said = "; ".join(f"{name}: {value}" for name, value in list(draft.values.items())[:3])
    return f"kept as a row only, what a {mapping.kind.replace('_', ' ')} needs is empty ({said})"


def _plan_account(plan: DocumentPlan, draft: RecordDraft, place: dict[str, Any], known: Known, source: str) -> None:
    words = schema("access").words["all"]
    username = str(draft.key or draft.values.get("username") or draft.values.get("email") or draft.values.get("name") or "").strip()
    if not username:
        plan.problems.append(Problem(source, in_words(place), "no account, name or e-mail in this row", "row"))
        return
    account = next((account for account in plan.accounts if account.username.lower() == username.lower()), None)
    if account is None:
        values = {name: draft.values.get(name) for name in ("name", "email", "role", "language")}
        account = PlannedAccount(username, {name: value for name, value in values.items() if value}, locator=place)
        plan.accounts.append(account)
    entries = [*draft.customers, *draft.customer]
    if names_all(entries, words) or draft.values.get("all_customers"):
        account.values["all_customers"] = True
    if draft.values.get("sees_internal") is False:
        account.values["sees_internal"] = False
    for name in entries:
        if names_all([name], words):
            continue
        found = known.customers.exact(name) or known.customers.find(name, source)
        if found is None:
            plan.problems.append(Problem(source, in_words(place), f"access to an unknown customer: {name!r}", "cell"))
        else:
            account.customers.add(found)
