"""Articles and guides that are about no customer: the trained reader, as it is shipped, answers and declines through the whole product."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from knowledge.access import OWNER
from knowledge.intake.importer import import_paths

TODAY = date(2026, 11, 22)
ARTICLES = {
    "Menara Kelana.txt": (
        "Menara Kelana adalah gedung pusat data setinggi dua puluh lantai di Kota Sembilang. Gedung itu dirancang oleh arsitek Bramantyo Wiguna dan "
        "diresmikan pada 14 Maret 1997 oleh gubernur saat itu. Di ruang bawah tanahnya terdapat tiga generator diesel buatan Norwegia."
    ),
    "Kabel Laut Selasih.txt": (
        "Kabel laut Selasih menghubungkan Pulau Tarum dengan daratan sejauh 212 kilometer. Kabel ini pertama kali putus pada tahun 2009 karena jangkar kapal, "
        "lalu diperbaiki dalam sebelas hari oleh kapal kabel Nusa Rentang."
    ),
}


@pytest.fixture(scope="module")
def akrab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Akrab]:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    akrab = bootstrap(Settings(home=tmp_path_factory.mktemp("home"), today=TODAY))
    import_paths(akrab.engine, [folder], today=TODAY)
    akrab.embed_new()
    yield akrab
    akrab.engine.dispose()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Siapa arsitek Menara Kelana?", "Bramantyo Wiguna"),
        ("Di manakah letak Menara Kelana?", "Sembilang"),
        ("Kapan kabel laut Selasih pertama kali putus?", "2009"),
        ("Apa penyebab putusnya kabel Selasih?", "jangkar"),
    ],
)
def test_what_an_article_says_is_answered(akrab: Akrab, question: str, said: str) -> None:
    answer = akrab.answering.ask(question, OWNER)
    assert said in answer.answer
    assert answer.citations


@pytest.mark.parametrize("question", ["Kapan Menara Kelana dibongkar?", "Siapa pemilik kapal Nusa Rentang?", "Berapa biaya pembangunan Menara Kelana?"])
def test_what_no_article_says_is_declined(akrab: Akrab, question: str) -> None:
    assert akrab.answering.ask(question, OWNER).abstained


def test_the_reader_is_wired_and_shipped(akrab: Akrab) -> None:
    reader = akrab.answering.trained()
    assert reader is not None
    reading = reader.read("Siapa arsitek Menara Kelana?", [ARTICLES["Menara Kelana.txt"]])[0]
    assert "Bramantyo" in reading.text
