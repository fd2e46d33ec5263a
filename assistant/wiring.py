"""The one place that wires everything: settings in, objects out. Doors and tests use the same.

Answering stands on LangChain, which takes as long to import as all the rest; it is imported when the first question is asked.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, cast

from sqlalchemy import Engine

from assistant.drafts.judging import RequestJudge, make_request_judge
from assistant.proposals.judging import Judge, make_judge
from assistant.settings import Settings
from knowledge.access import Viewer, viewer_for
from knowledge.embeddings.base import Embedder, Progress
from knowledge.embeddings.factory import make_embedder
from knowledge.index.factory import make_vector_index
from knowledge.index.reindex import index_passages, is_behind
from knowledge.index.retriever import HybridRetriever
from knowledge.reading.base import nobody
from knowledge.store import migrate, open_store, read

if TYPE_CHECKING:
    from assistant.answering import Answering


@dataclass
class Akrab:
    """The product over one data directory. Heavy parts (embedding model, index) are made when first needed."""

    settings: Settings
    engine: Engine

    @cached_property
    def embedder(self) -> Embedder:
        return make_embedder(self.settings.embedding, self.settings.models_cache)

    @cached_property
    def retriever(self) -> HybridRetriever:
        index = make_vector_index(self.settings.vector_index, self.engine, self.embedder, self.settings.home / "vectors")
        return HybridRetriever(self.engine, self.embedder, index, self.settings.models_cache)

    @cached_property
    def answering(self) -> "Answering":
        made = import_module("assistant.answering").Answering
        model = import_module("assistant.models.factory").choose_model(self.settings)
        trained = import_module("knowledge.reading.factory").WhenNeeded(self.settings.models_cache) if self.settings.embedding == "e5" else nobody
        return cast("Answering", made(self.engine, self.settings, self.retriever, self.embedder, model, trained))

    @cached_property
    def judge(self) -> Judge | None:
        """What judges updates beside the rules; None where no heads go with the embedding model."""
        return make_judge(self.embedder)

    @cached_property
    def requests(self) -> RequestJudge | None:
        """What judges beside the rules whether a draft is asked for; None where no heads go with the embedding model."""
        return make_request_judge(self.embedder)

    def viewer(self, who: str | None) -> Viewer:
        """Raises UnknownAccount."""
        with read(self.engine) as session:
            return viewer_for(session, who)

    def embed_new(self, progress: Progress | None = None) -> int:
        """Embed what is not embedded yet; how many passages that were."""
        return index_passages(self.engine, self.embedder, progress)

    @property
    def behind(self) -> bool:
        """Whether passages are not embedded yet, because an import was stopped before its end."""
        return is_behind(self.engine, self.embedder.name)


def bootstrap(settings: Settings | None = None) -> Akrab:
    """Open (and if need be create or migrate) the data directory of the settings."""
    settings = settings or Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_store(settings.database_url)
    migrate(engine)
    return Akrab(settings, engine)
