"""Who signed what, for whom, when and where; or that the document does not say."""

from assistant.models.builtin.sentences.clause_topic import looked_through
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase
from assistant.tools.agreements.signatories import SignatoriesFound
from assistant.tools.agreements.signatures import Signature
from knowledge.language.formats import format_date
from knowledge.language.letter_case import calm
from knowledge.language.vocabulary import Language

_SHOWN = 4
"""Documents told of."""


def signatories_told(found: SignatoriesFound, language: Language) -> Composed:
    if not found.signed:
        return Composed(phrase("no_signature", language, looked=looked_through(found.looked)), abstained=True, reason="no_signature")
    lines = []
    for each in found.signed[:_SHOWN]:
        people = "; ".join(f"{_person(signature, language)} {mark(item)}" for signature, item in each.signatures)
        lines.append(phrase("signed", language, title=calm(each.title), people=people))
    names = [signature.name for each in found.signed for signature, _ in each.signatures]
    days = any(signature.day for each in found.signed for signature, _ in each.signatures)
    places = any(signature.place for each in found.signed for signature, _ in each.signatures)
    gives = frozenset({"person", *(["date"] if days else []), *(["place"] if places else [])})
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=names[:2], covers=1.0, gives=gives)


def _person(signature: Signature, language: Language) -> str:
    about = ", ".join(part for part in (signature.title, signature.party) if part)
    text = f"{signature.name} ({about})" if about else signature.name
    when = [format_date(signature.day, language)] if signature.day else []
    return ", ".join([text, *when, *([signature.place] if signature.place else [])])
