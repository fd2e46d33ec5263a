"""Who may read what: identity by e-mail, channels by what all members may see, guests and shared channels nothing internal."""

from typing import Any

import pytest

from tests.integrations.slack.conftest import Office

HIDDEN_WORDS = ("Tirta", "155.000.000", "Graha", "255.000.000", "Northwick", "355.000.000", "Dewan Arsip", "455.000.000")


def _ask(office: Office, who: str, place: str, words: str) -> str:
    return office.ws.post(office.users[who], place, f"<@{office.ws.bot_user_id}> {words}")


def _all(office: Office, place: str, ts: str, who: str | None = None) -> str:
    return "\n".join(office.ws.text_of(one) for one in office.said(place, ts, to=who))


def test_an_unknown_person_gets_a_clear_word_and_nothing_else(office: Office) -> None:
    place = office.dm("orang")
    ts = office.ws.post(office.users["orang"], place, "Berapa biaya bulanan Tirta Kencana?")
    office.idle()
    told = _all(office, place, ts)
    assert "e-mail" in told.lower() or "surel" in told.lower()
    assert not any(word in told for word in HIDDEN_WORDS)


def test_a_guest_gets_nothing_internal_even_with_a_colleague_s_address(office: Office) -> None:
    place = office.dm("tamu")
    ts = office.ws.post(office.users["tamu"], place, "Berapa biaya bulanan Tirta Kencana?")
    office.idle()
    assert not any(word in _all(office, place, ts) for word in HIDDEN_WORDS)


@pytest.mark.parametrize(
    ("members", "customer", "answered"),
    [
        (("sekar", "bimo"), "Graha Medika", True),
        (("sekar", "bimo"), "Tirta Kencana", False),
        (("sekar", "ratna"), "Tirta Kencana", True),
        (("sekar", "wira"), "Tirta Kencana", False),
        (("ratna", "wira"), "Dewan Arsip", False),
    ],
)
def test_a_channel_hears_what_all_its_members_may_see(office: Office, members: tuple[str, ...], customer: str, answered: bool) -> None:
    place = office.ws.add_channel("kanal", [office.users[name] for name in members])
    asker = members[0] if customer != "Dewan Arsip" else "wira"
    ts = _ask(office, asker, place, f"Berapa biaya bulanan layanan jaringan {customer}?")
    office.idle()
    said = _all(office, place, ts)
    assert ("55.000.000" in said) is answered
    for other in members:
        seen = _all(office, place, ts, other)
        assert ("55.000.000" in seen) is answered, "nothing of it is whispered into the channel either"


def test_the_rest_is_offered_privately_and_only_to_who_asked(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("kanal", [sekar, office.users["bimo"]])
    ts = _ask(office, "sekar", place, "Berapa biaya bulanan layanan jaringan Tirta Kencana?")
    office.idle()
    offers = [one for one in office.said(place, ts, "sekar") if one.get("ephemeral_to") == sekar]
    assert len(offers) == 1
    assert [one for one in office.said(place, ts, "bimo") if one.get("ephemeral_to")] == []
    ws.click(sekar, "answer_privately", channel=place, ts=offers[0]["ts"])
    office.idle()
    private = [one for one in ws.messages(office.dm("sekar")) if one.get("user") == ws.bot_user_id]
    assert len(private) == 1 and "155.000.000" in ws.text_of(private[0])


def test_a_hidden_customer_and_one_that_does_not_exist_are_answered_alike(office: Office) -> None:
    place, viewer = office.dm("bimo"), office.akrab.viewer("bimo")
    texts, steps = [], []
    for name in ("Tirta Kencana", "Mega Buana"):
        question = f"Berapa biaya bulanan layanan jaringan {name}?"
        ts = office.ws.post(office.users["bimo"], place, question)
        office.idle()
        (message,) = office.said(place, ts)
        texts.append([message["stream_text"], office.ws.text_of({**message, "stream_text": "", "tasks": []})])
        told: list[str] = []
        office.akrab.answering.ask(question, viewer, on_event=lambda event, told=told: told.append(event.text))  # type: ignore[misc]
        steps.append(told)
    assert texts[0] == [part.replace("Mega Buana", "Tirta Kencana") for part in texts[1]]
    assert steps[0] == steps[1], "what a person sees of the work does not tell them apart either"


@pytest.mark.parametrize("kind", ["guest", "unknown", "shared"])
def test_where_outsiders_read_along_nothing_internal_is_said(office: Office, kind: str) -> None:
    ws = office.ws
    extra = {"guest": ["tamu"], "unknown": ["orang"], "shared": []}[kind]
    place = ws.add_channel("luar", [office.users["sekar"], *(office.users[name] for name in extra)], ext_shared=kind == "shared")
    ts = _ask(office, "sekar", place, "Berapa biaya bulanan layanan jaringan Tirta Kencana?")
    office.idle()
    public: list[dict[str, Any]] = [one for one in office.said(place, ts) if not one.get("ephemeral_to")]
    assert not any(word in ws.text_of(one) for one in public for word in ("55.000.000",))
    offered = [one for one in office.said(place, ts, "sekar") if one.get("ephemeral_to") == office.users["sekar"]]
    assert offered and "55.000.000" not in "".join(ws.text_of(one) for one in offered)


def test_who_joins_later_narrows_what_is_said(office: Office) -> None:
    place = office.ws.add_channel("kanal", [office.users["sekar"]])
    question = "Berapa biaya bulanan layanan jaringan Tirta Kencana?"
    ts = _ask(office, "sekar", place, question)
    office.idle()
    assert "155.000.000" in _all(office, place, ts)
    office.ws.join(place, office.users["bimo"])
    office.idle()
    ts = _ask(office, "sekar", place, question)
    office.idle()
    assert "155.000.000" not in _all(office, place, ts)


def test_rights_taken_away_count_at_the_next_question(office: Office) -> None:
    place = office.dm("sekar")
    question = "Berapa biaya bulanan layanan jaringan Tirta Kencana?"
    ts = office.ws.post(office.users["sekar"], place, question)
    office.idle()
    assert "155.000.000" in _all(office, place, ts)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM \"grant\" WHERE account_id = (SELECT id FROM account WHERE username = 'sekar')")
    ts = office.ws.post(office.users["sekar"], place, question)
    office.idle()
    assert "155.000.000" not in _all(office, place, ts)
