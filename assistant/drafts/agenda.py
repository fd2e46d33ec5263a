"""A suggested agenda, derived from what the other sections found. Pure: sections in, points out."""

from assistant.drafts.model import Line, Section
from assistant.drafts.wording import phrase
from knowledge.language.vocabulary import Language

POINTS = (
    ("topic", 1), ("performance", 1), ("commitments_provider", 1), ("commitments_customer", 1), ("requests", 2), ("incidents", 1), ("changes", 1),
    ("projects", 1), ("feedback", 1), ("conflicts", 1), ("agreement", 1), ("opportunities", 2), ("continuity", 1),
)  # fmt: skip
LIMIT = 8


def agenda(sections: list[Section], language: Language, topic: str) -> list[Line]:
    """Up to eight points, each with the evidence of the lines that it comes from."""
    by_key = {section.key: section for section in sections}
    points = []
    for key, count in POINTS:
        section = by_key.get(key)
        if section is None or not section.lines:
            continue
        chosen = section.lines[:count] if key == "topic" else [line for line in section.lines if line.short][:count]
        if not chosen:
            continue
        what = ", ".join(dict.fromkeys(short(line) for line in chosen))
        ids = tuple(dict.fromkeys(number for line in chosen for number in line.evidence_ids[:1]))
        text = phrase(f"agenda.{key}", language, what=what, topic=topic, count=len(section.lines))
        points.append(Line(f"{text} " + "".join(f"[{number}]" for number in ids), ids))
    return points[:LIMIT]


def short(line: Line) -> str:
    """A few words that stand for a line: its own short form, its label, or its beginning."""
    if line.short:
        return line.short.strip().rstrip(".;:")
    words = line.text.split(" [E")[0].strip("“”")
    return line.lead.rstrip(" :—") or (words if len(words) < 70 else words[:70].rsplit(" ", 1)[0] + " …")
