"""Archives, and the files that nobody can open: a cut-off PDF, a workbook behind a password."""

import io
import re
import zipfile

from evals.demo.writers import texts

FIXED_TIME = (2026, 11, 22, 8, 0, 0)


def packed(members: dict[str, str]) -> bytes:
    """A zip of text members."""
    return _zip([(name, text.encode("utf-8")) for name, text in members.items()])


def same_bytes(office_file: bytes) -> bytes:
    """A docx or xlsx with the clock taken out: fixed entry times, fixed created and modified."""
    entries = []
    with zipfile.ZipFile(io.BytesIO(office_file)) as package:
        for name in package.namelist():
            data = package.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-22T08:00:00Z", data)
            entries.append((name, data))
    return _zip(entries)


def _zip(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return buffer.getvalue()


def damaged_pdf() -> bytes:
    """A PDF that breaks off in the middle of its first stream."""
    whole = texts.pdf("# Laporan 2024\nIsi yang tidak lagi terbaca.\n")
    return whole[: len(whole) // 4]


def locked_workbook() -> bytes:
    """What a workbook with a password looks like from outside: an OLE container, no zip."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900")
    return header + bytes(480) + "EncryptedPackage".encode("utf-16-le") + bytes(range(256)) * 8
