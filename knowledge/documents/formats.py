"""What a file really is, by its first bytes rather than by its name."""

import re
from typing import Literal

from knowledge.documents.archives import check_office_archive
from knowledge.documents.cleaning import decode
from knowledge.documents.csv import separator_of
from knowledge.documents.errors import Unreadable
from knowledge.documents.model import Limits

Media = Literal["docx", "xlsx", "pdf", "csv", "md", "txt", "html", "yaml", "json", "eml"]

_BY_EXTENSION: dict[str, Media] = {
    "docx": "docx", "docm": "docx", "dotx": "docx", "xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx", "pdf": "pdf",
    "csv": "csv", "tsv": "csv", "tab": "csv", "psv": "csv", "md": "md", "markdown": "md", "mdown": "md",
    "txt": "txt", "text": "txt", "log": "txt", "html": "html", "htm": "html", "xhtml": "html",
    "yaml": "yaml", "yml": "yaml", "json": "json", "jsonl": "json", "ndjson": "json", "eml": "eml", "": "txt",
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_BINARIES = (
    (b"\x89PNG", "png image"), (b"\xff\xd8\xff", "jpeg image"), (b"GIF8", "gif image"), (b"II*\x00", "tiff image"),
    (b"MM\x00*", "tiff image"), (b"BM", "bitmap"), (b"RIFF", "media"), (b"\x1f\x8b", "gzip archive"), (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "rar archive"), (b"\x7fELF", "program"), (b"MZ", "program"), (b"{\\rtf", "rtf"), (b"SQLite format 3", "database"),
    (b"ID3", "sound"), (b"OggS", "sound"),
)  # fmt: skip
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(r"(?im)^(?:from|to|subject|date|message-id|return-path|received|mime-version):")


def media_named(name: str) -> Media | None:
    """The kind that a file's name promises, None for one that no loader reads; its bytes have the last word (`media_of`)."""
    base = name.rsplit("/", 1)[-1]
    return _BY_EXTENSION.get(base.rpartition(".")[2].lower() if "." in base else "")


def media_of(name: str, data: bytes, limits: Limits) -> Media:
    """The kind of loader that fits. Raises Unreadable: empty, encrypted, unsupported, damaged, bomb."""
    extension = name.rsplit("/", 1)[-1].rpartition(".")[2].lower() if "." in name.rsplit("/", 1)[-1] else ""
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise Unreadable("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data, limits)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
            raise Unreadable("encrypted", "office file with a password")
        raise Unreadable(
            "unsupported", f"old binary office file or Outlook message (.{extension or 'ole'}): save it anew"
        )
    if b"%PDF-" in data[:1024] and (extension == "pdf" or data.lstrip().startswith(b"%PDF-")):
        return "pdf"
    media = _BY_EXTENSION.get(extension)
    if media in (None, "docx", "xlsx", "pdf"):
        for magic, kind in _OTHER_BINARIES:
            if data.startswith(magic):
                raise Unreadable("unsupported", kind)
        if media is None:
            raise Unreadable("unsupported", f".{extension}")
        return _mislabelled(data)
    return media


def _office(data: bytes, limits: Limits) -> Media:
    names = set(check_office_archive(data, limits))
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.startswith("word/document") for name in names):
        return "docx"
    for mark, kind in (("ppt/", "presentation"), ("xl/workbook.bin", "binary workbook (.xlsb): save it as .xlsx"),
                       ("content.xml", "OpenDocument file: save it as docx or xlsx")):  # fmt: skip
        if any(name.startswith(mark) for name in names):
            raise Unreadable("unsupported", kind)
    if "[Content_Types].xml" in names:
        raise Unreadable("damaged", "office file without its main part")
    raise Unreadable("unsupported", "archive")


def _mislabelled(data: bytes) -> Media:
    """Text under an office name: exports are often HTML or csv named .xlsx."""
    text, _ = decode(data)
    if _HTML.match(text[:5000]):
        return "html"
    if len(_MAIL.findall(text[:3000])) >= 3:
        return "eml"
    separator = separator_of(text)
    lines = [line for line in text.split("\n") if line.strip()][:20]
    if len(lines) >= 2 and all(separator in line for line in lines[:5]):
        return "csv"
    raise Unreadable("damaged", "not what its name says")
