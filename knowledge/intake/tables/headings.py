"""How well a column's heading fits the words for a field: normalised, stemmed in both languages, typing errors allowed."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.intake.tables.units import bare_heading
from knowledge.language.tokens import stem
from knowledge.language.vocabulary import LANGUAGES
from knowledge.records.schema import FieldSchema, KindSchema

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2,})")
_ABBREVIATED = {"tgl": "tanggal", "tg": "tanggal", "tngl": "tanggal", "no": "nomor", "nmr": "nomor", "nr": "nomor", "num": "number", "telp": "telepon", "tlp": "telepon", "ket": "keterangan", "jml": "jumlah", "thn": "tahun", "bln": "bulan", "wkt": "waktu", "pelangan": "pelanggan", "cust": "customer", "acct": "account", "acc": "account", "desc": "description", "descr": "description", "svc": "service", "resp": "response", "resol": "resolution", "prob": "probability", "pct": "percent", "dt": "date", "amt": "amount", "qty": "quantity", "prio": "priority", "mgr": "manager", "cat": "category", "ref": "reference", "lyn": "layanan", "plg": "pelanggan", "jab": "jabatan"}
_GENERIC_KEYS = ("kode", "id", "nomor", "code", "number", "reference", "identifier", "no")
EXACT, STEMMED, ANY_ORDER = 1.0, 0.96, 0.92


@lru_cache(maxsize=50_000)
def words_of(heading: str) -> tuple[str, ...]:
    """A heading's words, lower case, without its unit, abbreviations written out: "Tgl_Lapor" → tanggal, lapor."""
    text = unicodedata.normalize("NFKC", bare_heading(heading))
    text = _CAMEL.sub(" ", text)
    found = re.findall(r"[^\W_]+|%", text.lower())
    return tuple(_ABBREVIATED.get(word, word) for word in found)


@lru_cache(maxsize=50_000)
def _stems(words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem(word, language) for language in LANGUAGES) for word in words)


def _same_stems(left: tuple[frozenset[str], ...], right: tuple[frozenset[str], ...]) -> bool:
    return len(left) == len(right) and all(a & b for a, b in zip(left, right, strict=True))


def _covers(heading: tuple[frozenset[str], ...], synonym: tuple[frozenset[str], ...]) -> bool:
    return all(any(part & word for word in heading) for part in synonym)


@lru_cache(maxsize=50_000)
def similarity(heading: str, synonym: str) -> float:
    """0–1: 1 the same words; 0.96 the same stems; 0.92 in another order; less for a part of the heading or a typing error."""
    left, right = words_of(heading), words_of(synonym)
    if not left or not right:
        return 0.0
    if left == right:
        return EXACT
    left_stems, right_stems = _stems(left), _stems(right)
    if _same_stems(left_stems, right_stems):
        return STEMMED
    if len(left) == len(right) and _covers(left_stems, right_stems):
        return ANY_ORDER
    joined_left, joined_right = "".join(left), "".join(right)
    if joined_left == joined_right:
        return STEMMED
    ratio = fuzz.ratio(joined_left, joined_right)
    score = ratio / 100 * 0.9 if ratio >= 86 and min(len(joined_left), len(joined_right)) >= 5 else 0.0
    if len(left) > len(right) and _covers(left_stems, right_stems):
        score = max(score, 0.45 + 0.4 * len(right) / len(left))
    return score


@lru_cache(maxsize=100_000)
def _best(heading: str, synonyms: tuple[str, ...]) -> float:
    return max((similarity(heading, synonym) for synonym in synonyms), default=0.0)


def heading_score(heading: str, field: FieldSchema) -> float:
    """How well a heading fits a field, 0–1. A bare "Kode" or "ID" fits any key, weakly."""
    score = _best(heading, field.headings)
    if field.type == "key":
        score = max(score, 0.8 * _best(heading, _GENERIC_KEYS) if len(words_of(heading)) == 1 else 0.0)
    return score


def names_kind(text: str, schema: KindSchema) -> float:
    """How clearly a sheet's, file's or table's name says the kind: 1 is its name, less when other words stand beside it."""
    heading, best = words_of(text), 0.0
    if not heading:
        return 0.0
    stems = _stems(heading)
    for name in schema.all_names:
        synonym = words_of(name)
        if heading == synonym or _same_stems(stems, _stems(synonym)):
            return 1.0
        if synonym and _in_order(stems, _stems(synonym)):
            best = max(best, 0.5 + 0.4 * len(synonym) / len(heading))
    return best


def _in_order(heading: tuple[frozenset[str], ...], name: tuple[frozenset[str], ...]) -> bool:
    return any(_same_stems(heading[i : i + len(name)], name) for i in range(len(heading) - len(name) + 1))


def canonical_in(text: str, field: FieldSchema) -> str | None:
    """The canonical value that a heading or title names in passing ("Pendapatan 2025" → revenue); the longest word wins."""
    heading = _stems(words_of(text))
    found: tuple[int, str] | None = None
    for value, spellings in field.values.items():
        for spelling in spellings:
            synonym = words_of(spelling)
            if synonym and _in_order(heading, _stems(synonym)) and (found is None or len(spelling) > found[0]):
                found = (len(spelling), value)
    return found[1] if found else None
