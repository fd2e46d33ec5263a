"""Writes agreements and amendments in the style of the company's lawyers, and notes where each term stands."""

from datetime import date
from random import Random

from evals.demo.writers.texts import render
from evals.generated.facts import Agreement, Language, Percent, Span, Value
from evals.generated.shelf import Shelf
from evals.generated.wording import bank, long_date, money, percent, worded

SECTIONS = (
    ("scope",), ("term",), ("fees",), ("payment", "interest"), ("response", "restore", "target"), ("credit",), ("maintenance",),
    ("report",), ("duty",), ("retention", "audit"), ("cap",), ("notice",), ("court",),
)  # fmt: skip
STYLES: dict[Language, tuple[tuple[str, str], ...]] = {
    "id": (("Pasal {n} {head}", "{n}.{m} "), ("PASAL {n} – {upper}", "({m}) "), ("{n}. {head}", "{n}.{m}. ")),
    "en": (("Article {n} {head}", "{n}.{m} "), ("{n}. {head}", "{n}.{m} "), ("Clause {n}: {head}", "({m}) ")),
}
WEEKDAYS = {"5": {"id": "Sabtu", "en": "Saturday"}, "6": {"id": "Minggu", "en": "Sunday"}}


def write_contracts(shelf: Shelf) -> None:
    """Every agreement, its amendment if it has one, and a superseded earlier draft of one."""
    for agreement in shelf.provider.agreements.values():
        draw = shelf.draw(f"contract-{agreement.customer}")
        references = _agreement(shelf, draw, agreement)
        if agreement.amended:
            _amendment(shelf, draw, agreement, references)


def term_sentence(draw: Random, agreement: Agreement, term: str, value: Value | None = None) -> str:
    """The sentence of a term; value: another than that of the text as signed."""
    language, words = agreement.language, bank("clauses")
    key = "term" if term in ("start", "end") else term
    spelled, form = draw.random() < 0.6, draw.randrange(3)
    terms = agreement.terms | ({term: value} if value is not None else {})
    slots = {
        "start": worded(terms["start"], language), "end": worded(terms["end"], language),
        "renewal": worded(terms["renewal"], language, words=spelled), "from": terms["from"], "to": terms["to"],
        "day": WEEKDAYS[str(terms["day"])][language], "city": terms["court"],
    }  # fmt: skip
    own = terms.get(key)
    if isinstance(own, Span):
        slots["span"] = worded(own, language, words=spelled)
    elif isinstance(own, Percent):
        slots["percent"] = worded(own, language)
    elif own is not None:
        slots["money" if key == "cap" else "number"] = worded(own, language, form=form)
    return str(draw.choice(words[key][language]).format(**slots))


def _agreement(shelf: Shelf, draw: Random, agreement: Agreement) -> dict[str, str]:
    """Write the text as signed; returns how each term's clause is referred to."""
    provider, words, language = shelf.provider, bank("clauses"), agreement.language
    customer = provider.customer(agreement.customer)
    heading, numbering = draw.choice(STYLES[language])
    opening = draw.choice(words["intro"][language]).format(
        signed=long_date(agreement.signed, language), provider=provider.name, customer=customer.legal
    )
    lines = [f"# {agreement.title}", "", ("Nomor: " if language == "id" else "No. ") + agreement.number, "", opening, ""]
    quotes: dict[str, tuple[str, ...]] = {}
    references: dict[str, str] = {}
    middle = list(SECTIONS[2:])
    draw.shuffle(middle)
    tabled = draw.random() < 0.3
    for n, terms in enumerate((*SECTIONS[:2], *middle), 1):
        head = draw.choice(words[terms[0]][f"head_{language}"])
        lines += ["## " + heading.format(n=n, head=head, upper=head.upper()), ""]
        m = 0
        for term in terms:
            for key, sentence in _sentences(shelf, draw, agreement, term):
                m += 1
                mark = numbering.format(n=n, m=m)
                references[key] = _reference(language, n, m, numbering)
                quotes[key] = (sentence,)
                lines += [mark + sentence, ""]
                if key == "fees":
                    lines += [f"| {' | '.join(words['fees'][f'columns_{language}'])} |"]
                    rows = [(provider.service(code).named(language), money(fee, language)) for code, fee in agreement.fees.items()]
                    lines += [f"| {name} | {fee} |" for name, fee in rows] + [""]
        if tabled and terms[0] == "response":
            label = ("Prioritas", "Tanggap", "Pulih") if language == "id" else ("Priority", "Response", "Restoration")
            first, second = worded(agreement.terms["response"], language), worded(agreement.terms["restore"], language)
            lines += [f"| {' | '.join(label)} |", f"| P1 | {first} | {second} |", ""]
    file = _kept(shelf, draw, agreement, "\n".join(lines), "contract")
    for key, quote in quotes.items():
        shelf.note(("term", agreement.customer, key), file, *quote)
    shelf.note(("agreement", agreement.customer), file)
    return references


def _sentences(shelf: Shelf, draw: Random, agreement: Agreement, term: str) -> list[tuple[str, str]]:
    """(term, sentence) of a term; several of targets and duties."""
    words, language = bank("clauses"), agreement.language
    named = {code: shelf.provider.service(code).named(language) for code in agreement.fees}
    if term == "scope":
        return [(term, draw.choice(words[term][language]).format(services=", ".join(named.values())))]
    if term == "fees":
        return [(term, draw.choice(words[term][language]))]
    if term == "target":
        sentence = draw.choice(words[term][language])
        return [
            (f"target-{code}", sentence.format(service=named[code], percent=percent(value, language))) for code, value in agreement.targets.items()
        ]
    if term == "credit":
        code, below1, percent1, below2, percent2 = agreement.credit
        slots = {"below1": below1, "percent1": percent1, "below2": below2, "percent2": percent2}
        shown = {key: percent(value, language) for key, value in slots.items()}
        return [(term, draw.choice(words[term][language]).format(service=named[code], **shown))]
    if term == "duty":
        sentence = draw.choice(words[term][language])
        return [(f"duty-{number}", sentence.format(duty=words["duties"][language][number])) for number in agreement.duties]
    key = "end" if term == "term" else term
    return [(key, term_sentence(draw, agreement, key))]


def _amendment(shelf: Shelf, draw: Random, agreement: Agreement, references: dict[str, str]) -> None:
    provider, words, language = shelf.provider, bank("clauses")["amendment"], agreement.language
    assert isinstance(agreement.amended, date)
    title = draw.choice(words[f"titles_{language}"]).format(n=1)
    opening = draw.choice(words[f"intro_{language}"]).format(
        title=agreement.title.title(), number=agreement.number, provider=provider.name,
        customer=provider.customer(agreement.customer).legal, signed=long_date(agreement.amended, language),
    )  # fmt: skip
    lines = [f"# {title}", "", opening, ""]
    quotes: dict[str, str] = {}
    for number, (term, value) in enumerate(agreement.changes.items(), 1):
        quotes[term] = term_sentence(draw, agreement, term, value)
        change = draw.choice(words[f"change_{language}"]).format(ref=references[term], text=quotes[term])
        lines += [f"{number}. {change}", ""]
    lines += [words[f"rest_{language}"][0], ""]
    file = _kept(shelf, draw, agreement, "\n".join(lines), "amendment")
    for term, quote in quotes.items():
        shelf.note(("changed", agreement.customer, term), file, quote)


def _reference(language: Language, n: int, m: int, numbering: str) -> str:
    if language == "en":
        return f"Clause {n}.{m}" if "{n}" in numbering else f"Clause {n}({m})"
    return f"Pasal {n}.{m}" if "{n}" in numbering else f"Pasal {n} ayat ({m})"


def _kept(shelf: Shelf, draw: Random, agreement: Agreement, body: str, kind: str) -> str:
    customer = shelf.provider.customer(agreement.customer)
    number = agreement.number.replace("/", "-")
    words = {
        "contract": {"id": ["Kontrak {c} {n}", "Perjanjian {n} {c}", "PKS {n}"], "en": ["{c} agreement {n}", "Contract {n} - {c}", "Agreement {n}"]},
        "amendment": {"id": ["Adendum 1 {n} {c}", "{c} adendum kontrak"], "en": ["Amendment 1 to {n}", "{c} first amendment signed"]},
    }[kind][agreement.language]
    stem = draw.choice(words).format(c=draw.choice((customer.short, customer.acronym)), n=number)
    path = f"{stem}.{draw.choice(('docx', 'pdf', 'md', 'docx', 'pdf'))}"
    return shelf.put("contracts", path, render(path, body))
