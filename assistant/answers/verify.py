"""The verifier: everything that a statement states must stand in the evidence it refers to.

It judges every model's words. What the evidence does not carry is removed; when nothing is left the answer is an abstention.
Values that a tool computed this turn count as evidence of that tool. `strict` is for the words of a model that can make things up:
every statement must then carry its own reference, and its names, negations and words are held against it too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.answers.basis import Basis, text_of
from assistant.answers.claim import Claim
from assistant.answers.computed import Computed
from assistant.answers.harmless import MARK, harmless
from assistant.answers.rules import fault_of, fault_without_evidence
from assistant.answers.statements import Piece, pieces, with_plain_marks
from assistant.evidence import Evidence
from knowledge.access import Viewer
from knowledge.linking import Linker

__all__ = ["MARK", "Computed", "Verified", "text_of", "verify"]


@dataclass
class Verified:
    """`text` keeps only carried statements, marks renumbered [1], [2], …; `cited` in that order; `removed` what was not carried.

    marked: `text` with the marks as given, [E1]; faults: why each of `removed` was removed (for logs and tests, in English).
    """

    text: str
    cited: list[Evidence]
    removed: list[str]
    marked: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass
class _Court:
    """One judgement: the evidence at hand and who may see what."""

    found: Mapping[str, Evidence]
    question: str
    today: date
    linker: Linker
    computed: Computed
    viewer: Viewer | None
    strict: bool
    prompt: str
    known: dict[tuple[str, ...], Basis] = field(default_factory=dict)

    def basis(self, marks: tuple[str, ...]) -> Basis:
        if marks not in self.known:
            self.known[marks] = self._basis(marks)
        return self.known[marks]

    def _basis(self, marks: tuple[str, ...]) -> Basis:
        computed = self.computed.of(marks) if self.strict else self.computed
        return Basis([self.found[mark] for mark in marks if mark in self.found], computed, self.question, self.today)

    def claim(self, text: str, before: str = "", items: int = 0) -> Claim:
        return Claim(
            text, self.today, self.linker, self.viewer, self.strict, before=before, items=items, prompt=self.prompt
        )


def verify(
    text: str,
    found: Mapping[str, Evidence],
    question: str,
    *,
    today: date,
    linker: Linker,
    computed: Computed,
    viewer: Viewer | None = None,
    strict: bool = False,
    prompt: str = "",
) -> Verified:
    """Hold a model's words against the evidence of the turn.

    found: evidence by id; question: the asker's words, standing alone; viewer: customers that they may not see never pass;
    prompt: the system prompt, whose words never pass. The same words give the same judgement, whatever was judged before.
    """
    court = _Court(found, question, today, linker, computed, viewer, strict, prompt)
    cut = pieces(with_plain_marks(harmless(text)))
    faults = _judge(court, cut)
    kept = [piece for number, piece in enumerate(cut) if number not in faults]
    marked = _tidy("".join(piece.text for piece in kept))
    order = list(dict.fromkeys(number for number in MARK.findall(marked) if number in found))
    numbers = {identifier: position for position, identifier in enumerate(order, 1)}
    body = MARK.sub(lambda match: f"[{numbers[match.group(1)]}]" if match.group(1) in numbers else "", marked)
    removed = [
        (cut[number].text.strip(), reason) for number, reason in sorted(faults.items()) if cut[number].text.strip()
    ]
    return Verified(
        body,
        [found[identifier] for identifier in order],
        [words for words, _ in removed],
        marked,
        [reason for _, reason in removed],
    )


def _judge(court: _Court, cut: list[Piece]) -> dict[int, str]:
    """What is wrong with each piece that must go, by its position."""
    faults: dict[int, str] = {}
    for number, piece in enumerate(cut):
        if piece.blank or piece.frame:
            continue
        if fault := _fault(court, piece, cut, faults):
            faults[number] = fault
    for number in reversed([number for number, piece in enumerate(cut) if piece.frame]):
        if fault := _fault_of_frame(court, number, cut, faults):
            faults[number] = fault
    for number, piece in enumerate(cut):  # what rests on a lead-in that went
        if (
            piece.inherits
            and piece.follows is not None
            and cut[piece.follows].frame
            and piece.follows in faults
            and number not in faults
        ):
            faults[number] = f"lead-in removed: {faults[piece.follows]}"
    return faults


def _fault(court: _Court, piece: Piece, cut: list[Piece], faults: Mapping[int, str]) -> str | None:
    unknown = [mark for mark in piece.marks if mark not in court.found]
    if unknown:
        return f"no such evidence: {', '.join(unknown)}"
    plain = MARK.sub(" ", piece.text)
    before = ""
    marks = piece.marks
    if (
        not marks
        and piece.inherits
        and piece.follows is not None
        and piece.follows not in faults
        and all(mark in court.found for mark in piece.inherits)
    ):
        marks = piece.inherits
        before = MARK.sub(" ", cut[piece.follows].text)
    if not re.search(r"\w", plain):
        return "no words" if court.strict else None
    if marks:
        return fault_of(court.claim(plain, before), court.basis(marks))
    if court.strict:
        return "no reference"
    return fault_without_evidence(court.claim(plain, before), _own_words(court))


def _own_words(court: _Court) -> Basis:
    """What may be said without a reference: the question's own facts, what was computed, and the titles of what was found."""
    titles = [
        Evidence(id="", kind="passage", quote="", source=item.source, title=item.title) for item in court.found.values()
    ]
    return Basis(titles, court.computed, court.question, court.today)


def _fault_of_frame(court: _Court, number: int, cut: list[Piece], faults: Mapping[int, str]) -> str | None:
    """A heading or lead-in stays if something beneath it stays and it states nothing that this does not carry."""
    frame = cut[number]
    own = frame.text.lstrip()
    beneath: list[Piece] = []
    for place in range(number + 1, len(cut)):
        piece = cut[place]
        if piece.frame and own.startswith("|"):
            beneath += [piece] if place not in faults else []
            continue
        if piece.frame and piece.text.lstrip().startswith("#") and _depth(piece.text) <= _depth(own):
            break
        if not piece.blank and place not in faults:
            beneath.append(piece)
    stating = [piece for piece in beneath if not piece.frame]
    if not stating:
        return "nothing beneath it is carried"
    if not re.search(r"\w", own):
        return None
    if any(mark not in court.found for mark in frame.marks):
        return "no such evidence"
    marks = tuple(
        dict.fromkeys(
            mark for piece in [frame, *stating] for mark in (piece.marks or piece.inherits) if mark in court.found
        )
    )
    items = sum(1 for piece in stating if piece.item and piece.marks) or len({piece.line for piece in stating})
    claim = court.claim(MARK.sub(" ", frame.text), items=items)
    return (
        fault_of(claim, court.basis(marks), frame=True)
        if marks or court.strict
        else fault_without_evidence(claim, _own_words(court))
    )


def _depth(text: str) -> int:
    stripped = text.lstrip()
    return len(stripped) - len(stripped.lstrip("#")) or 7


def _tidy(text: str) -> str:
    """Without the gaps that removed lines leave."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()
