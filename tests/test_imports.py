"""Which room may import which: integrations → assistant → knowledge; evals use assistant and knowledge; language and documents know no store."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("knowledge", "assistant", "integrations", "evals")
FORBIDDEN = {
    "knowledge": ("assistant", "integrations", "evals"),
    "assistant": ("integrations", "evals"),
    "evals": ("integrations",),
    "knowledge/language": ("knowledge.store", "knowledge.records", "knowledge.access", "knowledge.index", "knowledge.intake", "knowledge.queries", "knowledge.documents", "sqlalchemy", "sqlmodel"),
    "knowledge/documents": ("knowledge.store", "knowledge.records", "knowledge.access", "knowledge.index", "knowledge.intake", "knowledge.queries", "sqlalchemy", "sqlmodel"),
    "knowledge/records": ("knowledge.store", "knowledge.index", "knowledge.intake", "knowledge.queries", "knowledge.documents"),
    "knowledge/embeddings": ("knowledge.store", "knowledge.records", "sqlalchemy", "sqlmodel"),
    "knowledge/reading": ("knowledge.store", "knowledge.records", "sqlalchemy", "sqlmodel", "torch"),
    "assistant/answers": ("typer", "rich", "slack_bolt", "fastapi"),
}  # fmt: skip
DOORS = ("typer", "rich", "slack_bolt", "slack_sdk", "fastapi", "uvicorn", "aiohttp", "chromadb")
OPTIONAL = {
    "knowledge/embeddings/sentence_transformers.py": "extra models",
    "evals/peers/torch_e5.py": "extra models",
    "evals/peers/chain.py": "extra models",
    "evals/ranking.py": "extra evals",
    "knowledge/embeddings/e5.py": "ONNX, slow to import, only where the model is not converted yet",
    "knowledge/reading/factory.py": "ONNX, slow to import, only where the reader is not prepared yet",
    "knowledge/index/factory.py": "Chroma, slow to import, only where it is chosen",
    "knowledge/store.py": "Alembic, slow to import, only where there is something to migrate",
}
"""Files that may import inside a function, and why."""


def _files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _imports(file: Path) -> Iterator[tuple[str, bool]]:
    """(module, whether inside a function) of every import statement."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, id(node) in inside
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", id(node) in inside
            for name in node.names:
                yield f"{node.module}.{name.name}", id(node) in inside


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_room_imports_only_what_it_may(folder: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in _files(folder)
        for module, _ in _imports(file)
        if any(_within(module, package) for package in FORBIDDEN[folder])
    ]
    assert _files(folder), f"{folder} is empty"
    assert wrong == []


@pytest.mark.parametrize("folder", ["knowledge", "assistant"])
def test_what_is_behind_the_doors_knows_no_door(folder: str) -> None:
    allowed = {"knowledge/index/chroma_index.py": "chromadb"}
    wrong = [
        f"{name} imports {module}"
        for file in _files(folder)
        for module, _ in _imports(file)
        if any(_within(module, package) and allowed.get(name := str(file.relative_to(ROOT))) != package for package in DOORS)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ROOMS)
def test_imports_inside_functions_are_for_optional_extras_only(folder: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module} inside a function"
        for file in _files(folder)
        if str(file.relative_to(ROOT)) not in OPTIONAL
        for module, inside in _imports(file)
        if inside
    ]
    assert wrong == []
