"""From a kind's description to its sections: each made by the function that the description names, in the words that it gives."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from assistant.drafts.dossier import Dossier
from assistant.drafts.kinds import Description, SectionWanted
from assistant.drafts.model import Section
from assistant.drafts.sections import section

PACKAGE = "assistant.drafts"


def compose(dossier: Dossier, kind: Description) -> list[Section]:
    """The sections in reading order, those that this audience may not read left out."""
    if kind.builder:
        built: list[Section] = maker(kind.builder)(dossier)
        return built
    wanted = [one for one in kind.sections if one.only in (None, dossier.request.audience)]
    first = {key: place for place, key in enumerate(kind.making)}
    made = {one.key: _made(dossier, one) for one in sorted(wanted, key=lambda one: first.get(one.key, len(first)))}
    return [made[one.key] for one in wanted if made[one.key].lines or not one.quiet]


def _made(dossier: Dossier, wanted: SectionWanted) -> Section:
    options = {name: value for name, value in wanted.options.items() if name != "period"}
    if wanted.options.get("period"):
        options["period"] = dossier.period
    found = maker(wanted.made_by)(dossier, **options)
    if not isinstance(found, Section):
        return section(dossier, wanted.key, list(found))
    named = section(dossier, wanted.key, found.lines, found.headings)
    found.key, found.title, found.empty_reason = named.key, named.title, named.empty_reason
    return found


@cache
def maker(name: str) -> Callable[..., Any]:
    """The function that "module.function" names. Raises ImportError or AttributeError where there is none."""
    module, _, function = name.partition(".")
    made: Callable[..., Any] = getattr(import_module(f"{PACKAGE}.{module}"), function)
    return made
