"""What a command loads before it does anything: what takes long is imported when it is first needed."""

import subprocess
import sys

HEAVY = ("docx", "langchain", "langchain_core", "langgraph", "pypdfium2", "reportlab")


def test_work_on_kept_drafts_loads_neither_a_language_model_nor_what_writes_files() -> None:
    code = f"import sys, integrations.cli.kept_drafts; print(sorted(name for name in sys.modules if name in {HEAVY!r}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
