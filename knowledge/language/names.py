"""The forms in which people and organisations are named: without titles or legal form, by first name, by initials."""

import re
from functools import cache

from knowledge.language.vocabulary import both_languages, literal_alternatives, vocabulary

_PEOPLE = vocabulary("honorifics")
_ORGANISATIONS = vocabulary("organisations")


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(word.lower().replace(".", "") for word in words)


HONORIFICS = _folded(both_languages(_PEOPLE["honorific"]))
"""Forms of address, lower case, without dots."""
_DEGREES = _folded(_PEOPLE["degree"]["words"])
_WEAK_FIRST = _folded(_PEOPLE["weak_first_name"]["words"])
LEGAL_BEFORE, LEGAL_AFTER = _folded(_ORGANISATIONS["legal"]["before"]), _folded(_ORGANISATIONS["legal"]["after"])
"""Legal forms that stand before or after an organisation's name, lower case, without dots."""
_GENERIC = _folded(_ORGANISATIONS["generic"]["words"])
_TRADES = _folded(_ORGANISATIONS["trade"]["words"])
_REGIONS = _folded(_ORGANISATIONS["region"]["words"])
_PAIRS = [(pair["long"], pair["short"]) for pair in _ORGANISATIONS["pair"]]
_SHORTEST_CALLED = 3
_SMALL_WORDS = frozenset({"dan", "and", "of", "the", "untuk", "for", "di", "de"})


@cache
def called_organisation() -> re.Pattern[str]:
    """Words for what an organisation is called whose name is left out: "operator", "pabrik", "the mill"."""
    return re.compile(rf"\b(?:the\s+)?(?:{literal_alternatives(both_languages(_ORGANISATIONS['called']))})\b", re.IGNORECASE)


def _bare(word: str) -> str:
    return word.lower().replace(".", "").strip("(),")


def without_titles(full_name: str) -> str:
    """A person's name without forms of address and degrees: "Dr. Sekar Wulan, S.Kom., M.M." → "Sekar Wulan"."""
    words = full_name.split(",")[0].split() if "," in full_name else full_name.split()
    words = [word.strip("()") for word in words]
    while (
        len(words) > 1 and _bare(words[0]) in HONORIFICS and not (_bare(words[0]) == "h" and not words[0].endswith("."))
    ):
        words = words[1:]
    while len(words) > 1 and _bare(words[-1]) in _DEGREES:
        words = words[:-1]
    return " ".join(words)


def person_entries(full_name: str) -> list[str]:
    """The forms that may name a person, fullest first: whole name, first two, first and last, first name, last name.

    Initials and first names that a great many share (Muhammad, Siti, I Made) do not stand alone.
    """
    name = without_titles(full_name)
    words = name.split()
    forms = [name]
    strong = [word for word in words if _bare(word) not in _WEAK_FIRST and len(_bare(word)) >= 3]
    if len(words) >= 3:
        forms += [" ".join(words[:2]), f"{words[0]} {words[-1]}", " ".join(words[1:])]
    if len(words) >= 2 and strong:
        forms += [strong[0], strong[-1]]
    return list(dict.fromkeys(form for form in forms if any(word in form.split() for word in strong) or form == name))


def called_forms(called: str, full_name: str) -> list[str]:
    """What people call somebody, and the same without the form of address where it is a piece of the name itself: "Pak Roso" names
    Suroso as "Roso" too, "Pak Haji" nobody as "Haji"."""
    bare = without_titles(called)
    inside = len(bare) >= _SHORTEST_CALLED and bare.lower() in without_titles(full_name).lower()
    return list(dict.fromkeys([called, *([bare] if inside else [])]))


def without_legal_form(legal_name: str) -> str:
    """An organisation's name without PT, CV, Tbk, (Persero), Ltd, GmbH …; the name itself if nothing else is left."""
    without_notes = re.sub(
        r"\(\s*([^)]*?)\s*\)", lambda note: f" {note[1]} " if _bare(note[1]) in LEGAL_AFTER else " ", legal_name
    )
    words = without_notes.replace(",", " ").split()
    while words and _bare(words[-1]) in LEGAL_AFTER:
        words = words[:-1]
    while len(words) > 1 and _bare(words[0]) in LEGAL_BEFORE:
        words = words[1:]
    return " ".join(words) or legal_name.strip()


def company_forms(legal_name: str) -> list[str]:
    """The full ways to name an organisation: as registered, without its legal form, a short name in brackets, and its
    kind written out or abbreviated ("Rumah Sakit Kenari" / "RS Kenari")."""
    bare = without_legal_form(legal_name)
    forms = [legal_name.strip(), bare]
    forms += [
        note.strip()
        for note in re.findall(r"\(([^)]+)\)", legal_name)
        if _bare(note) not in (LEGAL_AFTER | _GENERIC | _REGIONS) and len(note.strip()) >= 2
    ]
    for long, short in _PAIRS:
        for one, other in ((long, short), (short, long)):
            swapped = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, bare, flags=re.IGNORECASE)
            if swapped != bare:
                forms.append(swapped)
    words = bare.split()
    kept = [word for at, word in enumerate(words) if not at or _bare(word) not in _REGIONS]
    if 1 < len(kept) < len(words):
        forms.append(" ".join(kept))
    return list(dict.fromkeys(forms))


def initials(legal_name: str) -> str | None:
    """The acronym of an organisation's name without its legal form, of three letters or more, or None.

    A name that already holds an acronym ("RSUD …") makes none.
    """
    if (
        any(len(word) > 2 and word.isupper() for word in without_legal_form(legal_name).split())
        and not legal_name.isupper()
    ):
        return None
    letters = "".join(
        word[0]
        for word in without_legal_form(legal_name).split()
        if word[0].isalnum() and word.lower() not in _SMALL_WORDS
    )
    return letters.upper() if len(letters) >= 3 else None


def short_company_forms(legal_name: str) -> list[str]:
    """Shorter ways that may name an organisation: its leading words, its most distinctive word, its initials.

    Others may share them, so give them a lower weight than `company_forms`.
    """
    words = without_legal_form(legal_name).split()
    proper = _proper_name(words)
    forms = [" ".join(words[:count]) for count in range(len(words) - 1, 1, -1)]
    own = next(
        (place for place, word in enumerate(words) if _bare(word) not in _GENERIC | _TRADES and len(_bare(word)) >= 4), None
    )
    if len(words) > 1 and own is not None:
        forms += [words[own]]
        if own > 0:  # a kind of organisation stands before: "RSUD Kota Kenari Asri" → "Kenari Asri", "RSUD Kenari Asri"
            forms += [" ".join(words[own:]), " ".join([words[0], *words[own:]])]
    acronym = initials(legal_name)
    usable = [form for form in forms if any(_bare(word) not in _GENERIC | _TRADES for word in form.split())]
    return list(dict.fromkeys([*usable, *([proper] if proper else []), *([acronym] if acronym else [])]))


def _proper_name(words: list[str]) -> str | None:
    """The two words or more after those that say what kind of organisation it is, if any do: "Bank Perkreditan Rakyat Makmur Jaya"."""
    first = next((place for place, word in enumerate(words) if _bare(word) not in _TRADES), len(words))
    return " ".join(words[first:]) if first and len(words) - first >= 2 else None
