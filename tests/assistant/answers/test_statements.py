"""Where an answer is cut into statements, and how numbers are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.canonical import readings_of
from assistant.answers.statements import pieces, with_plain_marks


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Satu [E1]. Dua [E2].", 2),
        ("Satu [E1][E2]. Dua.", 2),
        ("Berakhir 31 Mei 2027 [E1], dan pemberitahuan 90 hari [E2].", 1),
        ("Satu. [E1] Dua. [E2]", 2),
        ("Biaya Rp1.250.000 s.d. Pasal 3.2 ayat (1) [E1].", 1),
        ("“Satu [E9]. Dua.” [E1]", 1),
        ("- Satu [E1]\n- Dua [E2]", 2),
        ("Judul:\n- Satu [E1]", 2),
    ],
)
def test_statements_end_after_their_references(text: str, count: int) -> None:
    assert len(pieces(text)) == count


@given(
    st.lists(
        st.sampled_from(
            [
                "Satu ",
                "[E1]",
                "[E2]. ",
                "“kutip [E3]”",
                "\n",
                "# Judul\n",
                "- item ",
                "| a | b |\n",
                "|---|---|\n",
                "lalu:",
                " ",
                "Rp1.250.000",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.parametrize(
    ("given_text", "plain"),
    [
        ("[E1, E2]", "[E1][E2]"),
        ("[E1; E2 dan E3]", "[E1][E2][E3]"),
        ("(E1)", "[E1]"),
        ("【E1】", "[E1]"),
        ("[e1]", "[E1]"),
        ("“lihat [E1]” [E2]", "“lihat (E1)” [E2]"),
    ],
)
def test_references_are_read_in_every_form_but_not_inside_quotations(given_text: str, plain: str) -> None:
    assert with_plain_marks(given_text) == plain


@pytest.mark.parametrize(
    ("token", "values"),
    [
        ("1.450", {"1450", "1.45"}),
        ("1,45", {"1.45"}),
        ("99,70", {"99.7"}),
        ("1.250.000,50", {"1250000.5"}),
        ("1,250,000", {"1250000"}),
        ("10.10.2.5", set()),
        ("0.500", {"0.5"}),
        ("12", {"12"}),
        ("1.25.000", set()),
    ],
)
def test_digits_are_read_as_their_separators_allow(token: str, values: set[str]) -> None:
    assert readings_of(token) == {Decimal(value).normalize() for value in values}
