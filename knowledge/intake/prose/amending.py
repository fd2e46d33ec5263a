"""Documents that amend an agreement: how they are told from other writing, and their instructions as clauses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.intake.prose.amendments import changes_unnamed, touched
from knowledge.intake.prose.clauses import LOOSE_LENGTH, extend_clause, loose_clause, topic_of
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.facts import ClauseDraft
from knowledge.intake.prose.text import PlacedBlock, sentence_texts
from knowledge.intake.prose.wording import alternation, any_of, pattern, words

_OPENING_BLOCKS, _SEVERAL = 6, 2
_CHANGE_OF = re.compile(
    rf"{any_of('amendments.change_nouns')}(?:[^\w\n]+[\w.-]+){{0,6}}?[^\w\n]+{any_of('agreement.agreement_words')}", re.IGNORECASE
)
_DOES_AMEND = re.compile(
    rf"{any_of('amendments.amending')}(?:[^\w\n]+[\w.-]+){{0,8}}?[^\w\n]+{any_of('agreement.agreement_words')}"
    rf"|{any_of('agreement.agreement_words')}[^\n]{{0,240}}?{any_of('amendments.agreed_to_amend')}",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(rf"(?::|{any_of('amendments.following_text')})\W*$", re.IGNORECASE)
_CLOSES = re.compile(rf"^\W*{any_of('amendments.closing')}", re.IGNORECASE)
_SIGNED = re.compile(any_of("agreement.signed"), re.IGNORECASE)
UNDER_AGREEMENT = re.compile(rf"^\W*{any_of('agreement.agreement_words')}\s*(?:no\.?|nomor|number)?\s*:\s*(?P<code>(?=[\w./-]*\d)[\w./-]{{3,}}\w)", re.IGNORECASE)
"""A line of a change request that says under which agreement it stands: "Agreement: MSA-7"."""
_OWN_NUMBER = re.compile(
    rf"^[\W_]*(?:(?:{alternation(words('amendments.labels'))})\s+)?(?P<number>[A-Z]?\d{{1,3}}(?:\.\d{{1,3}})*(?:\(\w{{1,2}}\))?)(?![\w/-])", re.IGNORECASE
)


def is_amendment(titles: str, opening: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a document changes an agreement: its title or its opening says so, and something in it is changed.

    `titles`: the title and the file's name, a line each. A draft, a proposal or an unsigned text changes nothing.
    """
    if is_draft(titles, [*opening, *texts[-3:]]):
        return False
    titled = bool(pattern("classification.amendment.title").search(titles) or _CHANGE_OF.search(titles))
    requested = bool(pattern("classification.change_notice.title").search(titles)) and any(UNDER_AGREEMENT.match(text) for text in opening[:_OPENING_BLOCKS])
    signed = any(_SIGNED.search(text) for text in [*opening[:_OPENING_BLOCKS], *texts[-3:]]) or bool(_SIGNED.search(titles))
    if requested:
        said = [text for text in texts if not _SIGNED.search(text) and not UNDER_AGREEMENT.match(text)]
        return signed and any(touched(text) or edits_in(text) for text in said)
    stated = any(_DOES_AMEND.search(text) for text in opening[:_OPENING_BLOCKS])
    if not titled and not stated:
        return False
    if any(touched(text) for text in texts):
        return True
    return titled and (stated or signed) and any(edits_in(text) for text in texts)


def is_draft(titles: str, lines: Sequence[str]) -> bool:
    """Whether the title calls it a draft, or a line says that it is not signed or not in force yet."""
    if pattern("amendments.draft_titles").search(titles):
        return True
    return any(pattern("amendments.unsigned").search(line) for line in lines)


def amending_clauses(placed: Sequence[PlacedBlock]) -> list[ClauseDraft]:
    """The clauses of an amendment: one for each instruction, with the new text that stands below it ("… shall read:"),
    and its other provisions."""
    clauses: list[ClauseDraft] = []
    instruction: ClauseDraft | None = None
    awaits, heading, below = False, "", None
    for item in placed:
        block, number = item.block, item.locator.clause
        if block.kind == "metadata":
            continue
        if instruction is not None and awaits and _restates(block.text, instruction):
            extend_clause(instruction, item)
        elif block.kind == "heading":
            instruction, awaits, heading, below = None, False, block.text, None
        elif item.index and touched(block.text):
            instruction = loose_clause(item, _own_heading(item, heading))
            instruction.number = number if number and block.kind != "table_row" else instruction.number
            awaits, below = bool(_INTRODUCES.search(block.text)), number
            clauses.append(instruction)
        elif instruction is not None and not _CLOSES.search(block.text) and (awaits or number and number == below):
            extend_clause(instruction, item)
        elif clauses and instruction is None and number and number == below:
            extend_clause(clauses[-1], item)
        elif number or len(block.text) >= LOOSE_LENGTH and item.index > 1:
            instruction, awaits, below = None, False, number
            clauses += _provisions(item, _own_heading(item, heading), number)
        else:
            instruction, awaits, below = None, False, None
    for clause in clauses:
        clause.topic = topic_of(clause.heading, clause.text)
    return clauses


def _provisions(item: PlacedBlock, heading: str, number: str | None) -> list[ClauseDraft]:
    """A paragraph that names no clause, as one clause; where a sentence of it changes something, each sentence is one but for what only says what stays."""
    whole = loose_clause(item, heading)
    whole.number = number or whole.number
    told = sentence_texts(item.text)
    if item.block.kind == "table_row" or len(told) < _SEVERAL or not any(map(changes_unnamed, told)):
        return [whole]
    saying = [sentence for sentence in told if len(sentence) >= LOOSE_LENGTH / 2 and not pattern("amendments.unchanged").search(sentence)]
    return [replace(whole, text=sentence, quote=sentence, passages=list(whole.passages), extra={}) for sentence in saying]


def _own_heading(item: PlacedBlock, heading: str) -> str:
    path = [part for part in item.block.section_path if part != item.text]
    return path[-1] if path else heading


def _restates(text: str, instruction: ClauseDraft) -> bool:
    """Whether a block begins with the number of the clause that the instruction replaces, of a part of it, or of the
    article that it stands in."""
    own = _OWN_NUMBER.match(text)
    if own is None or touched(text):
        return False
    number = own["number"]
    for target, _ in touched(instruction.text.split("\n")[0]):
        within = re.split(r"[.(]", target)
        if number == target or re.match(rf"{re.escape(target)}[.(]", number) or number == within[0]:
            return True
        if text.lstrip(" “\"*_").startswith("(") and (len(within) == 1 or target.endswith(f"({number})")):
            return True
    return False
