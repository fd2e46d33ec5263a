"""Answers for a terminal: the words, then the numbered sources with place, date and quote."""

import textwrap
from typing import Any

from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from integrations.cli.console import out
from integrations.cli.words import say

QUOTE_SHOWN = 400


def print_answer(answer: dict[str, Any]) -> None:
    """Print what `Answer.as_dict()` holds, in the answer's own language."""
    console, language = out(), answer["language"]
    console.print(Text(answer["answer"]))
    if answer["citations"]:
        console.print(f"\n[bold]{say('answer.sources', language)}[/bold]")
        for citation in answer["citations"]:
            place = ", ".join(part for part in (citation["source"], citation["locator"]) if part)
            dated = f" [dim]({citation['date']})[/dim]" if citation["date"] else ""
            console.print(rf"\[{citation['n']}] {escape(place)}{dated}", soft_wrap=True)
            if citation["quote"]:
                quote = textwrap.shorten(citation["quote"], QUOTE_SHOWN, placeholder=" …")
                console.print(Padding(Text(f"“{quote}”", style="italic"), (0, 0, 0, 4)))
    how = say("answer.go_on", language, conversation=answer["conversation"])
    console.print(f"\n[dim]{escape(how)}[/dim]", soft_wrap=True)


def print_explanation(explanation: dict[str, Any], language: str) -> None:
    """Print what `Answer.explanation` holds: understanding, plan, evidence, verification, a line each thing."""
    console = out()
    evidence = explanation["evidence"]
    parts: dict[str, list[Any]] = {
        "understanding": [{name: value} for name, value in explanation["understanding"].items() if value not in (None, [], "")],
        "plan": explanation["plan"],
        "records": evidence["records"],
        "passages": evidence["passages"],
        "other": evidence["other"],
        "verification": [{name: value} for name, value in explanation["verification"].items() if value not in (None, [], "")],
    }
    for name, lines in parts.items():
        console.print(f"\n[bold]{say(f'answer.explain.{name}', language)}[/bold]")
        for line in lines:
            text = "; ".join(f"{key}: {_plain(value)}" for key, value in line.items() if value not in (None, [], ""))
            console.print(Padding(Text(text), (0, 0, 0, 2)))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} {_plain(each)}" for key, each in value.items() if each is not None) + "}"
    return str(value)
