"""The spool of an import: what a killed import left is removed, what a running one uses stays."""

import os
import subprocess
import sys
from pathlib import Path

from knowledge.intake.staging import Spool, fresh_folder


def test_things_come_back_in_the_order_they_were_put(tmp_path: Path) -> None:
    spool: Spool[dict[str, int]] = Spool(tmp_path / "spool")
    assert [spool.put({"n": n}) for n in range(3)] == [0, 1, 2]
    assert list(spool) == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert (len(spool), spool.get(1)) == (3, {"n": 1})


def test_what_a_killed_import_left_is_removed_and_a_running_one_keeps_its_folder(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / "staging" / f"akrab-import-{ended.pid}-abc"
    own = tmp_path / "staging" / f"akrab-import-{os.getpid()}-def"
    for folder in (left, own):
        folder.mkdir(parents=True)
        (folder / "0.pickle").write_bytes(b"words of a customer")
    fresh = fresh_folder(tmp_path / "staging")
    assert fresh.is_dir()
    assert not left.exists()
    assert own.exists()
