"""Long sequences on disk: what is appended beyond a part's length goes into a file, so that memory holds one part at a time."""

import pickle
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")
PART = 5000
"""Items that are kept in memory, and in each file."""


class Spill(Sequence[Item], Generic[Item]):
    """A sequence that grows at its end and is read in order. Items read from disk are copies: changing one changes nothing here.

    `folder`: where its files lie; it belongs to an import, which removes it at its end. A pickle holds their names only.
    """

    def __init__(self, folder: Path, items: Iterable[Item] = ()) -> None:
        self.folder = folder
        self._files: list[Path] = []
        self._last: list[Item] = []
        self.extend(items)

    def append(self, item: Item) -> None:
        """Add an item at the end."""
        self._last.append(item)
        if len(self._last) >= PART:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{uuid.uuid4().hex}.pickle"
            with path.open("wb") as file:
                pickle.dump(self._last, file, protocol=pickle.HIGHEST_PROTOCOL)
            self._files.append(path)
            self._last = []

    def extend(self, items: Iterable[Item]) -> None:
        """Add items at the end."""
        for item in items:
            self.append(item)

    def parts(self) -> Iterator[list[Item]]:
        """The items in lists of at most PART."""
        for path in self._files:
            yield _load(path)
        if self._last:
            yield self._last

    def __iter__(self) -> Iterator[Item]:
        return (item for part in self.parts() for item in part)

    def __len__(self) -> int:
        return len(self._files) * PART + len(self._last)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return list(islice(self, *place.indices(len(self))))
        part, offset = divmod(range(len(self))[place], PART)
        return _load(self._files[part])[offset] if part < len(self._files) else self._last[offset]


def parts_of(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """A sequence in parts that fit into memory."""
    if isinstance(items, Spill):
        yield from items.parts()
    else:
        yield from (items[start : start + PART] for start in range(0, len(items), PART))


def _load(path: Path) -> list[Item]:
    with path.open("rb") as file:
        items: list[Item] = pickle.load(file)
    return items
