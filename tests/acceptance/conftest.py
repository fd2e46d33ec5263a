"""The demo portfolio, imported once by the command line itself."""

from pathlib import Path

import pytest

from evals.demo.build import build
from tests.acceptance.terminal import Akrab, Outcome, command


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio's files."""
    folder = tmp_path_factory.mktemp("portfolio")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def imported(portfolio: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A data directory with the demo in it, and what the import said."""
    home = tmp_path_factory.mktemp("home")
    return home, command(home)("import", portfolio, "--json")


@pytest.fixture(scope="session")
def akrab(imported: tuple[Path, Outcome]) -> Akrab:
    """`akrab` over the imported demo."""
    return command(imported[0])


@pytest.fixture
def fresh(tmp_path: Path) -> Akrab:
    """`akrab` over an empty data directory."""
    return command(tmp_path / "home")
