"""App Home: customers, what is due, proposals, gaps, with the rights of who looks; and the language that they choose."""

import time
from typing import Any

from integrations.slack.talk.home import home_of
from tests.integrations.slack.conftest import Office


def home(office: Office, who: str, holds: str = "") -> str:
    """The words of somebody's Home page, once it holds these."""
    ws = office.ws

    def there() -> dict[str, Any] | None:
        view = ws.home(office.users[who])
        return view if view and holds in ws.text_of(view) else None

    return str(ws.text_of(ws.wait(there, 30)))


def test_the_page_shows_ones_own_customers_and_what_is_due(office: Office) -> None:
    office.ws.open_home(office.users["sekar"])
    shown = home(office, "sekar")
    assert "Tirta Kencana" in shown and "Graha Medika" in shown
    assert "1 Januari 2027" in shown and "perjanjian 101/PKS/2025" in shown, "the last day to give notice, 30 days before 31 January"
    assert "31 Januari 2027" in shown, "the end"
    assert "laporan kapasitas" in shown and "1 Desember 2026 (9 hari lagi)" in shown
    assert "Notulen Tirta Kencana 2026-10-01.md" in shown
    assert "Northwick" not in shown and "Dewan Arsip" not in shown


def test_nobody_sees_of_others_customers_on_the_page(office: Office) -> None:
    for who, hidden in (("bimo", ("Tirta Kencana", "101/PKS", "Dewan Arsip")), ("wira", ("Tirta", "Graha", "Northwick", "101/PKS", "201/PKS")), ("ratna", ("Dewan Arsip", "401/PKS"))):
        office.ws.open_home(office.users[who])
        shown = home(office, who)
        assert [name for name in hidden if name in shown] == [], who


def test_strangers_get_a_word_and_nothing_else(office: Office) -> None:
    for who, word in (("orang", "tabel akses"), ("tamu", "tamu")):
        office.ws.open_home(office.users[who])
        shown = home(office, who)
        assert word in shown
        assert [name for name in ("Tirta", "Graha", "Northwick", "Dewan") if name in shown] == []


def test_a_proposal_waits_on_the_page_and_can_be_saved_there(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    ws.post(sekar, office.dm("sekar"), "catat: Bu Laksmi dari Tirta Kencana mengeluh laporan bulanan terlambat lagi")
    office.idle()
    ws.open_home(sekar)
    shown = home(office, "sekar", "mengeluh laporan bulanan")
    assert "menunggu keputusan Anda" in shown
    rows = [block["elements"] for block in ws.home(sekar)["blocks"] if block["type"] == "actions"]
    (save,) = [element["action_id"] for row in rows for element in row if element["action_id"].startswith("proposal_save")]
    ws.click(sekar, save)
    office.idle()
    ws.open_home(sekar)
    assert "Tidak ada yang menunggu" in home(office, "sekar", "Tidak ada yang menunggu")


def test_a_question_without_an_answer_stands_on_the_page_of_who_asked(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    question = "Siapa nama kucing direktur Tirta Kencana?"
    office.answer(office.dm("sekar"), ws.post(sekar, office.dm("sekar"), question))
    ws.open_home(sekar)
    assert question in home(office, "sekar", question)
    ws.open_home(office.users["ratna"])
    assert question not in home(office, "ratna")


def test_the_language_chosen_there_holds_until_it_is_left_to_slack_again(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    ws.open_home(sekar)
    assert "Pelanggan saya" in home(office, "sekar")
    ws.click(sekar, "home_language", selected="en")
    assert "My customers" in home(office, "sekar", "My customers")
    ws.click(sekar, "home_language", selected="auto")
    assert "Pelanggan saya" in home(office, "sekar", "Pelanggan saya")


def test_the_message_tab_suggests_what_to_ask(office: Office) -> None:
    ws, bimo = office.ws, office.users["bimo"]
    ws.open_home(bimo, tab="messages")
    prompts = ws.wait(lambda: ws.prompts(office.dm("bimo")))
    assert len(prompts["prompts"]) == 4 and "Prepare a meeting" in [one["title"] for one in prompts["prompts"]]
    ws.open_home(office.users["orang"], tab="messages")
    office.idle()
    assert ws.prompts(office.dm("orang")) is None


def test_the_page_is_made_quickly(office: Office) -> None:
    app = office.running[0].app
    person = office.running[0]._run(app.door.people.person(office.users["ratna"]))
    home_of(app.door, person)
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        home_of(app.door, person)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 1.0


def test_who_becomes_a_guest_is_told_nothing_of_customers_from_then_on(office: Office) -> None:
    sekar = office.users["sekar"]
    office.ws.open_home(sekar)
    assert "Tirta Kencana" in home(office, "sekar")
    office.ws.change_user(sekar, is_restricted=True)
    office.ws.settle()
    office.ws.open_home(sekar)
    assert "Tirta Kencana" not in home(office, "sekar", "tamu")
