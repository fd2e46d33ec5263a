"""Opens the product for a command: settings, data directory, embedding model, and who asks."""

import sys

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from integrations.cli.console import progress
from integrations.cli.failures import WrongUse
from integrations.cli.words import say
from knowledge.access import UnknownAccount, Viewer
from knowledge.embeddings.base import EmbeddingError
from knowledge.embeddings.factory import make_embedder


def settings() -> Settings:
    """The AKRAB_… settings. Raises WrongUse naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "AKRAB_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(say("failure.setting", name=name, given=first["input"], why=first["msg"])) from wrong


def open_home(given: Settings | None = None) -> Akrab:
    """The product over its data directory, made or migrated where need be. Raises WrongUse if that cannot be."""
    chosen = given or settings()
    try:
        return bootstrap(chosen)
    except OSError as error:
        raise WrongUse(say("failure.home", home=chosen.home, why=error.strerror or type(error).__name__)) from error
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise WrongUse(say("failure.store", home=chosen.home, why=why)) from error


def prepare_model(akrab: Akrab) -> None:
    """Load the embedding model; the first time it is converted, with a progress bar. Raises WrongUse with what to do."""
    chosen = akrab.settings
    try:
        if not any(chosen.models_cache.glob("*/manifest.json")):
            with progress(say("progress.model")) as advance:
                make_embedder(chosen.embedding, chosen.models_cache, advance)
        akrab.embedder  # noqa: B018  made and kept here, so that its failure is told here
    except EmbeddingError as error:
        raise WrongUse(say("failure.embedding", why=error)) from error
    except OSError as error:
        raise WrongUse(say("failure.home", home=chosen.models_cache, why=error.strerror)) from error


def prepare_search(akrab: Akrab) -> None:
    """Load the embedding model and embed what a stopped import left over, so that nothing is answered from half an index."""
    prepare_model(akrab)
    if akrab.behind:
        with progress(say("progress.embedding")) as advance:
            akrab.embed_new(advance)


def viewer(akrab: Akrab, who: str | None) -> Viewer:
    """Who asks. Raises WrongUse for somebody whom the access table does not have."""
    try:
        return akrab.viewer(who)
    except UnknownAccount as error:
        raise WrongUse(say("failure.account", who=who)) from error


def remark(text: str) -> None:
    """One line on stderr."""
    print(text, file=sys.stderr, flush=True)
