"""Text as people see it: bytes decoded, invisible characters removed, white space made ordinary."""

import codecs
import io
import re
import unicodedata

from knowledge.documents.errors import Unreadable

# Zero-width, bidi controls, soft hyphen, tag characters, variation selectors, BOM: nobody sees them, models do.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                        "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]")  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x0c]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def strip_invisible(text: str) -> str:
    """Without zero-width, bidi and control characters; line ends become \\n; letters composed (NFC)."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0b", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return unicodedata.normalize("NFC", _SURROGATES.sub("", _CONTROL.sub("", _INVISIBLE.sub("", text))))


def one_line(text: str) -> str:
    """Clean, with every run of blanks and line ends as one blank."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # most cells of most tables
    return _BLANKS.sub(" ", strip_invisible(text).replace("\n", " ")).strip()


def decode(data: bytes) -> tuple[str, str]:
    """Bytes as clean text, and the encoding found.

    Tries byte order marks, UTF-8, UTF-16 by its zeros, Windows-1252, Latin-1. Raises Unreadable("damaged") for bytes
    that are no text.
    """
    text, encoding = _decoded(data)
    odd = len(_CONTROL.findall(text[:20_000]))
    if odd > 2 + len(text[:20_000]) // 50:
        raise Unreadable("damaged", "binary content where text was expected")
    return strip_invisible(text), encoding


def open_text(data: bytes) -> io.TextIOWrapper:
    """Bytes as lines of text, decoded as they are read: for files of which a second copy would be too much. Line ends become \n.

    Raises Unreadable("damaged") like `decode`.
    """
    decode(data[: 20_000 + len(data) % 2])
    encoding = _decoded(data[:4000])[1]
    if encoding in ("utf-8", "cp1252", "latin-1"):
        encoding = next((known for known in ("utf-8", "cp1252") if _holds(data, known)), "latin-1")
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace")


def _holds(data: bytes, encoding: str) -> bool:
    decoder, view = codecs.getincrementaldecoder(encoding)(), memoryview(data)
    try:
        for start in range(0, len(data), 1_000_000):
            decoder.decode(bytes(view[start : start + 1_000_000]))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    head = data[:4000]
    if len(head) >= 4 and head.count(0) > len(head) * 0.3:
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"
