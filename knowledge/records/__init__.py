"""SQLModel tables, one file a portfolio (see docs/glossary.md)."""

from knowledge.records import access, agreements, customers, documents, drafts, operations, relationship, services  # noqa: F401
