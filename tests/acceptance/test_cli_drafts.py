"""The life of a draft through the command line: kept, edited, compared, made again, signed, exported; and what is refused."""

from pathlib import Path

import docx
import pytest

from tests.acceptance.terminal import Akrab, command


@pytest.fixture(scope="module")
def kept(imported: tuple[Path, object], tmp_path_factory: pytest.TempPathFactory) -> tuple[Akrab, str]:
    """A service review of the demo, kept by its account manager."""
    akrab = command(imported[0])
    made = akrab("draft", "review", "--customer", "Samawa", "--period", "Q3 2026", "--language", "id", "--keep", "--as", "yoga", "--json")
    assert made.code == 0, made.err
    return akrab, made.json()["kept"]


def test_a_draft_is_kept_only_when_asked_for(kept: tuple[Akrab, str]) -> None:
    akrab, name = kept
    before = [line["draft"] for line in akrab("drafts", "list", "--as", "yoga", "--json").json()["drafts"]]
    akrab("draft", "brief", "--customer", "Samawa", "--as", "yoga", "--json")
    assert name in before and [line["draft"] for line in akrab("drafts", "list", "--as", "yoga", "--json").json()["drafts"]] == before


def test_the_life_of_a_draft(kept: tuple[Akrab, str], tmp_path: Path) -> None:
    akrab, name = kept
    edited = akrab("drafts", "edit", name, "1.1", "Awan privat sekali di bawah sasaran, pada September [1]", "--as", "yoga", "--json").json()
    assert (edited["done"], edited["version"]) == (True, 2)
    assert akrab("drafts", "edit", name, "1", "Kami usul menutup butir ini", "--add", "--as", "yoga", "--json").json()["version"] == 3
    assert akrab("drafts", "comment", name, "1.1", "Cocokkan dulu", "--as", "yoga", "--json").json()["status"] == "commented"
    shown = akrab("drafts", "show", name, "--as", "yoga", "--json").json()
    own = [line for line in shown["lines"] if line["by"]]
    assert [line["text"] for line in own] == ["Awan privat sekali di bawah sasaran, pada September [1]", "Kami usul menutup butir ini"]
    assert [comment["words"] for comment in shown["comments"]] == ["Cocokkan dulu"]
    differing = akrab("drafts", "diff", name, "1", "3", "--as", "yoga", "--json").json()
    assert [section["key"] for section in differing["sections"]] == ["summary"]
    assert {line["kind"] for line in differing["sections"][0]["lines"]} == {"added", "removed"} or len(differing["sections"][0]["lines"]) == 2
    again = akrab("drafts", "regenerate", name, "--as", "yoga", "--json").json()
    assert (again["done"], again["status"], again["version"]) == (True, "unchanged", 3)
    late = akrab("drafts", "sign", name, "--purpose", "review", "--version", "2", "--as", "yoga", "--json")
    assert late.code == 1 and late.json()["status"] == "overtaken"
    signed = akrab("drafts", "sign", name, "--purpose", "review", "--for", "Ilham Saputro", "--as", "yoga", "--json").json()
    assert signed["done"], signed
    locked = akrab("drafts", "edit", name, "1.1", "lain", "--as", "yoga", "--json")
    assert locked.code == 1 and locked.json()["status"] == "locked" and "Ilham Saputro" in locked.json()["answer"]
    assert akrab("drafts", "reopen", name, "--as", "yoga", "--json").json()["version"] == 4
    exported = akrab("drafts", "export", name, "--version", "3", "-o", tmp_path / "tinjauan.docx", "--as", "yoga", "--json")
    assert exported.code == 0, exported.err
    document = docx.Document(str(tmp_path / "tinjauan.docx"))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "3" in cells and any("Ilham Saputro" in cell for cell in cells)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Kami usul menutup butir ini (ditambahkan oleh" in words
    numbers = [line["number"] for line in akrab("drafts", "versions", name, "--as", "yoga", "--json").json()["versions"]]
    assert numbers == [1, 2, 3, 4]


def test_who_may_not_see_the_customer_is_told_the_same_as_for_no_draft(kept: tuple[Akrab, str]) -> None:
    akrab, name = kept
    assert akrab("drafts", "list", "--as", "melissa", "--json").json()["drafts"] == []
    for words in (("show", name), ("versions", name), ("edit", name, "1.1", "x"), ("sign", name, "--purpose", "review"), ("export", name), ("diff", name, "1", "2")):
        hidden = akrab("drafts", *words, "--as", "melissa")
        nothing = akrab("drafts", *(["D999" if word == name else word for word in words]), "--as", "melissa")
        assert hidden.code == nothing.code == 2
        assert hidden.err.replace(name, "D999") == nothing.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("drafts", "edit", "D1", "1.1"), "--remove"),
        (("drafts", "settle", "D1", "c1"), "--mine"),
        (("drafts", "edit", "{name}", "99.1", "x"), "99.1"),
        (("drafts", "edit", "{name}", "1.1", "lihat [999]"), "[999]"),
        (("drafts", "sign", "{name}", "--purpose", "all"), "requirements"),
        (("drafts", "export", "{name}", "--format", "docx"), "-o FILE.docx"),
        (("draft", "brief", "--customer", "Samawa", "-o", "{folder}/x.docx", "--template", "{folder}/none.docx"), "none.docx"),
    ],
)
def test_wrong_use_is_one_line_that_says_how_to_mend_it(kept: tuple[Akrab, str], tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    akrab, name = kept
    refused = akrab(*(word.format(name=name, folder=tmp_path) for word in words))
    assert refused.code == 2 and refused.out == ""
    assert refused.err.startswith("akrab: ") and told in refused.err and len(refused.err.strip().splitlines()) == 1


def test_the_organisations_template_is_used(kept: tuple[Akrab, str], tmp_path: Path) -> None:
    akrab, name = kept
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "PT Rumah Sendiri"
    own.save(str(tmp_path / "rumah.docx"))
    made = akrab("drafts", "export", name, "-o", tmp_path / "x.docx", "--template", tmp_path / "rumah.docx", "--as", "yoga")
    assert made.code == 0, made.err
    assert docx.Document(str(tmp_path / "x.docx")).sections[0].header.paragraphs[0].text == "PT Rumah Sendiri"


def test_what_asks_for_a_document_in_other_words_is_drafted_and_a_question_is_answered(kept: tuple[Akrab, str]) -> None:
    akrab, _ = kept
    made = akrab("ask", "gw ngadep bu nadia samawa siang ini, bikin catetan pendek apa yg mesti dibahas", "--as", "yoga", "--json").json()
    assert made["title"].startswith("Bahan rapat") and made["sections"]
    answered = akrab("ask", "Berapa lama kontrak Samawa berlaku?", "--as", "yoga", "--json").json()
    assert "sections" not in answered
