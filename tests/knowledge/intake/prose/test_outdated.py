"""Files that are kept for history only rank below everything else."""

import pytest

from knowledge.records.authority import Authority
from tests.knowledge.intake.prose.test_classification import CLAUSES

LIST = "# Daftar layanan, versi 3\n\nMeja layanan buka 07.00 sampai 19.00.\n"


@pytest.mark.parametrize(
    ("source", "text", "outdated"),
    [
        ("old/layanan.md", LIST, True),
        ("layanan_LAMA.md", LIST, True),
        ("layanan.md", LIST.replace("versi 3", "versi 3 - SUPERSEDED"), True),
        ("Arsip/layanan v3.md", LIST, True),
        ("layanan.md", LIST, False),
        ("pelanggan lama kita.md", LIST, False),
        ("oldenburg/layanan.md", LIST, False),
        ("old/a.md", "# PERJANJIAN LAYANAN\n\nNomor: A-1/2030" + CLAUSES, False),
    ],
)
def test_rank(reading, source: str, text: str, outdated: bool) -> None:
    assert (reading(text, source).klass.authority is Authority.OUTDATED) is outdated
