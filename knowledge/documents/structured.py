"""YAML and JSON: values as "key.path: value" lines, lists of objects as tables."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import yaml

from knowledge.documents.cells import cell_text, row_text
from knowledge.documents.cleaning import decode, one_line
from knowledge.documents.errors import Unreadable
from knowledge.documents.model import Block, Limits, LoadedDocument, Locator, Row, Table

_MAX_DEPTH = 100


def load_json(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A JSON or JSON-lines file. A list of objects is a table named by its key path; row numbers count its items."""
    text, _ = decode(data)
    try:
        value = json.loads(text)
    except ValueError as error:
        value = _json_lines(text, limits)
        if value is None:
            raise Unreadable("damaged", f"json: {error}") from error
    return _load(name, "json", [value], len(data))


def load_yaml(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A YAML file (several documents allowed); tags that build objects are refused."""
    text, _ = decode(data)
    try:
        values = list(yaml.safe_load_all(text))
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable("damaged", f"yaml: {str(error)[:200]}") from error
    return _load(name, "yaml", values, len(data))


def _json_lines(text: str, limits: Limits) -> list[Any] | None:
    values = []
    for count, line in enumerate(filter(str.strip, text.split("\n"))):
        if count >= limits.max_rows_at_once:
            raise Unreadable("too_large", "more lines than allowed")
        try:
            values.append(json.loads(line))
        except ValueError:
            return None
    return values or None


def _load(name: str, media: str, values: list[Any], size: int) -> LoadedDocument:
    document = LoadedDocument(name, media)
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    reader = _Reader(document, stem, size)
    for value in values:
        reader.read(value, ())
    if not document.blocks and not document.tables:
        raise Unreadable("empty")
    return document


class _Reader:
    def __init__(self, document: LoadedDocument, stem: str, size: int) -> None:
        # A file has fewer values than bytes, unless YAML aliases stand for the same ones again and again.
        self._most = 2 * size + 100
        self._document = document
        self._stem = stem
        self._nodes = 0

    def read(self, value: Any, path: tuple[str, ...]) -> None:
        self._count(len(path))
        if isinstance(value, dict):
            for key, item in value.items():
                self.read(item, (*path, one_line(str(key))))
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            self._table(value, path)
        elif isinstance(value, list | tuple | set):
            for item in value:
                if isinstance(item, dict | list):
                    self.read(item, path)
                elif text := cell_text(item):
                    self._block("list_item", text, path)
        elif text := cell_text(value):
            label = ".".join(path)
            self._block("paragraph", f"{label}: {text}" if label else text, path[:-1])

    def _count(self, depth: int, nodes: int = 1) -> None:
        self._nodes += nodes
        if self._nodes > self._most or depth > _MAX_DEPTH:
            raise Unreadable("bomb", "too many or too deeply nested values")

    def _block(self, kind: Any, text: str, path: tuple[str, ...]) -> None:
        section = ".".join(path) or None
        self._document.blocks.append(Block(kind, text, Locator(section=section), 1 if kind == "list_item" else 0, path))

    def _table(self, items: list[dict[Any, Any]], path: tuple[str, ...]) -> None:
        rows = [dict(self._flat(item, "", len(path))) for item in items]
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        if not headings:
            return
        name = ".".join(path) or self._stem
        table = Table(
            name,
            headings,
            [Row(n, [row.get(h) for h in headings]) for n, row in enumerate(rows, 1)],
            section=".".join(path) or None,
        )
        self._document.tables.append(table)
        if path:
            for row in table.rows:
                cells = tuple((h, cell_text(c)) for h, c in zip(headings, row.cells, strict=True) if c is not None)
                locator = Locator(section=table.section, row=row.number)
                self._document.blocks.append(Block("table_row", row_text(headings, row.cells), locator, 0, path, cells))

    def _flat(self, value: Any, prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
        self._count(depth)
        if isinstance(value, dict):
            for key, item in value.items():
                yield from self._flat(
                    item, f"{prefix}.{one_line(str(key))}" if prefix else one_line(str(key)), depth + 1
                )
        elif isinstance(value, list):
            texts = []
            for item in value:
                self._count(depth)
                texts.append(
                    row_text(*_columns(dict(self._flat(item, "", depth + 1))))
                    if isinstance(item, dict)
                    else cell_text(item)
                )
            yield prefix, "; ".join(filter(None, texts)) or None
        elif isinstance(value, str):
            yield prefix, one_line(value) or None
        elif value is None or isinstance(value, bool | int | float | dt.date | dt.datetime):
            yield prefix, value
        else:
            yield prefix, one_line(str(value))


def _columns(values: dict[str, Any]) -> tuple[list[str], list[Any]]:
    return list(values), list(values.values())
