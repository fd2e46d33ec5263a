"""Who speaks: "Pak Damar: …", "[10.32] Lina Hartono: …", a chat export's "19/06/26 10.12 - Damar: …"."""

import re
from collections import Counter
from collections.abc import Iterable

from knowledge.documents.words import words

_STAMP = re.compile(
    r"^\[?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?(?:[ap]m|wib|wita|wit))?\]?\s*[-–—]?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"^((?:[^\W\d_][\w'’.\-]*)(?:\s+(?:[^\W\d_][\w'’.\-]*|\([^()]{1,40}\))){0,4})\s*:\s+(?=\S)")
_ITEM = re.compile(r"^\s*(?:[-*+•>]|\d{1,2}[.)])\s+")
_HONORIFICS = words("honorifics")
_LABELS = words("labels")
_PARTICIPANTS = words("participants")


def split_speaker(line: str) -> tuple[str, str] | None:
    """("Pak Damar", "text") of "Pak Damar: text", a time stamp before it left out; None where no name stands."""
    rest = _STAMP.sub("", _ITEM.sub("", line, count=1), count=1)
    match = _NAME.match(rest)
    if not match:
        return None
    name = re.sub(r"\s*\([^()]*\)", "", match[1]).strip()
    first = name.split()[0].lower()
    if name.lower() in _LABELS or first in _LABELS or len(name) < 2:
        return None
    if first in _HONORIFICS and len(name.split()) in (2, 3):
        return name, rest[match.end() :].strip()  # "pak damar: …" in a quick note
    if not all(part[0].isupper() or part.lower() in _HONORIFICS for part in name.split()):
        return None
    return name, rest[match.end() :].strip()


def speakers_of(lines: Iterable[str]) -> frozenset[str]:
    """Names that speak in these lines: with an honorific or a time stamp, twice or more, or listed as present."""
    counts: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    sure: set[str] = set()
    present = ""
    for line in lines:
        label, _, rest = line.partition(":")
        if label.strip(" *-").lower() in _PARTICIPANTS:
            present += f" {rest.lower()}"
        if found := split_speaker(line):
            counts[found[0]] += 1
            spoken[found[0]] += len(found[1].split())
            if found[0].split()[0].lower() in _HONORIFICS or _STAMP.match(_ITEM.sub("", line, count=1)):
                sure.add(found[0])
    listed = {name for name in counts if re.search(rf"\b{re.escape(name.lower())}\b", present)}
    # "Prioritas: tinggi" repeats as well; people speak in sentences.
    talking = {name for name, count in counts.items() if count >= 2 and spoken[name] >= 4 * count}
    return frozenset(sure | listed | talking)
