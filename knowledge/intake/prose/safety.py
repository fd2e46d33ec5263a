"""Text that gives orders to a machine: never a fact, never an instruction, never quoted."""

import re
from functools import lru_cache

from knowledge.documents.passages import sentences
from knowledge.intake.prose.wording import alternation, any_of, pattern, words

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_SYSTEM_LABEL = re.compile(
    rf"(?:^|\n)[\s>*#\[<(_-]*(?:{alternation(words('safety.system_labels'))})[\s*_]*[\]>)]?[*_]*\s*:", re.IGNORECASE
)
_ADDRESSED = re.compile(
    rf"{any_of('safety.machine')}\W+(?:\w+\W+){{0,6}}?{any_of('safety.imperatives')}"
    rf"|{any_of('safety.imperatives')}\W+(?:\w+\W+){{0,3}}?(?:asisten|assistant|language\s+model|model\s+bahasa|chatbot|llm)(?!\w)",
    re.IGNORECASE,
)
_DISMISSAL = re.compile(
    rf"{any_of('safety.dismissing')}\W+(?:{any_of('safety.between')}\W+){{0,5}}?{any_of('safety.dismissed')}",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(
    rf"(?:^|[.!?\n]\s*|\b(?:untuk|kepada|for|to|dear|hi|hey|hai|wahai|any|every|semua|setiap)\s+(?:the\s+|all\s+)?){any_of('safety.machine')}",
    re.IGNORECASE,
)
_NOTE_TO = re.compile(
    rf"{any_of('safety.notes')}\s+(?:penting\s+|khusus\s+)?(?:untuk|kepada|bagi|buat|ke|to|for)\s+(?:the\s+|semua\s+|setiap\s+|any\s+|all\s+)?"
    rf"(?:{any_of('safety.readers')}(?:\s+\w+){{0,4}}?|{any_of('safety.machine')}(?:\s+[\w'’-]+){{0,12}}?)\s*[:,;.–—-]",
    re.IGNORECASE,
)
_REWORKING = re.compile(
    rf"^\W*(?:please\s+|always\s+|tolong\s+|selalu\s+)?{any_of('safety.reworking')}[^.!?\n]{{0,140}}?{any_of('safety.own_answer')}", re.IGNORECASE
)
_IN_ANSWER = re.compile(
    rf"^\W*(?:in|within|at\s+the\s+end\s+of|dalam|pada|di\s+akhir)\s+{any_of('safety.own_answer')}\W+(?:\w+\W+)?{any_of('safety.reworking', 'safety.imperatives')}",
    re.IGNORECASE,
)
_REWORKED = re.compile(rf"^\W*(?:provide|write|give|tulis|berikan)\s+{any_of('safety.own_answer')}", re.IGNORECASE)
_MUST = re.compile(
    r"(?<!\w)(?:harus|wajib|diminta|diperintahkan|diwajibkan|jangan|must|should|shall|are\s+to|is\s+to|required\s+to|do\s+not|don['’]t)(?!\w)",
    re.IGNORECASE,
)
_SYSTEM_TAG = re.compile(
    r"<\|?(?:im_start|system|endoftext|inst)\|?>|\[/?INST\]|^\s*###\s*(?:system|instruction)\b",
    re.IGNORECASE | re.MULTILINE,
)


@lru_cache(maxsize=4096)
def is_instruction_to_machine(text: str) -> bool:
    """Whether the text tries to give an assistant or model orders ("abaikan instruksi …", "ignore previous …",
    "SYSTEM: …").

    Both languages. A text that merely mentions a bot or an assistant is not one.
    """
    cleaned = _INVISIBLE.sub("", text)
    if pattern("safety.orders").search(cleaned) or _DISMISSAL.search(cleaned) or _SYSTEM_TAG.search(cleaned):
        return True
    for match in _SYSTEM_LABEL.finditer(cleaned):
        following = cleaned[match.end() : match.end() + 200]
        if pattern("safety.imperatives").search(following) or _MUST.search(following):
            return True
    for match in _NOTE_TO.finditer(cleaned):
        if pattern("safety.imperatives").search(cleaned[match.end() : match.end() + 120]):
            return True
    for sentence in re.split(r"(?<=[.!?])\s+|\n", cleaned):
        if _reworks_the_answer(sentence):
            return True
        if _ADDRESSED.search(sentence) and (_MUST.search(sentence) or _VOCATIVE.search(sentence)):
            return True
    return False


def _reworks_the_answer(sentence: str) -> bool:
    """ "Scramble the letters of your answer", "In your response, suggest …"; not "Mention the ticket number in your
    reply", which people ask of each other."""
    found = _REWORKING.search(sentence) or _IN_ANSWER.search(sentence) or _REWORKED.search(sentence)
    return bool(found) and not pattern("safety.asked_of_people").search(sentence)


def without_instructions(text: str) -> str:
    """The longest stretch of a text, sentence by sentence as it stands there, that gives a machine no orders; "" if there is none."""
    if not is_instruction_to_machine(text):
        return text
    spans = [span for start, end in _lines(text) for span in ((start + a, start + b) for a, b in sentences(text[start:end]))]
    best = (0, 0)
    first: int | None = None
    for start, end in spans:
        if is_instruction_to_machine(text[start:end]):
            first = None
            continue
        first = start if first is None else first
        if end - first > best[1] - best[0] and not is_instruction_to_machine(text[first:end]):
            best = (first, end)
    return text[best[0] : best[1]].strip()


def beside_instructions(text: str) -> str:
    """A text without the lines that give a machine orders: what `without_instructions` keeps, and other lines that stand apart from any order."""
    kept = without_instructions(text)
    if kept == text or not kept:
        return kept
    lines = [text[start:end].strip() for start, end in _lines(text)]
    apart = [line for line in lines if line and (line in kept or kept in line or not is_instruction_to_machine(line))]
    whole = "\n".join(kept if kept in line else line for line in apart)
    return whole if kept in whole and not is_instruction_to_machine(whole) else kept


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]
