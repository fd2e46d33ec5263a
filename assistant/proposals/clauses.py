"""Cuts a message into sentences and clauses, and tells what is no update at all: questions, requests, small talk, suppositions."""

import re
from functools import cache

from assistant.proposals.irony import is_interjection
from assistant.proposals.phrases import pattern, word_list
from knowledge.language.durations import find_durations
from knowledge.language.relative_dates import WEEKDAY
from knowledge.language.vocabulary import both_languages, vocabulary

_BREAK = re.compile(r"(?<=[.!?;])[\s\"'”)]+|\s*\n+\s*|\s*(?<!\S)\d{1,2}\)\s+")

_THANKS_TO = re.compile(
    r"(?:terima kasih|makasih|thanks|thank you)(?:\s+(?:banyak|ya|a lot|so much))?,?\s+(?:x(?:person|customer)\w+)"
)
_FILLER = re.compile(
    r"(?:[\W_]|\b(?:ya|yah|yaa+|dong|deh|sih|kak|mas|mbak|pak|bu|all|everyone|semua|semuanya|tim|team|banyak|sekali|a lot|so much|again|for|atas|"
    r"bantuannya|bantuan|your|the|help|infonya|informasinya|juga|lagi|nih|kok|guys|rekan|teman|selalu|sampai|as always|very much)\b)+"
)


@cache
def _abbreviations() -> frozenset[str]:
    names = vocabulary("honorifics")
    listed = [
        *word_list("clauses")["abbreviation"]["words"],
        *both_languages(names["honorific"]),
        *names["degree"]["words"],
    ]
    return frozenset(word.lower() for word in listed)


def sentences(text: str) -> list[str]:
    """The sentences of a message; a dot after an abbreviation or inside a number ends none."""
    abbreviations = _abbreviations()
    found, start = [], 0
    for match in _BREAK.finditer(text):
        last = text[start : match.start()].split()[-1:] or [""]
        if last[0].endswith(".") and last[0].rstrip(".").lstrip("(").lower() in abbreviations:
            continue
        found.append(text[start : match.start()])
        start = match.end()
    found.append(text[start:])
    heading = _HEADING.match(found[0])
    if heading and is_heading(heading[1]) and len(found[0][heading.end() :].split()) >= _TOLD_BELOW:
        found[:1] = [heading[0], found[0][heading.end() :]]
    return [sentence.strip() for sentence in found if sentence.strip()]


_HEADING = re.compile(r"\s*([^:\n]{3,90}):\s+(?=\S)")


_TOLD_BELOW = 5
"""Words after a colon from which what stands before it is a heading, not half of what is told ("rapat dengan Ann: Selasa jam 9")."""


def is_heading(text: str) -> bool:
    """Whether words before a colon only say where the following was told ("notulen rapat …")."""
    return pattern("clauses", "heading").match(text.strip().lower()) is not None


def _separator() -> re.Pattern[str]:
    words = sorted(word_list("clauses")["separator"]["words"], key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(
        rf"(?:\s*[,;]\s+|\s+[–—-]\s+|\s+)(?:(?:{joined})\s+)+|\s*[,;]\s+|\s+[–—]\s+|\s+-\s+", re.IGNORECASE
    )


_SEPARATOR = _separator()
_APPOSED = re.compile(r"xcustomer[a-z]+q\s*(?:[:,.)]|$)")
_NAMED = re.compile(r"xperson[a-z]+q$")
_QUOTED_OF = re.compile(r"\W*xperson[a-z]+q\s*:\s*['\"“‘]")
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w){WEEKDAY}$", re.IGNORECASE)
_DAY = re.compile(r"(?:(?:tanggal|tgl|the)\.?\s+)?\d{1,2}\b|[A-Z][a-z]{2,8}\s+\d{1,2}\b")


def pieces(sentence: str) -> list[tuple[int, int]]:
    """Start and end of each smallest part of a sentence between commas and conjunctions, without these."""
    found, start, lengths = [], 0, find_durations(sentence)
    for match in _SEPARATOR.finditer(sentence):
        if _APPOSED.match(sentence, match.end()) and _NAMED.search(sentence[: match.start()]) and "," in match[0]:
            continue  # "from Ann, Hartmann: …"
        if "," in match[0] and _WEEKDAY_BEFORE.search(sentence[: match.start()]) and _DAY.match(sentence, match.end()):
            continue  # "on Wednesday, 2 December"
        if any(one.start < match.start() < one.end for one in lengths) or any(one.end == match.start() and other.start == match.end() for one in lengths for other in lengths):
            continue  # "two hours and twenty minutes"
        if match.start() > start:
            found.append((start, match.start()))
        start = match.end()
    if start < len(sentence):
        found.append((start, len(sentence)))
    return found


def _starts(norm: str, *path: str) -> re.Match[str] | None:
    return pattern("clauses", *path).match(norm)


def is_order(norm: str) -> bool:
    """Whether somebody asks that something be recorded ("catat …", "please log …")."""
    match = pattern("kinds", "order").search(norm)
    return match is not None and len(norm[: match.start()].split()) <= 4


def is_question(norm: str) -> bool:
    """A question to us. One that follows a word of reporting ("komplain: kenapa lambat?") is the customer's own."""
    bare = norm.strip(" \"'“”")
    asked = bare.rstrip(".! ").endswith("?")
    if _QUOTED_OF.match(norm) or (pattern("clauses", "proposal").match(bare) and not asked and "?" in bare):
        return False
    if re.search(r"\?[\"'”’]\s*[.!]?$", norm.rstrip()) and re.search(r"(?<!\w)[\"'“‘]\w", norm) and not _starts(bare, "question", "start"):
        return False  # "… and still they ask 'which ticket?'"
    said = pattern("clauses", "reporting").search(bare)
    if said and re.search(r"[:\"“]", bare[said.end() :]):
        return False
    if is_order(bare) and not re.match(r"(?:sudah|apakah|did|has|have)\b", bare):
        return False
    start = _starts(bare, "question", "start")
    if start and (asked or not ("," in bare and start[0] in ("when", "while", "as", "where"))):
        return True
    auxiliary = _starts(bare, "question", "auxiliary")
    if auxiliary and _starts(bare[auxiliary.end() :].lstrip(), "question", "subject"):
        return True
    plain = bare.rstrip("?.! ")
    last = re.search(r"[\w ]+$", plain)
    words = plain.split()
    opened = pattern("clauses", "question", "open").search(plain)
    if words and words[-1] in word_list("clauses")["question"]["tag"]["id"] and opened and len(words) > 2:
        return True
    if last and not pattern("clauses", "question", "no_end").search(" ".join(words[-3:])) and any(
        plain.endswith(" " + word)
        for language in ("id", "en")
        for word in word_list("clauses")["question"]["end"][language]
    ):
        return True
    return asked


def is_their_question(norm: str) -> bool:
    """Whether a question is reported of a person ("Ann asked what 50 seats cost", "what would 50 seats cost, Ann asks")."""
    for match in pattern("clauses", "asking").finditer(norm):
        before, after = norm[: match.start()], norm[match.end() :]
        near = re.search(r"xperson[a-z]+q\W*(?:[^\W\d_]+\W+){0,2}$", before) or re.match(r"\W*xperson[a-z]+q", after)
        if near and ("," in before or not _starts(before.lstrip(" \"'“”"), "question", "start")):
            return True
    return False


def is_request(norm: str) -> bool:
    """Asks the assistant for something else than recording."""
    bare = re.sub(r"^(?:(?:tolong|mohon|please|coba|bantu|bisa|can you|could you|pls)\s+)+", "", norm)
    match = _starts(bare, "request") or _starts(norm, "request")
    if not match or is_order(norm):
        return False
    asked = re.sub(r"^(?:jadwal|undangan|an?|the)\s+", "", bare[match.end() :].lstrip())
    return not pattern("kinds", "meeting", "noun").match(asked)


def is_supposition(norm: str) -> bool:
    """If, suppose, hopefully: nothing that has happened."""
    return bool(_starts(norm, "hypothetical"))


def is_small_talk(norm: str) -> bool:
    """Greetings and thanks with nothing behind them."""
    if _THANKS_TO.match(norm) or is_interjection(norm):
        return True
    rest, position = norm, 0
    while position < len(rest):
        found = _FILLER.match(rest, position) or pattern("clauses", "small_talk").match(rest, position)
        if not found or found.end() == position:
            return False
        position = found.end()
    return True
