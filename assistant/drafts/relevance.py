"""What of a draft's material is about its topic: lines, records and services. A draft with a topic says nothing for the sake of saying it."""

import re
from collections.abc import Sequence

from assistant.drafts.case_figures import quantity_in
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import MARK, Line
from assistant.drafts.wording import matcher
from knowledge.language.concepts import concept_names, concepts
from knowledge.records.operations import Measurement
from knowledge.records.services import Figure, Subscription

_SPARE = re.compile(r"(\b[^\W\d_]{3,}) +(?:cadangan|redundan)\b|\b(?:backup|back-up|spare|redundant|secondary) +(links?|lines?|connections?|circuits?|generators?|power|routers?|firewalls?|sites?|isp)\b", re.IGNORECASE)
"""A spare thing: what is spare is the thing ("tautan cadangan", "backup link"), and no copy of data."""
_NETWORK = "jaringan network"
"""What a link is a part of."""
OF_SERVICE = 0.51
"""How much a line counts that names a service concerned, of 1 for a line that names all of the topic."""
SEVERAL = 3
"""Concepts of a topic from which one of them alone may be said of anything."""
_FAMILIES = (("mbps", "gbps", "kbps"), ("tb", "gb", "mb"), ("vcpu", "cpu"), ("vm", "server"))
"""Units that measure the same thing."""
_ROWS = re.compile(r"“[^”]*[^\W\d_][^”:;]*: [^”;]+; ?[^”:;]+: ")


def telling(dossier: Dossier) -> frozenset[str]:
    """The topic's concepts without numbers, units and what is merely to be done with it ("tambah", "upgrade")."""
    words = matcher("topic.action").sub(" ", _SPARE.sub(r"\1\2 ", dossier.request.topic))
    if matcher("topic.link").search(words):
        words += f" {_NETWORK}"
    names = frozenset(name for name in concept_names(re.sub(r"\d+(?:[.,]\d+)*\s*(?:[TGMK]B(?:ps)?|[GMK]bps)?", " ", words, flags=re.IGNORECASE)) if not name.isdigit())
    return names or dossier.topic.names


def on_topic(dossier: Dossier, lines: Sequence[Line], most: int, others: int = 0, least: float = 0.0) -> list[Line]:
    """The lines that are about the topic, the most so first, then `others` more; as they stand where nothing is known of the topic.

    A line counts that names at least half of what the best one names of it, the quantity asked for, or a service concerned. least: the share
    of a topic of several concepts that it must name at any rate.
    """
    names = telling(dossier)
    if not names:
        return list(lines[:most])
    asked = quantity_in(dossier.request.topic)
    quantity = re.compile(rf"(?<![\d.,]){re.escape(f'{asked[0]:f}').replace(chr(92) + '.', '[.,]')}\s*{re.escape(asked[1])}(?!\w)", re.IGNORECASE) if asked else None
    services = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in service_words(dossier)]
    shares = []
    for line in lines:
        text = MARK.sub(" ", f"{line.lead} {line.text}")
        share = 1.0 if quantity and quantity.search(text) else len(names & concept_names(text)) / len(names)
        shares.append((max(share, OF_SERVICE) if any(name.search(text) for name in services) else share, line))
    least = max(max((share for share, _ in shares), default=0) / 2, least if len(concepts(dossier.request.topic)) >= SEVERAL else 0.0)
    about = sorted((pair for pair in shares if pair[0] and pair[0] >= least), key=lambda pair: -pair[0])
    rest = [line for share, line in shares if not share or share < least]
    return [line for _, line in about[:most]] + rest[:others]


def prose(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that quote rows of a table: "Layanan: …; Biaya: …" is not how their source reads."""
    return [line for line in lines if not _ROWS.search(line.text)]


def service_words(dossier: Dossier) -> set[str]:
    """Names and codes of the services concerned."""
    codes = services_on_topic(dossier)
    held = [own.service_name for own in dossier.records(Subscription) if own.service.lower() in codes and own.service_name]
    return {name for name in (*held, *(dossier.service(code) for code in codes)) if len(name) > 2}


def services_on_topic(dossier: Dossier) -> set[str]:
    """Codes, lower case, of the customer's services that the topic names best, or whose use is measured in the unit that it names."""
    names, named = telling(dossier), dict[str, str]()
    for own in dossier.records(Subscription):
        named[own.service.lower()] = f"{own.service} {own.service_name or ''} {dossier.service(own.service)} {own.level or ''}"
    for month in dossier.records(Measurement):
        code = (month.service or "").lower()
        if code:
            named[code] = f"{named.get(code, month.service)} {dossier.service(month.service)} {month.indicator}"
    shares = {code: len(names & concept_names(words)) for code, words in named.items()}
    best = max(shares.values(), default=0)
    return {code for code, share in shares.items() if share and share == best} or _measured_alike(dossier)


def _measured_alike(dossier: Dossier) -> set[str]:
    """Services whose use is measured in the unit of the quantity asked for: Mbps where the topic says "1 Gbps"."""
    asked = quantity_in(dossier.request.topic)
    family = next((family for family in _FAMILIES if asked and asked[1].lower() in family), ())
    return {
        figure.service.lower() for figure in dossier.records(Figure)
        if figure.metric == "usage" and figure.service and any(re.search(rf"(?<!\w){unit}(?!\w)", f"{figure.name} {figure.unit}", re.IGNORECASE) for unit in family)
    }  # fmt: skip
