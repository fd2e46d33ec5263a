"""Whether the product is ready to work: data directory, store, embedding model, index, today, chat model."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, func, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from assistant.models.factory import ModelNotAvailable, choose_model
from assistant.settings import Settings
from knowledge.embeddings.base import Embedder, EmbeddingError
from knowledge.embeddings.factory import make_embedder
from knowledge.index.reindex import check
from knowledge.index.vectors import ExactIndex
from knowledge.records.documents import Document, Passage
from knowledge.store import migrate, open_store, read


@dataclass(frozen=True)
class Check:
    """One thing looked at. `detail`: what was found, without advice; `warning`: in order, but worth knowing."""

    name: str
    ok: bool
    detail: str
    warning: bool = False


def check_health(settings: Settings) -> list[Check]:
    """All checks, in the order in which one builds on another; later ones are left out where an earlier one fails."""
    checks = [_home(settings)]
    if not checks[0].ok:
        return checks
    engine = open_store(settings.database_url)
    try:
        checks.append(_guarded("store", lambda: _store(engine)))
        checks.append(_guarded("integrity", lambda: _integrity(engine)))
        embedder, found = _embedding(settings)
        checks.append(found)
        if all(one.ok for one in checks) and embedder is not None:
            checks.append(_guarded("index", lambda: _index(engine, embedder)))
            checks.append(_guarded("files", lambda: _files(engine)))
    finally:
        engine.dispose()
    return [*checks, _today(settings), _model(settings)]


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except SQLAlchemyError as error:
        return Check(name, False, str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0])


def _home(settings: Settings) -> Check:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.home) as probe:
            probe.write(b"akrab")
    except OSError as error:
        return Check("home", False, f"{settings.home}: {error.strerror}")
    return Check("home", True, str(settings.home))


def _store(engine: Engine) -> Check:
    migrate(engine)
    with read(engine) as session:
        revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return Check("store", True, f"{engine.url.render_as_string(hide_password=True)} (schema {revision})")


def _integrity(engine: Engine) -> Check:
    if engine.dialect.name != "sqlite":
        return Check("integrity", True, engine.dialect.name)
    with read(engine) as session:
        found = str(session.execute(text("PRAGMA integrity_check(1)")).scalar_one())
        dangling = len(session.execute(text("PRAGMA foreign_key_check")).all())
    return Check("integrity", found == "ok" and not dangling, found if not dangling else f"{found}, foreign keys: {dangling}")


def _embedding(settings: Settings) -> tuple[Embedder | None, Check]:
    try:
        embedder = make_embedder(settings.embedding, settings.models_cache)
        embedder.embed_query("siap?")
    except (EmbeddingError, OSError) as error:
        return None, Check("embedding", False, str(error))
    return embedder, Check("embedding", True, f"{embedder.name} ({embedder.dimension})")


def _index(engine: Engine, embedder: Embedder) -> Check:
    report = check(engine, embedder, ExactIndex(embedder.name, embedder.dimension))
    found = f"{report.passages} passages"
    if not report.sound:
        found += (
            f"; not embedded {report.not_embedded}, without words {report.without_words}, lost {len(report.lost)}, "
            f"full text {'sound' if report.full_text else 'damaged'}"
        )
    return Check("index", report.sound, found)


def _files(engine: Engine) -> Check:
    with read(engine) as session:
        ready = session.execute(select(func.count()).select_from(Document).where(col(Document.state) == "ready")).scalar_one()
        passages = session.execute(select(func.count()).select_from(Passage).where(col(Passage.ready).is_(True))).scalar_one()
    return Check("files", True, f"{ready} documents, {passages} passages", warning=not ready)


def _today(settings: Settings) -> Check:
    return Check("today", True, f"{settings.day()}{' (AKRAB_TODAY)' if settings.today else ''}", warning=settings.today is not None)


def _model(settings: Settings) -> Check:
    try:
        return Check("model", True, choose_model(settings).name)
    except ModelNotAvailable as error:
        return Check("model", False, str(error))
