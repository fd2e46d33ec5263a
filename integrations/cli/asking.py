"""`akrab ask`: one question, or a batch of them."""

from typing import Annotated, Any

import typer

from assistant.answering import Answer
from assistant.conversation import UnknownConversation
from assistant.drafting import Drafting, Question, as_dict
from assistant.drafts import Draft
from assistant.explaining import NotForThisViewer
from assistant.models.factory import ModelNotAvailable
from assistant.wiring import Akrab
from assistant.wishes import wants_draft
from integrations.cli.batch import Line, read_batch, run_batch
from integrations.cli.console import print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark, viewer
from integrations.cli.options import AsJson, Batch, Output, Who
from integrations.cli.render import print_answer, print_explanation
from integrations.cli.words import say

app = typer.Typer()


@app.command(help=say("help.commands.ask"))
def ask(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help=say("option.question"))] = None,
    conversation: Annotated[str | None, typer.Option("--conversation", metavar="ID", help=say("option.conversation"))] = None,
    who: Who = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help=say("option.explain"))] = False,
    batch: Batch = None,
    output: Output = None,
) -> None:
    """Answer from the store, with citations, or say that it is not known; where the words ask for a document, draft it."""
    if (text is None or not text.strip()) == (batch is None):
        raise WrongUse(say("failure.text_or_batch", command="ask"))
    lines = read_batch(batch, ("question", "turns")) if batch else []
    akrab = open_home()
    prepare_search(akrab)
    if batch:
        raise typer.Exit(run_batch(lines, lambda line: _converse(akrab, line), output, say("progress.asking"), tell=as_json))
    drafted = draft_asked_for(akrab, text or "", who) if conversation is None and not explain else None
    if drafted is not None:
        _show_draft(drafted, as_json)
        return
    answer = ask_one(akrab, text or "", who, conversation, explain)
    if as_json:
        print_json(answer.as_dict())
    else:
        print_answer(answer.as_dict())
        if answer.explanation:
            print_explanation(answer.explanation, answer.language)


def draft_asked_for(akrab: Akrab, text: str, who: str | None) -> Draft | Question | None:
    """The draft, or the question back about it, where the words ask for a document. Raises WrongUse for an unknown person."""
    looking = viewer(akrab, who)
    if not wants_draft(text, akrab.engine, looking, akrab.settings.day(), akrab.requests):
        return None
    return Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder).asked_for(text, looking)


def _show_draft(made: Draft | Question, as_json: bool) -> None:
    if as_json:
        print_json(as_dict(made))
        return
    typer.echo(made.text if isinstance(made, Question) else made.markdown())
    for note in made.notes if isinstance(made, Draft) else ():
        remark(note)


def ask_one(akrab: Akrab, text: str, who: str | None, conversation: str | None = None, explain: bool = False) -> Answer:
    """One answer. Raises WrongUse for an unknown person, conversation or model."""
    looking = viewer(akrab, who)
    try:
        return akrab.answering.ask(text, looking, conversation, explain=explain)
    except NotForThisViewer as error:
        raise WrongUse(say("failure.explain")) from error
    except UnknownConversation as error:
        raise WrongUse(say("failure.conversation", id=conversation)) from error
    except ModelNotAvailable as error:
        raise WrongUse(say("failure.model", why=error)) from error


def _converse(akrab: Akrab, line: Line) -> dict[str, Any]:
    """The last answer of a line's turns, in a conversation of its own; the draft that a single line asks for."""
    conversation = None
    result: dict[str, Any] = {}
    if not line.get("turns") and (drafted := draft_asked_for(akrab, str(line["question"]), line.get("asker"))) is not None:
        return as_dict(drafted) | {"abstained": isinstance(drafted, Question)}
    for turn in line.get("turns") or [line["question"]]:
        answer = ask_one(akrab, str(turn), line.get("asker"), conversation)
        conversation, result = answer.conversation, answer.as_dict()
    return result
