"""`akrab serve`: health and Slack over HTTP."""

from typing import Annotated

import typer
import uvicorn

from integrations.cli.home import open_home, prepare_search, remark
from integrations.cli.slack import slack_settings
from integrations.cli.words import say
from integrations.web.server import create_server

app = typer.Typer()


@app.command(help=say("help.commands.serve"))
def serve(
    host: Annotated[str, typer.Option("--host", help=say("option.host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("option.port"))] = 8080,
) -> None:
    """Run until stopped."""
    settings = slack_settings()
    akrab = open_home()
    prepare_search(akrab)
    remark(say("serve.slack" if settings.over_http else "serve.no_slack", host=host, port=port))
    uvicorn.run(create_server(akrab, settings), host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=30)
