import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.slack.rendering.splitting import split
from tests.integrations.slack.rendering.hostile import texts


@given(texts, st.integers(40, 400))
def test_pieces_are_the_whole_text_and_none_is_too_long(text, limit):
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


@given(
    st.lists(
        st.sampled_from(
            ["kata ", "sebuah kalimat. ", "[12]", "[3][4] ", "`kode panjang di sini`", "\n", "\n| a | b | c |\n"]
        ),
        max_size=80,
    ),
    st.integers(40, 90),
)
def test_no_mark_code_span_or_row_is_cut(parts, limit):
    at = 0
    text = "".join(parts)
    cuts = [at := at + len(piece) for piece in split(text, limit)][:-1]
    rows = [match.span() for match in re.finditer(r"^\|.*$", text, re.MULTILINE) if len(match[0]) < limit]
    for start, end in [match.span() for match in re.finditer(r"\[\d+\]", text)] + rows:
        assert not any(start < cut < end for cut in cuts)


def test_sections_before_paragraphs_before_sentences():
    section = "Satu kalimat pendek. Lalu satu lagi yang sama.\n\nParagraf kedua di sini."
    assert split(f"{section}\n\n# Bagian dua\n\n{section}", 100)[0].rstrip() == section
    assert split(section, 60)[0].rstrip() == "Satu kalimat pendek. Lalu satu lagi yang sama."
    assert (
        split("Biaya Rp1.250.000 untuk PT. Angin Ribut [1]. Lalu hal yang lain lagi.", 50)[0]
        == "Biaya Rp1.250.000 untuk PT. Angin Ribut [1]. "
    )


def test_a_mark_stays_with_its_sentence():
    first, second = split(
        "Kontrak berakhir 31 Maret 2027. [1] Pemberitahuan paling lambat tiga bulan sebelumnya. [2]", 60
    )
    assert first.endswith("[1] ") and second.startswith("Pemberitahuan")


def test_a_limit_must_leave_room():
    with pytest.raises(ValueError, match="too small"):
        split("apa saja", 3)


def test_a_huge_word_is_cut_at_the_limit():
    assert [len(piece) for piece in split("x" * 100_000, 1_000)] == [1_000] * 100
