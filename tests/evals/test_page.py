"""The HTML report: complete by itself, every text escaped, looked at in a browser where there is one."""

import json
import re
from pathlib import Path
from shutil import which

import pytest

from evals.outcomes import Measured, Outcome
from evals.page import html, page_of_set
from integrations.cli.app import run

NASTY = '<script>alert("soto")</script>'


def page() -> str:
    own = [
        Outcome("q1", "menu", f"Apa menunya? {NASTY}", "soto", NASTY, right=False, score=0.5, citations=("menu.txt baris 3",), stage="composing"),
        Outcome("q2", "menu", "Berapa harganya?", "12.000", "12.000", right=True, score=1.0),
        Outcome("q3", "jam", "Kapan buka?", "07.00", "08.00", right=False, stage="retrieval"),
    ]
    peer = [Outcome(each.id, each.group, each.question, each.gold, "?", right=False) for each in own]
    report = Measured("kantin", {"Akrab": own, "BM25": peer}, skipped={"MiniLM": "not installed"}, notes=["made up"]).report()
    return html(page_of_set(report, "Made now."))


def test_every_wrong_answer_stands_there_with_its_stage_and_nothing_can_run() -> None:
    made = page()
    assert NASTY not in made
    assert len(re.findall("<details", made)) == 2
    for text in ("composing 1", "retrieval 1", "menu.txt baris 3", "MiniLM: not installed", "0.500 [0.095, 0.905]"):
        assert text in made
    assert not re.search(r"(src|href)=", made), "nothing is loaded from elsewhere"


def test_a_browser_shows_it_and_a_stage_can_be_chosen(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    (tmp_path / "report.html").write_text(page(), encoding="utf-8")
    with playwright.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip("no Chromium")
        shown = browser.new_page()
        shown.goto(f"file://{tmp_path}/report.html")
        assert shown.locator("details:visible").count() == 2
        shown.get_by_role("button", name="retrieval 1").click()
        assert shown.locator("details:visible").count() == 1
        browser.close()


def _chromium() -> str | None:
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := which(name))), None)


def test_the_command_keeps_the_page_beside_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKRAB_HOME", str(tmp_path / "home"))
    cases = tmp_path / "cases"
    (cases / "files").mkdir(parents=True)
    (cases / "files" / "kantin.txt").write_text("Kantin lantai dua buka pukul 07.00 sampai 15.00.\nSoto ayam seharga Rp 18.000.\n", encoding="utf-8")
    asked = [
        {"id": "k1", "category": "fact", "question": "Berapa harga soto ayam?", "gold": {"contains_all": [["18.000"]]}, "must_cite": ["kantin.txt"]},
        {"id": "k2", "category": "fact", "question": "Berapa harga rawon?", "gold": {"contains_all": [["21.000"]]}, "must_cite": ["kantin.txt"]},
    ]
    (cases / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    assert run(["eval", str(cases), "--report", str(tmp_path / "report"), "--json"]) == 0
    made = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    figures = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    wrong = [case["id"] for case in figures["cases"] if not case["right"]]
    assert "k2" in wrong
    assert all(name in made for name in wrong)
    assert re.search(r'class="stage">(understanding|retrieval|computation|composing|verification)<', made)
