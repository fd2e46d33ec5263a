"""The JSON door of the page: snapshots, changes, acts, and who may use it."""

import base64
import threading

import httpx
import pytest


@pytest.fixture
def place(ws):
    sari, budi = ws.add_user("Sari"), ws.add_user("Budi")
    return sari, budi, ws.add_channel("umum", [sari])


@pytest.fixture
def door(ws):
    with httpx.Client(base_url=f"http://127.0.0.1:{ws.port}", timeout=30) as client:
        yield client


def test_a_snapshot_shows_what_one_person_sees(ws, door, place):
    sari, budi, channel = place
    ws.post(sari, channel, "halo")
    mine = door.get("/_/snapshot", params={"as": sari}).json()
    assert mine["me"] == sari and [m["text"] for m in mine["messages"][channel]] == ["halo"]
    theirs = door.get("/_/snapshot", params={"as": budi}).json()
    assert theirs["channels"] == [] and theirs["messages"] == {}


def test_changes_answer_when_something_changes(ws, door, place):
    sari, _, channel = place
    version = door.get("/_/snapshot", params={"as": sari}).json()["version"]
    answers = []
    waiting = threading.Thread(
        target=lambda: answers.append(door.get("/_/changes", params={"since": version, "as": sari}).json())
    )
    waiting.start()
    ws.post(sari, channel, "halo")
    waiting.join(5)
    assert answers and answers[0]["version"] > version


def test_acts_are_what_the_person_does(ws, door, place):
    sari, _, channel = place
    posted = door.post("/_/act", json={"as": sari, "do": "post", "channel": channel, "text": "halo"}).json()
    assert posted["ok"] and ws.message(channel, posted["ts"])["user"] == sari
    data = base64.b64encode(b"isi").decode()
    door.post("/_/act", json={"as": sari, "do": "upload", "channel": channel, "name": "a.txt", "data": data})
    file = ws.messages(channel)[-1]["files"][0]
    fetched = door.get(file["url"])
    assert fetched.content == b"isi" and fetched.headers["content-disposition"] == "attachment"
    refused = door.post("/_/act", json={"as": sari, "do": "click", "channel": channel, "action_id": "x"}).json()
    assert refused["ok"] is False and "x" in refused["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "jahat.example"},
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_sites_may_not_use_the_door(door, place, headers):
    assert door.get("/_/snapshot", params={"as": place[0]}, headers=headers).status_code == 403
    act = {"as": place[0], "do": "post", "channel": place[2], "text": "x"}
    assert door.post("/_/act", json=act, headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_act(door, place):
    assert door.post("/_/act", content='{"as": "x"}', headers={"Content-Type": "text/plain"}).status_code == 415


def test_the_page_stays_in_its_folder(door):
    assert door.get("/").status_code == 200
    assert door.get("/..%2fstate.py").status_code == 404
