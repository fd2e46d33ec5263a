"""Where sentences end, in Indonesian and English, aware of abbreviations, numbers, times and clause numbers."""

import re

from knowledge.documents.words import words

_ABBREVIATIONS = words("abbreviations")
_END = re.compile(r"([.!?…]+[\"”’')\]]*)(?=\s+|$)|\n+")
_WORD_BEFORE = re.compile(r"([^\s(\"“'\[]+)$")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, blanks trimmed; together they hold every visible character of the text."""
    result: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[1] and not _ends(text, start, match):
            continue
        _add(result, text, start, match.end())
        start = match.end()
    _add(result, text, start, len(text))
    return result


def _add(result: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        result.append((start, end))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip()
    if not following:
        return True
    signs = match[1]
    if signs[0] != "." or signs.startswith(".."):
        return signs[0] in "!?" or following[0].isupper() or following[0].isdigit()
    word = _WORD_BEFORE.search(text[start : match.start()])
    before = word[1].lower() if word else ""
    if before in _ABBREVIATIONS or before.rstrip(".") in _ABBREVIATIONS:
        # "… dsb. Pelanggan" may end a sentence, "Rp. 5" and "No. 3" never do.
        return (
            before in {"dll", "dsb", "dst", "dkk", "tbk", "inc", "ltd", "corp", "s.kom", "m.kom"}
            and following[0].isupper()
        )
    if re.fullmatch(r"[a-z]", before) and text[start : match.start()].strip().lower() != before:
        return False  # an initial: "R. Hartono"
    if re.fullmatch(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-zA-Z])", text[start : match.start()].strip()):
        return False  # a list number: "3. Biaya"
    return not following[0].islower()
