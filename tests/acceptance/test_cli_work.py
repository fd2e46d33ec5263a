"""Import, ask, log, approve, draft and look, through the command line on the demo portfolio."""

import json
from pathlib import Path

from tests.acceptance.terminal import Akrab, Outcome, command


def test_the_import_takes_every_readable_file_and_names_exactly_the_damaged_ones(imported: tuple[Path, Outcome]) -> None:
    report = imported[1].json()
    damaged = {problem["source"] for problem in report["problems"] if problem["locator"] == "" and "hidden" not in problem["reason"]}
    assert imported[1].code == 1
    assert damaged == {"99_lain/anggaran_2027_terkunci.xlsx", "99_lain/laporan_2024_rusak.pdf"}
    assert report["documents"]["unreadable"] == 2
    assert report["records"]["customer"] >= 8
    assert {"agreement", "ticket", "measurement", "contact", "commitment"} <= set(report["records"])


def test_a_second_import_finds_nothing_new(akrab: Akrab, portfolio: Path, imported: tuple[Path, Outcome]) -> None:
    report = akrab("import", portfolio, "--json").json()
    counts = {state: count for state, count in report["documents"].items() if count}
    assert set(counts) == {"unchanged", "unreadable"}
    assert report["records"] == {}
    assert report["seconds"] <= 0.05 * imported[1].json()["seconds"]


def test_an_answer_has_its_sources_with_file_place_and_quote(akrab: Akrab) -> None:
    answer = akrab("ask", "Berapa lama waktu tanggap P1 menurut SLA BPR Gempita?", "--as", "yoga", "--json").json()
    assert {"answer", "language", "abstained", "reason", "citations", "conversation", "model", "seconds"} <= set(answer)
    assert answer["language"] == "id"
    assert "10" in answer["answer"]
    cited = answer["citations"][0]
    assert cited["source"].endswith("SLA Gempita 2025-2027.docx")
    assert {"n", "source", "locator", "quote", "date"} <= set(cited)
    assert "10" in cited["quote"]


def test_a_person_reads_the_answer_then_the_sources(akrab: Akrab) -> None:
    shown = akrab("ask", "What is the cap on liability in the Meranti agreement?", "--as", "melissa")
    assert shown.code == 0
    answer, sources = shown.out.split("\nSources\n")
    assert "150,000" in answer or "150.000" in answer
    assert "[1] " in sources
    assert "MAI-SVC-11 Services Agreement.pdf" in sources


def test_how_an_answer_came_about_is_told_to_who_sees_everything(akrab: Akrab) -> None:
    question = "Berapa jumlah tiket P1 Samawa?"
    explained = akrab("ask", question, "--explain", "--json").json()["explanation"]
    assert explained["understanding"]["customers"] and "number" in explained["understanding"]["asks_for"]
    assert "query_records" in [step["tool"] for step in explained["plan"]]
    best = explained["evidence"]["records"][0]
    assert best["query"]["target"] == "ticket" and best["rows"] > 0
    assert explained["evidence"]["passages"] and explained["verification"]["kept"]
    assert "query_records" in akrab("ask", question, "--explain").out
    assert "explanation" not in akrab("ask", question, "--json").json()
    assert "--as" in akrab("ask", question, "--explain", "--as", "yoga").refused()


def test_what_one_may_not_see_is_not_there(akrab: Akrab) -> None:
    hidden = akrab("ask", "Berapa nilai SPK BP Teluk Antara tahun ini?", "--as", "yoga", "--json").json()
    assert hidden["abstained"]
    assert "3.180" not in json.dumps(hidden)
    assert akrab("customers", "list", "--as", "yoga", "--json").out.count("Teluk Antara") == 0
    assert akrab("customers", "list", "--as", "fikri", "--json").out.count("Teluk Antara") > 0


def test_a_batch_answers_every_line_and_a_conversation_keeps_its_thread(akrab: Akrab, tmp_path: Path) -> None:
    batch, results = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "a", "asker": "yoga", "question": "Berapa bunga keterlambatan bayar di kontrak Samawa?"},
        {"id": "b", "asker": "yoga", "turns": ["Siapa account manager Samawa?", "Berapa bunga keterlambatan bayar di kontrak Samawa?"]},
        {"id": "c", "asker": "nobody", "question": "Halo?"},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    outcome = akrab("ask", "--batch", batch, "-o", results, "--json")
    written = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    assert outcome.code == 1
    assert [row["id"] for row in outcome.json()["problems"]] == ["c"]
    assert [row["id"] for row in written] == ["a", "b", "c"]
    assert "1,5" in written[0]["answer"]
    assert "1,5" in written[1]["answer"]
    assert written[0]["conversation"] != written[1]["conversation"]
    assert "nobody" in written[2]["error"]


def test_what_could_not_be_answered_is_a_gap(akrab: Akrab) -> None:
    question = "What colour is the roof of the Meranti mill?"
    assert akrab("ask", question, "--as", "melissa", "--json").json()["abstained"]
    assert question in [gap["question"] for gap in akrab("gaps", "--as", "melissa", "--json").json()["gaps"]]
    assert question not in [gap["question"] for gap in akrab("gaps", "--as", "yoga", "--json").json()["gaps"]]


def test_a_gap_is_counted_asked_again_and_taken_off_the_list(akrab: Akrab) -> None:
    question = "Which paint does the Meranti mill use on its gate?"
    for text in (question, question):
        akrab("ask", text, "--as", "melissa", "--json").json()
    (gap,) = [one for one in akrab("gaps", "--as", "melissa", "--json").json()["gaps"] if one["question"] == question]
    assert (gap["count"], gap["state"], gap["answered_at"]) == (2, "open", None)
    again = akrab("gaps", "again", "--as", "melissa", "--json").json()
    assert again["asked"] >= 1 and question not in again["answered"]
    assert "gaps" in akrab("gaps", "dismiss", str(gap["id"]), "--as", "yoga").refused()
    assert akrab("gaps", "dismiss", str(gap["id"]), "--as", "melissa", "--json").json() == {"id": gap["id"], "state": "dismissed"}
    assert question not in [one["question"] for one in akrab("gaps", "--as", "melissa", "--json").json()["gaps"]]
    assert question in [one["question"] for one in akrab("gaps", "--state", "dismissed", "--as", "melissa", "--json").json()["gaps"]]


def test_news_becomes_a_proposal_and_only_approval_writes_it(akrab: Akrab) -> None:
    told = akrab("log", "Bu Yuliana BPR Gempita mengeluh faktur Oktober datang tanpa nomor pesanan.", "--as", "yoga", "--json").json()
    assert [proposal["kind"] for proposal in told["proposals"]] == ["complaint"]
    identity = told["proposals"][0]["id"]
    assert akrab("proposals", "show", identity, "--as", "yoga", "--json").json()["status"] == "pending"
    assert "proposal" in akrab("proposals", "show", identity, "--as", "melissa").refused()
    edited = akrab("proposals", "edit", identity, "--set", "sentiment=negative", "--as", "yoga", "--json")
    assert edited.json()["status"] == "edited"
    stale = akrab("proposals", "approve", identity, "--revision", "1", "--as", "yoga", "--json")
    assert (stale.code, stale.json()["done"]) == (1, False)
    approved = akrab("proposals", "approve", identity, "--as", "yoga", "--json").json()
    assert approved["record"]
    again = akrab("proposals", "approve", identity, "--as", "yoga", "--json")
    assert (again.code, again.json()["status"]) == (1, "already_approved")
    assert identity in akrab("proposals", "list", "--state", "approved", "--as", "yoga").out
    assert akrab("proposals", "undo", identity, "--as", "yoga", "--json").json()["done"]


def test_an_unclear_customer_is_asked_about_and_a_question_is_no_news(akrab: Akrab, tmp_path: Path) -> None:
    batch, results = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "unclear", "asker": "yoga", "text": "Pak Arif minta laporan dikirim Jumat ini."},
        {"id": "question", "asker": "yoga", "text": "Kapan kontrak Samawa berakhir?"},
        {"id": "hidden", "asker": "yoga", "text": "Catat keluhan Pak Ridwan BP Teluk Antara soal radio."},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert akrab("log", "--batch", batch, "-o", results).code == 0
    unclear, question, hidden = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    assert unclear["asked"]
    assert hidden["abstained"]
    assert unclear["proposals"] == question["proposals"] == hidden["proposals"] == []


def test_a_brief_is_drafted_with_its_sources(akrab: Akrab, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    made = akrab("draft", "brief", "--customer", "Samawa", "--meeting", "2026-12-08", "--language", "id", "--as", "yoga", "-o", file, "--json").json()
    assert made["path"] == str(file)
    assert file.read_text(encoding="utf-8") == made["answer"]
    assert made["sections"]
    assert {Path(cited["source"]).name for cited in made["citations"]} & {"MoM Samawa 14 Okt 2026.docx"}
    assert "Teluk" in akrab("draft", "brief", "--customer", "Teluk Antara", "--as", "yoga").refused()


def test_a_backup_is_restored_whole_and_never_over_something(akrab: Akrab, imported: tuple[Path, Outcome], tmp_path: Path) -> None:
    file, home = tmp_path / "akrab.backup", tmp_path / "restored"
    assert akrab("backup", file, "--json").json()["bytes"] == file.stat().st_size
    assert str(file) in akrab("backup", file).refused()
    restored = command(home)
    assert restored("restore", file, "--json").json()["documents"] > 60
    assert "--force" in restored("restore", file).refused()
    before, after = (run("customers", "list", "--json").json() for run in (akrab, restored))
    assert before == after
    damaged = bytearray(file.read_bytes())
    damaged[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
    file.write_bytes(bytes(damaged))
    assert str(file) in restored("restore", file, "--force").refused()
    assert restored("customers", "list", "--json").json() == before


def test_the_index_can_be_made_anew(akrab: Akrab) -> None:
    outcome = akrab("reindex", "--json")
    assert outcome.json()["sound"]
    assert outcome.json()["embedded"] == 0


def test_a_merged_spelling_can_be_split(imported: tuple[Path, Outcome], akrab: Akrab, tmp_path: Path) -> None:
    merges = akrab("customers", "merges", "--json").json()["merges"]
    assert merges
    home = tmp_path / "split"
    file = tmp_path / "store.backup"
    akrab("backup", file)
    split = command(home)
    split("restore", file)
    number = merges[0]["number"]
    assert not split("customers", "split", str(number), "--json").json()["undone"], "a look first"
    assert "--yes" in split("customers", "split", str(number)).out
    assert split("customers", "split", str(number), "--yes", "--json").json()["undone"]
    assert split("customers", "merges", "--json").json()["merges"][0]["undone"]
    assert "--as" in split("customers", "split", str(number), "--as", "yoga").refused()
