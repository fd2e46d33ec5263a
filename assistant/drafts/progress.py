"""Progress of a draft in the making: which part of the file is being read, each part told once, in the draft's language."""

from dataclasses import dataclass, field
from functools import cache

from assistant.progress import Event, OnEvent
from knowledge.language.vocabulary import words_beside


@dataclass
class Steps:
    """Tells the steps as they begin. What `on_event` raises ends the draft."""

    on_event: OnEvent | None = None
    language: str = "id"
    told: set[str] = field(default_factory=set)

    def reading(self, kind: str) -> None:
        """Records of this kind are about to be read ("documents": minutes, letters and mails; "checking": the draft itself)."""
        step = _steps().get(kind)
        if self.on_event is None or step is None or step["name"] in self.told:
            return
        self.told.add(step["name"])
        self.on_event(Event("status", step[self.language], step["name"]))


@cache
def _steps() -> dict[str, dict[str, str]]:
    """Kind of records → the step that its reading is."""
    table = words_beside(__file__, "progress")
    return {kind: {"name": name, "id": step["id"], "en": step["en"]} for name, step in table.items() for kind in step["kinds"]}
