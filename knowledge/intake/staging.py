"""Spool on disk between the stages of an import, so that memory holds one file at a time."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Spool(Generic[Item]):
    """Things in the order they were put, one file each in a folder of our own; nobody else writes there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, item: Item) -> int:
        """Store an item; returns its number."""
        with (self.folder / f"{self.count}.pickle").open("wb") as file:
            pickle.dump(item, file, protocol=pickle.HIGHEST_PROTOCOL)
        self.count += 1
        return self.count - 1

    def get(self, number: int) -> Item:
        """The item of a number."""
        with (self.folder / f"{number}.pickle").open("rb") as file:
            item: Item = pickle.load(file)
        return item

    def __iter__(self) -> Iterator[Item]:
        return (self.get(number) for number in range(self.count))

    def __len__(self) -> int:
        return self.count
