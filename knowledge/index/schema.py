"""What the index needs inside the SQL store: a full-text table and a log of changes, both kept by triggers.

The full-text table holds no text of its own (FTS5 external content over `passage.stems`), so deleting a passage deletes
its words. The log names each passage of which something searchable, or who may see it, has changed; its last number is
the generation that caches compare with, and its rows since then are all that a cache must read. As the database itself
does both, no writer can forget to. A text that changes without its stems and vector loses them until re-indexed.
"""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

FULL_TEXT = "passage_fts"
CHANGES = "passage_change"
KEPT_CHANGES = 200_000
"""Older rows of the log may be pruned; a cache that is further behind is built anew."""

_SEARCHABLE = "document_id, kind, language, stems, embedding, embedding_model, ready, superseded_by_id, internal"
_LOG = f"CREATE TABLE {CHANGES} (seq INTEGER PRIMARY KEY AUTOINCREMENT, passage_id INTEGER NOT NULL)"

# Stems arrive separated by spaces and may hold the marks of codes (ke-017, spk/7/x/2026), so these belong to a word.
_TABLE = f"""CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5(stems, content='passage', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 tokenchars '-/_.'''")"""
_ADD = f"INSERT INTO {FULL_TEXT}(rowid, stems) VALUES (new.id, new.stems)"
_REMOVE = f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, stems) VALUES ('delete', old.id, old.stems)"
_REBUILD = f"INSERT INTO {FULL_TEXT}({FULL_TEXT}) VALUES ('rebuild')"
_VERIFY = f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rank) VALUES ('integrity-check', 1)"


def _changed(row: str) -> str:
    return f"INSERT INTO {CHANGES}(passage_id) VALUES ({row})"


_NEW_TEXT = """WHEN new.text IS NOT old.text OR new.context IS NOT old.context BEGIN UPDATE passage SET
    embedding = CASE WHEN new.embedding IS old.embedding THEN NULL ELSE new.embedding END,
    stems = CASE WHEN new.stems IS old.stems THEN '' ELSE new.stems END
    WHERE id = new.id; END"""

_TRIGGERS = {
    "passage_text_changed": f"AFTER UPDATE OF text, context ON passage {_NEW_TEXT}",
    "passage_words_added": f"AFTER INSERT ON passage BEGIN {_ADD}; END",
    "passage_words_removed": f"AFTER DELETE ON passage BEGIN {_REMOVE}; END",
    "passage_words_changed": f"AFTER UPDATE OF stems ON passage BEGIN {_REMOVE}; {_ADD}; END",
    "passage_change_added": f"AFTER INSERT ON passage BEGIN {_changed('new.id')}; END",
    "passage_change_removed": f"AFTER DELETE ON passage BEGIN {_changed('old.id')}; END",
    "passage_change_changed": f"AFTER UPDATE OF {_SEARCHABLE} ON passage BEGIN {_changed('new.id')}; END",
    "passage_customer_change_added": f"AFTER INSERT ON passagecustomer BEGIN {_changed('new.passage_id')}; END",
    "passage_customer_change_removed": f"AFTER DELETE ON passagecustomer BEGIN {_changed('old.passage_id')}; END",
    "passage_customer_change_changed": f"AFTER UPDATE ON passagecustomer BEGIN {_changed('new.passage_id')}; END",
}


def ensure_schema(engine: Engine) -> None:
    """Creates what is missing; costs one query when nothing is. Call after every migration (it may drop triggers)."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        missing = _missing(connection)
    if missing:
        with engine.execution_options(begin_mode="IMMEDIATE").begin() as connection:
            _create(connection, _missing(connection))


def generation(connection: Connection) -> int:
    """The number of the last change; 0 for a store that never held a passage."""
    return int(connection.execute(text(f"SELECT MAX(seq) FROM {CHANGES}")).scalar() or 0)


def changed_since(connection: Connection, number: int) -> set[int] | None:
    """Ids of the passages changed after generation `number`; None when the log does not reach back so far."""
    first = connection.execute(text(f"SELECT MIN(seq) FROM {CHANGES}")).scalar()
    if number > generation(connection) or (first is not None and number < first - 1):
        return None
    rows = connection.execute(
        text(f"SELECT DISTINCT passage_id FROM {CHANGES} WHERE seq > :number"), {"number": number}
    )
    return set(rows.scalars())


def prune_changes(connection: Connection) -> None:
    """Drops log rows beyond the newest KEPT_CHANGES."""
    oldest = generation(connection) - KEPT_CHANGES
    connection.execute(text(f"DELETE FROM {CHANGES} WHERE seq <= :oldest"), {"oldest": oldest})


def full_text_is_sound(connection: Connection) -> bool:
    """Whether the full-text table agrees with the passages, word for word (reads all of them)."""
    try:
        connection.execute(text(_VERIFY))
    except DBAPIError:  # "database disk image is malformed"
        return False
    return True


def rebuild_full_text(connection: Connection) -> None:
    """Makes the full-text table anew from the passages' stems."""
    connection.execute(text(_REBUILD))


def _missing(connection: Connection) -> set[str]:
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")).scalars()
    return {FULL_TEXT, CHANGES, *_TRIGGERS} - set(found)


def _create(connection: Connection, missing: set[str]) -> None:
    for name, statement in ((CHANGES, _LOG), (FULL_TEXT, _TABLE)):
        if name in missing:
            connection.exec_driver_sql(statement)
    for name, rule in _TRIGGERS.items():
        if name in missing:
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {rule}")
    if missing:  # while something was missing, changes may have gone by unseen
        rebuild_full_text(connection)
        connection.exec_driver_sql(f"INSERT INTO {CHANGES}(passage_id) SELECT id FROM passage")
