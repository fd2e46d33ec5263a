"""Spool on disk between the stages of an import, so that memory holds one file at a time."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

Item = TypeVar("Item")
_PREFIX = "akrab-import-"


def fresh_folder(staging: Path | None) -> Path:
    """A folder for one import's spool, in `staging` (made if missing) or the system's temporary folder.

    What killed imports left in `staging` is removed: it holds the text of files.
    """
    if staging is not None:
        staging.mkdir(parents=True, exist_ok=True)
        for left in staging.glob(f"{_PREFIX}*"):
            owner = left.name.removeprefix(_PREFIX).partition("-")[0]
            if not (owner.isdigit() and _runs(int(owner))):
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=staging))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


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
