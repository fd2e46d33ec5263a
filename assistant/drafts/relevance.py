"""What of a draft's material is about its topic: lines, records and services. A draft with a topic says nothing for the sake of saying it."""

from collections.abc import Sequence

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import MARK, Line
from knowledge.records.operations import Measurement
from knowledge.records.services import Subscription


def on_topic(dossier: Dossier, lines: Sequence[Line], most: int, others: int = 0) -> list[Line]:
    """The lines that are about the topic, the most so first, then `others` more; as they stand where nothing is known of the topic.

    A line counts that names more than half of what the best one names of it.
    """
    if not dossier.topic.names:
        return list(lines[:most])
    shares = [(dossier.topic.share(MARK.sub(" ", f"{line.lead} {line.text}")), line) for line in lines]
    least = max((share for share, _ in shares), default=0) / 2
    about = sorted((pair for pair in shares if pair[0] > least), key=lambda pair: -pair[0])
    rest = [line for share, line in shares if share <= least]
    return [line for _, line in about[:most]] + rest[:others]


def services_on_topic(dossier: Dossier) -> set[str]:
    """Codes, lower case, of the customer's services that the topic names, best first; empty where it names none."""
    named: dict[str, str] = {}
    for own in dossier.records(Subscription):
        named[own.service.lower()] = f"{own.service} {own.service_name or ''} {dossier.service(own.service)} {own.level or ''}"
    for month in dossier.records(Measurement):
        code = (month.service or "").lower()
        if code:
            named[code] = f"{named.get(code, month.service)} {dossier.service(month.service)} {month.indicator}"
    shares = {code: dossier.topic.share(words) for code, words in named.items()}
    best = max(shares.values(), default=0)
    return {code for code, share in shares.items() if share and share == best}
