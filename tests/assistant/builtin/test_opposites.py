"""A sentence about what stands beside the thing asked for is no answer."""

import pytest

from assistant.models.builtin.weighing.opposites import speaks_of_the_other


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("seberapa cepat gangguan P1 harus ditanggapi", "A P1 incident shall be restored within 1 hour from being reported."),
        ("how fast do P1s have to be fixed", "Insiden prioritas 1 ditanggapi dalam 20 menit."),
        ("berapa lama sebelumnya kalau mau mengaudit kita", "Pihak yang tidak ingin memperpanjang menyampaikan pemberitahuan 60 hari sebelumnya."),
    ],
)
def test_only_the_other_is_spoken_of(question: str, sentence: str) -> None:
    assert speaks_of_the_other(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("waktu tanggap P1", "Waktu tanggap 15 menit dan pemulihan paling lama 4 jam."),
        ("waktu tanggap dan waktu pulih P1", "P1 pulih dalam 4 jam."),
        ("biaya bulanan", "P1 pulih dalam 4 jam."),
    ],
)
def test_sentences_about_both_or_neither_stay(question: str, sentence: str) -> None:
    assert not speaks_of_the_other(question, sentence)
