"""Names that a text says are one."""

import pytest

from knowledge.intake.prose.aliases import aliases_in


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("ABL = PT Angkasa Boga Lestari; NWT = Northwind", [("ABL", "PT Angkasa Boga Lestari"), ("NWT", "Northwind")]),
        ("RBW = Bina Waras = PT Bina Waras Medika", [("RBW", "Bina Waras"), ("RBW", "PT Bina Waras Medika")]),
        ('PT Angkasa Boga Lestari, selanjutnya disebut "ABL"', [("ABL", "PT Angkasa Boga Lestari")]),
        ('Northwind Textiles Ltd, hereinafter "Northwind"', [("Northwind", "Northwind Textiles Ltd")]),
        ('Northwind Textiles Ltd (the "Customer")', []),
        ('PT Angkasa Boga Lestari, selanjutnya disebut "Pelanggan"', []),
    ],
)
def test_aliases(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(aliases_in(text)) == pairs


def test_a_glossary_table_gives_aliases(reading) -> None:
    facts = reading(
        "# Daftar istilah\n\n| Singkatan | Nama resmi |\n|---|---|\n| ABL | PT Angkasa Boga Lestari |\n",
        "daftar_istilah.md",
    ).facts
    assert [(a.short, a.long) for a in facts.aliases] == [("ABL", "PT Angkasa Boga Lestari")]
