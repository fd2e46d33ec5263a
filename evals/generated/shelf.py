"""The files of a provider while they are written, and where each fact stands in them."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from random import Random

from evals.generated.facts import Language, Provider


@dataclass(frozen=True)
class Cited:
    """A place: the bare file name, and strings that stand in the file as it reads back."""

    file: str
    quotes: tuple[str, ...] = ()


@dataclass
class Shelf:
    """Files by path, and the places of facts by key, e.g. ("term", customer, "notice") or ("row", table, number)."""

    provider: Provider
    files: dict[str, bytes] = field(default_factory=dict)
    places: dict[tuple[str, ...], Cited] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """How this company names its folders and files."""
        draw = Random(f"layout-{self.provider.seed}")
        self._numbered, self._joined = draw.random() < 0.4, draw.choice((" ", "_", "-", " "))
        self._flat, self._upper = draw.random() < 0.2, draw.random() < 0.2

    def draw(self, room: str) -> Random:
        """A stream of its own for each part, so that a new wording elsewhere changes nothing here."""
        return Random(f"{room}-{self.provider.seed}")

    def language(self, draw: Random) -> Language:
        """The language of a file of the provider's own."""
        return "id" if draw.random() < self.provider.language_share else "en"

    def put(self, folder: str, name: str, content: bytes) -> str:
        """Keep a file under a folder, in this company's way of naming; returns its bare name."""
        stem, _, kind = name.rpartition(".")
        stem = stem.replace("/", "-").replace(":", "").replace(" ", self._joined)
        if self._upper:
            stem = stem.upper()
        if self._numbered and folder:
            folder = f"{1 + sorted(FOLDERS).index(folder):02d} {folder}"
        path = PurePosixPath(folder if not self._flat else "") / f"{stem}.{kind}"
        if str(path) in self.files:
            path = path.with_name(f"{path.stem} (2){path.suffix}")
        self.files[str(path)] = content
        return path.name

    def note(self, key: tuple[str, ...], file: str, *quotes: str) -> None:
        """Say where a fact stands."""
        self.places[key] = Cited(file, quotes)

    def cited(self, *key: str) -> Cited:
        """Where a fact stands. Raises KeyError if nobody wrote it."""
        return self.places[key]


FOLDERS = ("admin", "contracts", "service", "commercial", "meetings", "mail", "internal", "old")
