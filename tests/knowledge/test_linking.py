import pytest

from knowledge.linking import ContactName, Linker, Names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("berakhir 18 Mei 2028", []),
        ("pada Mei 2028 ditinjau", []),
        ("Mei Hartono hadir", ["Mei Hartono"]),
        ("Bu Mei hadir 18 Mei 2028", ["Mei Hartono"]),
        ("due on April 3, 2028", []),
        ("April Siregar asked", ["April Siregar"]),
    ],
)
def test_the_month_of_a_date_names_nobody(text: str, named: list[str]) -> None:
    linker = Linker(Names(contacts=[ContactName(1, 1, "Mei Hartono", 1), ContactName(2, 2, "April Siregar", 1)]))
    assert [mention.name for mention in linker.people(text)] == named
