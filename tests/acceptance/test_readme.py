"""The README is true: its transcript is what the commands print, its commands and settings exist, its links lead somewhere.

To write the transcript anew after a wanted change: AKRAB_UPDATE_README=1 pytest tests/acceptance/test_readme.py
"""

import os
import re
import shlex
from pathlib import Path

from assistant.settings import Settings
from integrations.cli.commands import commands
from tests.acceptance.terminal import Akrab

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- transcript: ", "<!-- end of transcript -->"
SHOWN = (
    'ask "Paling lambat tanggal berapa Samawa harus memberi tahu kalau tidak mau memperpanjang kontrak?" --as yoga',
    'ask "What is the cap on liability in the Meranti agreement?" --as melissa',
    'ask "Berapa nilai SPK BP Teluk Antara tahun ini?" --as yoga',
    'log "Bu Yuliana BPR Gempita mengeluh faktur Oktober datang tanpa nomor pesanan." --as yoga',
)


def _stable(text: str) -> str:
    """What differs from run to run made the same: ids, hours, space at line ends."""
    text = re.sub(r"\b(conv|prop)_[0-9a-f]+", r"\1_…", text)
    text = re.sub(r"\d{1,2} \w+ \d{4} \d\d:\d\d UTC", "…", text)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _transcript(akrab: Akrab) -> str:
    """The commands with what they print; the language of messages is that of the question."""
    parts = []
    for command in SHOWN:
        language = "en" if " the " in command else "id"
        outcome = akrab(*shlex.split(command), AKRAB_LANGUAGE=language)
        assert outcome.code == 0, outcome
        parts.append(f"$ akrab {command}\n{_stable(outcome.out)}")
    return "\n\n".join(parts)


def test_the_transcript_is_what_the_commands_print(akrab: Akrab) -> None:
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    note, rest = rest.split("\n", 1)
    held, after = rest.split(END, 1)
    real = _transcript(akrab)
    if os.environ.get("AKRAB_UPDATE_README"):
        README.write_text(f"{before}{BEGIN}{note}\n```console\n{real}\n```\n{END}{after}", encoding="utf-8")
        return
    assert held.strip().removeprefix("```console").removesuffix("```").strip() == real


def test_every_command_that_the_readme_names_exists() -> None:
    known = {command.name for command in commands() if command.offered()}
    named = set(re.findall(r"`akrab ([a-z]+)", README.read_text(encoding="utf-8")))
    assert named
    assert named <= known


def test_the_table_of_settings_is_complete() -> None:
    named = set(re.findall(r"`(AKRAB_[A-Z_]+)`", README.read_text(encoding="utf-8")))
    assert named == {f"AKRAB_{name.upper()}" for name in Settings.model_fields} | {"AKRAB_DEBUG"}


def test_links_inside_the_documents_lead_somewhere() -> None:
    for document in (README, *sorted((ROOT / "docs").rglob("*.md"))):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name} → {target}"
        for target in re.findall(r"\b((?:docs|evals|assistant|knowledge|integrations|tests)/[\w/.-]+\.(?:md|py))\b", text):
            assert (ROOT / target).exists(), f"{document.name} → {target}"


def test_the_targets_that_the_documents_name_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in (README, *sorted((ROOT / "docs").rglob("*.md"))):
        for target in re.findall(r"`make ([a-z]+)`", document.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
