"""Editing a kept draft in Slack: a section in a modal, a comment, two people at once, a signed version; and notes that are the author's alone."""

from typing import Any

from assistant.drafts.kept.keeping import Desk
from assistant.drafts.kept.reading import opened
from knowledge.access import viewer_for
from knowledge.records.drafts import DraftComment, DraftVersion
from knowledge.store import read
from tests.integrations.slack.conftest import TODAY, Office
from tests.integrations.slack.test_drafts import ASKED, action_ids, draft
from tests.integrations.slack.test_kept_drafts import kept_message, rows

MINE = "Jawab dulu soal jadwal pencadangan."


def keep(office: Office, words: str = ASKED) -> tuple[str, str, dict[str, Any]]:
    """A draft kept by Sekar: her direct messages, the thread, the message with its buttons."""
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, words)
    office.ws.click(office.users["sekar"], "draft_keep", channel=place, ts=draft(office, place, ts)["ts"])
    return place, ts, kept_message(office, place, ts)


def open_section(office: Office, place: str, ts: str, number: int = 1) -> dict[str, Any]:
    """The modal with the lines of a section, as Sekar has it before her."""
    ws, sekar = office.ws, office.users["sekar"]
    ws.click(sekar, "draft_edit", channel=place, ts=ts)
    chooser = ws.wait(lambda: ws.views(sekar))[-1]
    (menu,) = [block["element"] for block in chooser["blocks"] if block["type"] == "input"]
    ws.submit(sekar, values={"section": menu["options"][number - 1]["value"]})
    view: dict[str, Any] = ws.views(sekar)[-1]
    return view


def inputs(view: dict[str, Any]) -> dict[str, str]:
    """Name of each input → what stands in it."""
    return {block["block_id"]: block["element"].get("initial_value", "") for block in view["blocks"] if block["type"] == "input"}


def told(view: dict[str, Any]) -> str:
    return "\n".join(element["text"] for block in view["blocks"] if block["type"] == "context" for element in block["elements"])


def colleague(office: Office) -> Desk:
    """Somebody else who works on the same draft, from the command line."""
    with read(office.akrab.engine) as session:
        return Desk(office.akrab.engine, viewer_for(session, "ratna"), "id", TODAY)


def lines(office: Office, section: int = 1) -> list[str]:
    desk = colleague(office)
    return [one.line.text for one in opened(office.akrab.engine, desk.viewer, "D1", "id").parts[section - 1].lines]


def test_a_section_is_edited_and_commented_on_in_a_modal_as_one_new_version(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, ts, shown = keep(office)
    view = open_section(office, place, shown["ts"])
    held = inputs(view)
    assert [held[f"line_{number}_1"] for number in range(1, len(lines(office)) + 1)] and "[1]" in " ".join(held.values())
    ws.submit(sekar, values={"line_1_1": MINE, "added_1": "Dan satu lagi.", "comment_1": "Tolong dibaca Bimo"})
    edited = kept_message(office, place, ts, "D1 sekarang versi 2")
    assert f"+ {MINE}" in ws.text_of(edited) and "+ Dan satu lagi." in ws.text_of(edited)
    assert action_ids(ws.message(place, shown["ts"])) == {}, "the buttons of the version before are gone"
    assert lines(office)[0] == MINE and lines(office)[-1] == "Dan satu lagi."
    assert [version.number for version in rows(office, DraftVersion)] == [1, 2]
    assert [(one.number, one.words) for one in rows(office, DraftComment)] == [(2, "Tolong dibaca Bimo")]
    assert "Tolong dibaca Bimo" in told(open_section(office, place, edited["ts"]))


def test_of_two_who_edit_at_once_nobody_loses_a_word(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, ts, shown = keep(office)
    open_section(office, place, shown["ts"])
    other = colleague(office)
    assert other.edit("D1", "1.1", "Ratna menulis ini.").done and other.add("D1", "1", "Ratna menambah ini.").done
    ws.submit(sekar, values={"line_1_1": MINE, "added_1": "Dan satu lagi."})
    again = ws.views(sekar)[-1]
    assert "Ratna" in told(again) and "Ratna menulis ini." in told(again)
    held = inputs(again)
    assert held["line_1_3"] == MINE and held["added_3"] == "Dan satu lagi.", "what she wrote stands in the modal as it was"
    assert lines(office)[0] == "Ratna menulis ini.", "nothing is written over unseen"
    ws.submit(sekar, values={})
    kept_message(office, place, ts, "D1 sekarang versi 4")
    assert lines(office)[0] == MINE and lines(office)[-2:] == ["Ratna menambah ini.", "Dan satu lagi."]


def test_a_line_of_her_own_stands_beside_what_a_colleague_changed_elsewhere(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, ts, shown = keep(office)
    open_section(office, place, shown["ts"])
    assert colleague(office).edit("D1", "1.2", "Ratna menulis ini.").done
    ws.submit(sekar, values={"line_1_1": MINE})
    kept_message(office, place, ts, "D1 sekarang versi 3")
    assert lines(office)[:2] == [MINE, "Ratna menulis ini."]


def test_a_version_that_was_signed_meanwhile_is_not_changed_and_her_words_stay_before_her(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, ts, shown = keep(office)
    open_section(office, place, shown["ts"])
    assert colleague(office).sign("D1", "review").done
    answer = ws.submit(sekar, values={"line_1_1": MINE})
    assert "terkunci" in answer["errors"]["comment_1"] and ws.views(sekar), "the modal is still open"
    ws.close(sekar)
    view = open_section(office, place, shown["ts"])
    assert list(inputs(view)) == ["comment_1"] and "terkunci" in told(view)
    ws.submit(sekar, values={"comment_1": "Untuk versi berikutnya: jadwal."})
    kept_message(office, place, ts, "Komentar disimpan")
    assert len(rows(office, DraftVersion)) == 1 and len(rows(office, DraftComment)) == 1


def test_a_mark_of_no_source_is_told_in_the_modal(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, _, shown = keep(office)
    open_section(office, place, shown["ts"])
    assert "[999]" in ws.submit(sekar, values={"line_1_1": "lihat [999]"})["errors"]["comment_1"]
    assert len(rows(office, DraftVersion)) == 1


def test_what_a_customers_draft_leaves_out_is_told_to_its_author_alone(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = office.dm("sekar")
    ts = ws.post(sekar, place, "buatkan business case tautan cadangan Tirta Kencana, biaya 50 juta, untuk pelanggan")
    made = draft(office, place, ts)
    words = ws.text_of(made)

    assert "Hanya untuk Anda, tidak masuk draf" in words
    ws.click(sekar, "draft_keep", channel=place, ts=made["ts"])
    kept_message(office, place, ts)
    assert "Hanya untuk Anda" not in str(rows(office, DraftVersion)[0].content)
