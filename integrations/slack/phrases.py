"""Words in TOML files beside the code that says them, Indonesian and English side by side."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words_beside(code: str, name: str) -> dict[str, Any]:
    """The file NAME.toml beside a module; `code` is its `__file__`. Read-only, it is shared."""
    return tomllib.loads((Path(code).parent / f"{name}.toml").read_text(encoding="utf-8"))
