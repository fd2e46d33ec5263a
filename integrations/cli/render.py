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
