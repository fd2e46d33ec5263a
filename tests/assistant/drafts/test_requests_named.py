"""A kind that a request names by its own name is meant, whatever else the request is about."""

import pytest

from assistant.drafts.judging import Asked
from assistant.drafts.understanding import meant_kinds

REVIEW = Asked({"review": 0.9, "brief": 0.08}, {"nobody": 1.0})


@pytest.mark.parametrize("text", ["Brief evaluasi tengah tahun Toko Randu", "buatkan brief soal kinerja layanan Toko Randu", "Briefing on how the services of Randu did, please", "bahan rapat kinerja semester I"])
def test_its_own_name_stands(text: str) -> None:
    assert meant_kinds(text, REVIEW) == ("brief",)


@pytest.mark.parametrize("text", ["ringkasan kinerja layanan Toko Randu untuk rapat", "summary of how the services did, for the meeting"])
def test_an_everyday_word_gives_way(text: str) -> None:
    assert meant_kinds(text, REVIEW) == ("review",)
