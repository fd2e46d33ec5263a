"""Who the parties of an agreement are, and which of them provides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.intake.prose.facts import NameFinder
from knowledge.intake.prose.wording import alternation, any_of, words
from knowledge.language.names import LEGAL_AFTER

_ROLE = r"(?:(?:[Tt]he|[Ss]elanjutnya\s+disebut(?:\s+sebagai)?|[Hh]ereinafter(?:\s+(?:referred\s+to\s+as|called))?|[Cc]ollectively,?|[Dd]isebut)\s+)*(?:the\s+)?"  # noqa: E501
_DEFINED = re.compile(
    rf"(?:\(\s*{_ROLE}[“\"'‘*]+(?P<a>[^”\"'’*()]{{2,40}})[”\"'’*]+[^()]{{0,60}}\)"
    rf"|(?:selanjutnya\s+(?:dalam\s+\w+\s+ini\s+)?disebut(?:\s+sebagai)?|hereinafter(?:\s+(?:referred\s+to\s+as|called))?)\s+(?:the\s+)?[“\"'‘*]+(?P<b>[^”\"'’*()]{{2,40}})[”\"'’*]+)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"(?:selanjutnya|hereinafter|hereafter)\s+(?:\w+\s+){{0,4}}?(?:disebut|dinamakan|called|referred\s+to\s+as|known\s+as)\s+(?:sebagai\s+|juga\s+|the\s+)*"
    rf"(?P<role>(?i:{alternation([*words('agreement.provider_roles'), *words('agreement.customer_roles'), *words('agreement.party_roles')])}))(?!\w)",
    re.IGNORECASE,
)
"""A role without quotation marks, after a name with its description: "PT X, pengelola Y, diwakili oleh …, selanjutnya disebut PIHAK KEDUA"."""
_NAME = re.compile(
    r"(?:(?:PT|CV|Yayasan|Koperasi|Perum|Perumda|UD|Dinas|Badan|Kementerian|Universitas|RSUD|RS|Rumah\s+Sakit|Bank)\.?\s+)?"
    r"[A-ZÀ-Ý0-9][\w&'’.\-]*(?:\s+(?:[A-ZÀ-Ý0-9&(][\w&'’.)\-]*|dan|of|and|for|de|van|von)){0,8}(?:,?\s+(?:Tbk|Ltd|Inc|LLC|GmbH|Corp|Limited|S\.A|B\.V|Pte)\b\.?)*"
)
_LEGAL_NAME = re.compile(
    rf"(?:(?<!\w)(?:{alternation(words('aliases.legal_forms.id'))})\.?\s+[A-ZÀ-Ý][\w&'’\-]*(?:\s+(?:dan\s+(?=[A-ZÀ-Ý]\w+\s+(?:Provinsi|Kota|Kabupaten)))?\(?[A-ZÀ-Ý][\w&'’)\-]*){{0,7}})"
    r"|(?:[A-ZÀ-Ý][\w&'’\-]*(?:\s+(?:[A-ZÀ-Ý][\w&'’\-]*|&|of|and))*,?\s+(?:Ltd|Inc|LLC|GmbH|Corp|Corporation|Limited|Pte\.? Ltd|B\.V|S\.A)\b\.?)"  # noqa: E501
)
_ROLE_WORDS = alternation([*words("agreement.provider_roles"), *words("agreement.customer_roles"), *words("agreement.party_roles")])
_LABELLED = re.compile(rf"(?:^|[.;]\s+)(?P<role>(?i:{_ROLE_WORDS}))\s*:\s*(?P<name>{_NAME.pattern})")
_IN_BRACKETS = re.compile(rf"\(\s*(?:(?:as|sebagai|selaku)\s+(?:the\s+)?)?(?P<role>{_ROLE_WORDS})(?!\w)[^()“”\"]{{0,40}}\)", re.IGNORECASE)
_SHORT_IN_BRACKETS = re.compile(r"\(\s*(?P<short>[A-Z][\w&-]{1,14})\s*\)")
_BETWEEN = re.compile(r"(?<!\w)(?:antara|between|by\s+and\s+between|dengan|dan|and|with)\s+", re.IGNORECASE)
_OTHER_PARTY = re.compile(rf"\s*(?:\([^()]*\)\s*)?{any_of('agreement.joins')}\s", re.IGNORECASE)
_OPENING_LINES = 8
_LONGER_THAN_ABBREVIATED = 4
_LONGEST_DESCRIPTION = 120
_TAIL = re.compile(r"[\s,;:.(–—-]+$")
_SIDE_WORDS = {"provider": "agreement.provider_roles", "customer": "agreement.customer_roles"}


@dataclass(slots=True)
class Party:
    """A party as named; `side` is provider, customer or None; `roles` are the words that the agreement uses for it."""

    name: str
    roles: list[str] = field(default_factory=list)
    side: str | None = None
    customer_id: int | None = None


def find_parties(lines: Sequence[str], names: NameFinder) -> list[Party]:
    """The parties named in an agreement's opening lines, with the side that their roles or the known customers
    give them."""
    parties: list[Party] = []
    for line in lines:
        for match in _DEFINED.finditer(line):
            role = (match["a"] or match["b"]).strip()
            name = _name_before(line[: match.start()])
            if name and (_is_role(role) or is_short_for(role, name)):
                _add(parties, name, role)
        at = 0
        for match in _CALLED.finditer(line):
            named = _LEGAL_NAME.search(line, at, match.start())
            name = _TAIL.sub("", named[0]) if named else _name_before(line[at : match.start()])
            at = match.end()
            if name:
                _add(parties, name, match["role"])
        for match in _LABELLED.finditer(line):
            name = _TAIL.sub("", match["name"])
            if not names.people(name):  # who signs for a side is not the party
                _add(parties, name, match["role"].strip())
        for match in _IN_BRACKETS.finditer(line):
            if name := _name_before(line[: match.start()]):
                _add(parties, name, match["role"])
        for match in _SHORT_IN_BRACKETS.finditer(line):
            name = _name_before(line[: match.start()])
            if name and is_short_for(match["short"], name):
                _add(parties, name, match["short"])
    if len(parties) < 2:
        for line in lines[:_OPENING_LINES]:
            for found in _LEGAL_NAME.finditer(line):
                _add(parties, _TAIL.sub("", found[0]), None)
    for party in parties:
        party.side = _side_of_roles(party.roles)
        mentions = names.customers(party.name) or names.customers(_described(party, lines))
        party.customer_id = mentions[0].id if mentions else None
        if party.side is None and mentions:
            party.side = "customer"
    return _completed(parties)


def with_known_customer(parties: list[Party], opening: Sequence[str], names: NameFinder) -> list[Party]:
    """With the one known customer that the opening names, where no party is a customer: "PT Alfa and Hotel Beta", "the agreement with Beta"."""
    if any(party.side == "customer" for party in parties) or len(parties) > 1:
        return parties
    named = {mention.id: mention.text for line in opening for mention in names.customers(line)}
    if len(named) != 1:
        return parties
    number, text = named.popitem()
    return _completed([*parties, Party(text, side="customer", customer_id=number)])


def _described(party: Party, lines: Sequence[str]) -> str:
    """What an opening says of a party between its name and its role: "PT Alfa Medika, operator of Alfa Hospital, hereinafter …"."""
    line = next((line for line in lines if party.name in line), "")
    rest = line[line.find(party.name) + len(party.name) :] if line else ""
    if _OTHER_PARTY.match(rest):  # "PT A and Hotel B"
        return ""
    if other := _LEGAL_NAME.search(rest):  # "PT A – PT B": the other party is no description of the first
        rest = rest[: other.start()]
    return re.split(rf"{any_of('agreement.represented')}|[;(“\"]", rest, maxsplit=1, flags=re.IGNORECASE)[0][:_LONGEST_DESCRIPTION]


def _completed(parties: list[Party]) -> list[Party]:
    """Of two parties, the other side of the one that is known; no side is guessed for more."""
    if len(parties) == 2:
        other = {"provider": "customer", "customer": "provider"}
        first, second = parties
        if first.side == second.side and first.side is not None:
            for one in parties:
                one.side = "customer" if one.customer_id is not None else None
        if first.side is None and second.side:
            first.side = other[second.side]
        elif second.side is None and first.side:
            second.side = other[first.side]
    return parties


def settle_sides(parties: Sequence[Party], texts: Sequence[str]) -> None:
    """Where roles ("PIHAK PERTAMA") tell no side: the customer is who pays, the provider who provides."""
    if len(parties) != 2 or any(party.side for party in parties):
        return
    score = [0, 0]
    duty = rf"(?:\s+(?:{alternation(words('agreement.must'))}))?(?:\s+(?:untuk|to))?\s+"
    for position, party in enumerate(parties):
        subject = rf"(?<!\w)(?:{alternation([*party.roles, party.name])}){duty}"
        for path, weight in (("agreement.provides", 1), ("agreement.pays", -1)):
            found = re.compile(rf"{subject}(?:{alternation(words(path))})(?!\w)", re.IGNORECASE)
            score[position] += weight * sum(len(found.findall(text)) for text in texts)
    if score[0] != score[1]:
        first = score[0] > score[1]
        parties[0].side, parties[1].side = ("provider", "customer") if first else ("customer", "provider")


def is_short_for(short: str, name: str) -> bool:
    """Whether a defined term is a part of the name or its initials: "Samudra", "SJP" for "PT Samudra Jaya Pratama"."""
    tokens = _tokens(name)
    parts = [part.lower() for part in re.findall(r"\w+", short)]
    lower = [token.lower() for token in tokens]
    inside = any(lower[i : i + len(parts)] == parts for i in range(len(lower)))
    return bool(parts) and (inside or (short.isupper() and short == "".join(token[0] for token in tokens).upper()))


def name_parties(parties: Sequence[Party], texts: Sequence[str]) -> None:
    """Adds to each party's roles the short names that the clauses use for it: parts of its name, its initials."""
    generic = {word.lower() for word in (*words("agreement.generic_names"), *words("agreement.agreement_words"))}
    said = "\n".join(texts)
    for party in parties:
        others = {token.lower() for other in parties if other is not party for token in _tokens(other.name)}
        for short in _short_names(party.name):
            parts = [part.lower() for part in short.split()]
            if all(part in generic or part in others for part in parts) or short.lower() == party.name.lower():
                continue
            found = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", said, re.IGNORECASE)
            if found and found[0][:1].isupper() and short not in party.roles:
                party.roles.append(short)


def _short_names(name: str) -> list[str]:
    tokens = _tokens(name)
    runs = [" ".join(tokens[i:j]) for i in range(len(tokens)) for j in range(len(tokens), i, -1)]
    initials = "".join(token[0] for token in tokens).upper()
    return [run for run in runs if len(run) >= 4] + ([initials] if len(initials) >= 3 else [])


def _tokens(name: str) -> list[str]:
    legal = {form.lower().rstrip(".") for form in words("aliases.legal_forms")}
    return [token for token in re.findall(r"[\w&’'-]+", name) if token.lower().rstrip(".") not in legal]


def _is_role(role: str) -> bool:
    known = [*words("agreement.provider_roles"), *words("agreement.customer_roles"), *words("agreement.party_roles")]
    return bool(re.fullmatch(rf"(?:the\s+)?(?:{alternation(known)})", role, re.IGNORECASE))


def _side_of_roles(roles: Sequence[str]) -> str | None:
    for role in roles:
        for side, path in _SIDE_WORDS.items():
            if re.fullmatch(rf"(?:the\s+)?(?:{alternation(words(path))})", role, re.IGNORECASE):
                return side
    return None


def _name_before(text: str) -> str | None:
    text = _TAIL.sub("", text)
    legal = [match for match in _LEGAL_NAME.finditer(text)]
    if legal:
        return _TAIL.sub("", legal[-1][0])
    start = max((match.end() for match in _BETWEEN.finditer(text)), default=0)
    match = _NAME.search(text, start)
    return _TAIL.sub("", match[0]) if match and len(match[0]) > 2 else None


def _whole(name: str) -> str:
    """A name without what follows it: a bracket that is not closed, the next sentence."""
    name = name.split("(")[0] if name.count("(") > name.count(")") else name
    for stop in re.finditer(r"\.\s+(?=[A-ZÀ-Ý])", name):
        last = name[: stop.start()].split()[-1]
        if len(last) >= _LONGER_THAN_ABBREVIATED or last.lower() in LEGAL_AFTER:
            name = name[: stop.start()]
            break
    return _TAIL.sub("", name)


def _add(parties: list[Party], name: str, role: str | None) -> None:
    name = _whole(name)
    known = next((party for party in parties if party.name.lower() == name.lower()), None)
    if known is None:
        known = Party(name)
        parties.append(known)
    if role and role not in known.roles:
        known.roles.append(role)


def role_words(parties: Sequence[Party], side: str) -> list[str]:
    """The words that stand for one side in the clauses: the roles and names given, and the usual ones that the
    other side does not use."""
    own = [role for party in parties if party.side == side for role in party.roles]
    others = {role.lower() for party in parties if party.side not in (side, None) for role in party.roles}
    usual = [word for word in words(_SIDE_WORDS[side]) if word not in others]
    return [*own, *(party.name for party in parties if party.side == side), *usual]
