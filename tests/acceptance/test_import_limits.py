"""Files that would eat the machine are problems in the report: the import goes on, and its memory stays bounded."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.acceptance.terminal import TODAY

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


MEASURED = """
import os, subprocess, sys
with open(sys.argv[1], "w") as out:
    process = subprocess.Popen(sys.argv[2:], stdout=out, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024)
"""
"""Runs a command and prints its exit code and the most memory that it took, in bytes. In a small process of its own: what a child has
between fork and exec counts as the child's, and that is all of the tests' own memory."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files among five that cannot be taken."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "daftar.csv").write_text("Kode,Nama Pelanggan,Kota\nZ1,Arjuna Bahari,Tegal\n", encoding="utf-8")
    (folder / "catatan.txt").write_text("Rapat Arjuna Bahari memutuskan pompa cadangan dipasang 3 Maret 2027.\n", encoding="utf-8")
    (folder / "kosong.xlsx").write_bytes(b"")
    (folder / "terkunci.xlsx").write_bytes(OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096)
    line = b"Pemeriksaan pendingin ruang server selesai tanpa temuan.\n"
    (folder / "besar.txt").write_bytes(line * (100 * MEGABYTE // len(line)))
    with (folder / "lebih besar.csv").open("wb") as file:
        file.truncate(300 * MEGABYTE)
    with zipfile.ZipFile(folder / "bom.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        for _ in range(400):
            member.write(b"0" * MEGABYTE)
    return folder


def test_five_impossible_files_stop_nothing_and_memory_stays_bounded(folder: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AKRAB_")}
    environment |= {"AKRAB_HOME": str(tmp_path / "home"), "AKRAB_TODAY": TODAY}
    command = [sys.executable, "-m", "integrations.cli", "import", str(folder), "--json"]
    measured = [sys.executable, "-c", MEASURED, str(tmp_path / "out.json"), *command]
    code, memory = map(int, subprocess.run(measured, env=environment, capture_output=True, text=True, check=True).stdout.split())
    assert code == 1
    result = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert result["documents"]["new"] == 2
    problems = {problem["source"].split("/")[0]: problem["reason"] for problem in result["problems"]}
    assert set(problems) == {"kosong.xlsx", "terkunci.xlsx", "besar.txt", "lebih besar.csv", "bom.zip"}
    for name, word in {"kosong.xlsx": "empty", "terkunci.xlsx": "password", "besar.txt": "large", "lebih besar.csv": "large", "bom.zip": "unpack"}.items():
        assert word in problems[name], problems[name]
    assert memory < 900 * MEGABYTE
