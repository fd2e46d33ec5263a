"""The numbered clauses of an agreement and what each is about."""

import re
from collections.abc import Mapping, Sequence

from knowledge.intake.prose.facts import ClauseDraft
from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import any_of, bounded, table, words
from knowledge.language.money import find_money
from knowledge.language.names import LEGAL_BEFORE

_FEW = 3
LOOSE_LENGTH = 40
"""Shorter paragraphs without a number are no clauses of their own."""
_LOOSE_LIMIT = 2500
_OPENING_BLOCKS = 15
_LOOSE_NUMBER = re.compile(r"^\s*\(?(\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]\s+(?=\S)")
_RUN_IN = re.compile(r"\s*(?:\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)?(?P<lead>[A-ZÀ-Ý][\w/&-]*(?:\s+[\w/&()-]+){0,5}?)\s*(?:[.:]|\s[–—-])\s+(?=\S)")
_WORDS_AFTER_LEAD = re.compile(r"\s*[.:–—-]|\s+\w")
_ROLE = re.compile(any_of("agreement.provider_roles", "agreement.customer_roles"), re.IGNORECASE)
_LONGEST_LEAD = 7
_MAKES = re.compile(r"(?<!\w)(?:by\s+and\s+between|between|antara|para\s+pihak)(?!\w)", re.IGNORECASE)
_DUTIES = re.compile(any_of("agreement.duties"), re.IGNORECASE)
_OBLIGES = re.compile(rf"^\W*(?:\w+\s+){{1,4}}{any_of('agreement.must')}\W*$", re.IGNORECASE)
"""A heading that says who must, its list what: "Alfa shall", "Bank wajib"."""
_JOINT = re.compile(any_of("agreement.joint"), re.IGNORECASE)
_OTHER = {"provider": "customer", "customer": "provider"}
_LEADING_LETTER = re.compile(r"^[A-Z][.)]?\s+(?=[A-ZÀ-Ý]\w)")
_LEADING_NUMBER = re.compile(
    r"^\s*(?:(?:pasal|klausul|article|clause|section|bab)\s+)?(?:[A-Z]\.)?(?:(?:\d+|[IVXLC]+)(?:\.\d+)*(?!\w))?[.)]?\s*[:.\-–—]*\s*",
    re.IGNORECASE,
)
_HEADING_TOPICS = [
    (topic, re.compile(bounded(words(f"agreement.topics.heading.{topic}")), re.IGNORECASE))
    for topic in table("agreement")["topics"]["heading"]
]
_WORD_TOPICS = [
    (topic, re.compile(bounded(words(f"agreement.topics.words.{topic}")), re.IGNORECASE))
    for topic in table("agreement")["topics"]["words"]
]
_WHOLE_HEADINGS = {word: topic for topic in table("agreement")["topics"]["alone"] for word in words(f"agreement.topics.alone.{topic}")}
# What the words of a clause may make of a clause that its heading already names.
_STRONG = ("maintenance_window",)  # these words say it under any heading
_REFINES: dict[str, tuple[str, ...]] = {
    "term": ("renewal", "termination", "payment", "charges"),
    "renewal": (),
    "payment": ("late_payment",),
    "charges": ("late_payment", "payment"),
    "service_level": ("maintenance_window", "credit_cap", "credit"),
    "credit": ("credit_cap",),
    "liability": ("credit", "credit_cap"),
    "obligation_provider": (),
    "obligation_customer": (),
    "termination": (),
    "definition": (),
    "confidentiality": (),
}


def read_clauses(placed: Sequence[PlacedBlock]) -> list[ClauseDraft]:
    """Every clause with text of its own, in order; a table under a clause belongs to it, a row a line.

    In an agreement whose clauses bear (nearly) no numbers every paragraph after the opening is one, without a number.
    """
    clauses: list[ClauseDraft] = []
    numbered = {item.locator.clause for item in placed if item.locator.clause and item.block.kind != "heading"}
    loose, start = len(numbered) < _FEW, _opening_ends(placed)
    heading = ""
    open_number: str | None = None
    in_table, under = False, ""
    sections: set[str] = set()
    for item in placed:
        block = item.block
        if block.kind == "metadata":
            continue
        number = block.locator.clause
        if block.kind == "heading":
            heading, open_number, in_table, under = block.text, None, False, ""
            continue
        before, in_table = in_table, number is None and block.kind == "table_row"
        if number is None:
            open_number = None
            lead = lead_of(item) if loose and item.index >= start else ""
            if lead:
                clauses.append(loose_clause(item, lead))
                under = ""
                continue
            own = _HEADING_NUMBER.match(heading) if loose and not _LOOSE_NUMBER.match(block.text) else None
            if own and block.kind != "table_row" or own and clauses and under == heading:
                if clauses and under == heading:
                    extend_clause(clauses[-1], item)
                else:
                    clauses.append(table_clause(item, heading))
                    under = heading
                    sections.add(clauses[-1].number)
            elif in_table and heading and not (before and clauses):
                clauses.append(table_clause(item, heading))
            elif in_table and heading:
                extend_clause(clauses[-1], item)
            elif loose and item.index >= start and (len(block.text) >= LOOSE_LENGTH or _names_topic(heading)):
                clauses.append(loose_clause(item, heading))
            continue
        path = [part for part in block.section_path if part != block.text]
        own_heading = path[-1] if path else heading
        if clauses and open_number == number:
            extend_clause(clauses[-1], item)
            continue
        clauses.append(
            ClauseDraft(
                item.passage,
                block.locator,
                block.text,
                number=number,
                heading=bare_heading(own_heading),
                text=block.text,
                passages=[item.passage],
            )
        )
        open_number = number
    for clause in clauses:
        # Of a heading with several paragraphs the first says what they are about.
        clause.topic = topic_of(clause.heading, clause.text.split("\n")[0] if clause.number in sections else clause.text)
    return clauses


def _opening_ends(placed: Sequence[PlacedBlock]) -> int:
    """The index after which the agreement's provisions begin: the paragraph that names the parties, else the first."""
    for item in placed[:_OPENING_BLOCKS]:
        if _MAKES.search(item.text) and len(item.text) < _LOOSE_LIMIT:
            return item.index + 1
    return placed[0].index + 1 if placed and len(placed) > 1 else 0


def lead_of(item: PlacedBlock) -> str:
    """The words that head a paragraph in its own line: in bold, or before a full stop or colon where they name a topic of agreements
    ("Term. From …", "Masa: …"); "" where it has none."""
    lead = item.block.lead.strip(" .:–—-")
    if lead and (_names_topic(lead) or _WORDS_AFTER_LEAD.match(item.text[len(item.block.lead) :] if item.text.startswith(item.block.lead) else ".")):
        return lead
    match = _RUN_IN.match(item.text) if item.block.kind in ("paragraph", "list_item") else None
    return match["lead"].strip() if match and _names_topic(match["lead"]) else ""


def _names_topic(heading: str) -> bool:
    words_of_it = heading.split()
    if not words_of_it or _ROLE.fullmatch(heading.strip()) or words_of_it[0].lower().rstrip(".") in LEGAL_BEFORE:  # these name somebody
        return False
    return len(heading.split()) <= _LONGEST_LEAD and (is_about_duties(heading) or any(found.search(heading) for _, found in _HEADING_TOPICS))


def loose_clause(item: PlacedBlock, heading: str) -> ClauseDraft:
    """A paragraph as a clause of its own, with the number that it begins with, if any."""
    match = _LOOSE_NUMBER.match(item.text)
    return ClauseDraft(
        item.passage,
        item.locator,
        item.text,
        number=match[1] if match else "",
        heading=bare_heading(heading),
        text=item.text,
        passages=[item.passage],
    )


def table_clause(item: PlacedBlock, heading: str) -> ClauseDraft:
    """A table or paragraph that stands under a heading and belongs to no numbered clause; the heading's number is its own."""
    clause = loose_clause(item, heading)
    match = _HEADING_NUMBER.match(heading)
    clause.number = match[1] if match else ""
    return clause


_HEADING_NUMBER = re.compile(r"\s*([A-Z]?\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\S)")


def extend_clause(clause: ClauseDraft, item: PlacedBlock) -> None:
    """Adds a block to a clause, on a line of its own."""
    clause.text = f"{clause.text}\n{item.text}"
    if item.passage not in clause.passages:
        clause.passages.append(item.passage)


def bare_heading(heading: str) -> str:
    """A heading without its number: "Pasal 3 Jangka Waktu" → "Jangka Waktu"."""
    return _LEADING_LETTER.sub("", _LEADING_NUMBER.sub("", heading)).strip()


def bare_text(text: str, number: str) -> str:
    """A clause's text without its own number in front."""
    last = re.escape(number.rsplit("(", 1)[-1].rstrip(")"))
    return re.sub(rf"^\s*(?:{re.escape(number)}|\(?{last}\)|{last}\.)[.)]?\s+", "", text)


def topic_of(heading: str, text: str) -> str:
    """The topic by the heading, refined or replaced by the clause's own words; "other" where nothing tells."""
    by_words = [topic for topic, found in _WORD_TOPICS if found.search(text)]
    if "charges" in by_words and not find_money(text):
        by_words.remove("charges")
    by_heading = _WHOLE_HEADINGS.get(heading.lower()) or next((topic for topic, found in _HEADING_TOPICS if found.search(heading)), None)
    strong = next((topic for topic in by_words if topic in _STRONG), None)
    if strong or by_heading is None:
        return strong or (by_words[0] if by_words else "other")
    refinements = _REFINES.get(by_heading)
    if refinements is None:
        refinements = tuple(by_words[:1]) if by_heading == "notice" else ()
    return next((topic for topic in by_words if topic in refinements), by_heading)


def settle_duties(
    clauses: Sequence[ClauseDraft], sides: Mapping[str, Sequence[str]], sole_side: str | None = None
) -> None:
    """Clauses under a heading of one side's duties ("Kewajiban Sekolah", "What the Hospital provides") get that side's
    topic.

    `sides`: the words for each side; `sole_side`: whose duties a heading without a side means. A heading that names
    somebody else than the one known side means the other.
    """
    for clause in clauses:
        if not is_about_duties(clause.heading):
            continue
        named = [side for side, names in sides.items() if re.search(bounded(names), clause.heading, re.IGNORECASE)]
        if (clause.topic or "").startswith("obligation_") and len(named) != 1:
            continue
        somebody = re.search(r"\s[A-Z]\w{2,}", _DUTIES.sub("", clause.heading, count=1))
        side = named[0] if len(named) == 1 else None
        if not named and not _JOINT.search(clause.heading):
            known = {
                name
                for name in sides
                for other in clauses
                if is_about_duties(other.heading) and re.search(bounded(sides[name]), other.heading, re.IGNORECASE)
            }
            side = sole_side or (_OTHER[known.pop()] if somebody and len(known) == 1 else None)
        if side:
            clause.topic = f"obligation_{side}"


def is_about_duties(heading: str) -> bool:
    """Whether a heading announces what somebody must do."""
    return bool(_DUTIES.search(heading) or _OBLIGES.search(heading))
