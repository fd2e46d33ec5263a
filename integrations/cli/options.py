"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.words import say

Who = Annotated[str | None, typer.Option("--as", metavar="WHO", help=say("option.as"))]
AsJson = Annotated[bool, typer.Option("--json", help=say("option.json"))]
Batch = Annotated[Path | None, typer.Option("--batch", metavar="FILE.jsonl", help=say("option.batch"))]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=say("option.output"))]
