"""Files dropped on the product: offered, imported once, with the rights of the person who sent them."""

import asyncio
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from assistant.gaps.gap import Gap
from integrations.slack.files import offers
from integrations.slack.files.downloads import NotFetched, fetch, may_fetch
from integrations.slack.files.taking import folder_of, safe_name, sources
from integrations.slack.tables import SlackUpload
from knowledge.access import passage_clause
from knowledge.records.access import Account
from knowledge.records.base import now
from knowledge.records.documents import Document, Passage
from knowledge.store import read, write
from tests.integrations.slack.conftest import Office

NOTES = "# Notulen Tirta Kencana\nTanggal: 9 November 2026\n\n- Tirta Kencana meminta denah rak server sebelum 15 Desember 2026.\n"
OTHERS = "# Notulen Northwick Dental\nTanggal: 9 November 2026\n\n- Northwick Dental meminta denah rak server.\n"


def drop(office: Office, who: str, name: str, text: str | bytes, place: str = "") -> tuple[str, str]:
    """Drop a file and wait for what is said of it; channel and ts of the message."""
    channel = place or office.dm(who)
    words = f"<@{office.ws.bot_user_id}>" if place else ""
    ts = office.ws.upload(office.users[who], channel, name, text if isinstance(text, bytes) else text.encode(), words)
    office.idle(60)
    return channel, ts


def card(office: Office, channel: str, ts: str) -> dict[str, Any]:
    return office.answer(channel, ts)


def press(office: Office, who: str, action: str, channel: str, ts: str) -> None:
    office.ws.click(office.users[who], action, channel=channel, ts=card(office, channel, ts)["ts"])
    office.idle(60)


def told(office: Office, channel: str, ts: str, who: str | None = None) -> list[str]:
    return [office.ws.text_of(one) for one in office.said(channel, ts, to=who)]


def documents(office: Office) -> list[str]:
    with read(office.akrab.engine) as session:
        return [document.source for document in session.exec(select(Document)).all() if document.source.startswith("slack/")]


def sees(office: Office, who: str, text: str) -> bool:
    with read(office.akrab.engine) as session:
        clause = passage_clause(office.akrab.viewer(who))
        return any(text in passage.text for passage in session.exec(select(Passage).where(clause)).all())


def test_a_file_is_offered_and_nothing_is_fetched_before_the_click(office: Office) -> None:
    channel, ts = drop(office, "sekar", "Notulen November.md", NOTES)
    (offered,) = told(office, channel, ts)
    assert "Notulen November.md" in offered and "Impor berkas ini?" in offered
    assert not documents(office) and not (office.akrab.settings.home / "uploads").exists()


def test_imported_it_is_reported_cited_and_known_to_those_who_may_see_the_customer(office: Office) -> None:
    channel, ts = drop(office, "sekar", "Notulen November.md", NOTES)
    press(office, "sekar", "files_import", channel, ts)
    closed, report = told(office, channel, ts)
    assert "Impor selesai" in closed and "1 berkas baru" in report
    assert not [block for block in card(office, channel, ts)["blocks"] if block["type"] == "actions"]
    assert documents(office) == ["slack/2026-11/Notulen November.md"]
    assert (folder_of(office.akrab, "sekar") / "slack/2026-11/Notulen November.md").read_text() == NOTES
    assert sees(office, "sekar", "denah rak server") and sees(office, "ratna", "denah rak server") and not sees(office, "bimo", "denah rak server")
    asked = office.ws.post(office.users["sekar"], channel, "Apa yang diminta Tirta Kencana soal denah rak server?")
    office.idle(60)
    assert any("15 Desember 2026" in answer for answer in told(office, channel, asked))


def test_the_sender_hears_of_their_own_questions_that_have_an_answer_now(office: Office) -> None:
    question = "Sampai kapan Tirta Kencana menunggu denah rak server?"
    for who in ("sekar", "ratna"):
        office.ws.post(office.users[who], office.dm(who), question)
        office.idle(60)
    channel, ts = drop(office, "sekar", "Notulen November.md", NOTES)
    press(office, "sekar", "files_import", channel, ts)
    office.ws.wait(lambda: any("kini terjawab" in words and question in words for words in told(office, channel, ts)), 60)
    with read(office.akrab.engine) as session:
        assert sorted((gap.account, gap.state) for gap in session.exec(select(Gap)).all()) == [("ratna", "answered"), ("sekar", "answered")]


def test_discarded_nothing_is_taken_and_a_later_click_gets_a_word(office: Office) -> None:
    channel, ts = drop(office, "sekar", "Notulen.md", NOTES)
    offered = card(office, channel, ts)["ts"]
    key = office.akrab.engine
    office.ws.click(office.users["sekar"], "files_discard", channel=channel, ts=offered)
    office.idle()
    assert "Tidak diimpor: " in told(office, channel, ts)[0] and not documents(office)
    with read(key) as session:
        assert [row.state for row in session.exec(select(SlackUpload)).all()] == ["discarded"]


def test_only_who_sent_the_file_decides(office: Office) -> None:
    place = office.ws.add_channel("kanal", [office.users["sekar"], office.users["ratna"]])
    channel, ts = drop(office, "sekar", "Notulen.md", NOTES, place)
    press(office, "ratna", "files_import", channel, ts)
    assert any("Hanya yang mengirim" in words for words in told(office, channel, ts, "ratna")) and not documents(office)
    press(office, "sekar", "files_import", channel, ts)
    assert documents(office) == ["slack/2026-11/Notulen.md"]


def test_two_clicks_at_once_import_once_and_report_once(office: Office) -> None:
    office.start()
    channel, ts = drop(office, "sekar", "Notulen.md", NOTES)
    offered = card(office, channel, ts)["ts"]
    for _ in range(2):
        office.ws.click(office.users["sekar"], "files_import", channel=channel, ts=offered)
    office.idle(60)
    words = told(office, channel, ts)
    assert sum("1 berkas baru" in one for one in words) == 1
    assert documents(office) == ["slack/2026-11/Notulen.md"]


def test_a_late_click_imports_nothing(office: Office) -> None:
    channel, ts = drop(office, "sekar", "Notulen.md", NOTES)
    with write(office.akrab.engine) as session:
        row = session.exec(select(SlackUpload)).one()
        row.at = now() - timedelta(hours=25)
        session.add(row)
    press(office, "sekar", "files_import", channel, ts)
    assert any("24 jam" in words for words in told(office, channel, ts)) and not documents(office)


def test_somebody_else_s_customer_is_refused_in_words_that_tell_nothing(office: Office) -> None:
    channel, ts = drop(office, "sekar", "Notulen.md", OTHERS)
    press(office, "sekar", "files_import", channel, ts)
    report = told(office, channel, ts)[1]
    assert "bukan tentang pelanggan Anda" in report and "Northwick" not in report
    assert not documents(office) and not sees(office, "bimo", "denah rak server")


def test_a_list_of_rights_grants_nothing_even_of_who_sees_all(office: Office) -> None:
    with read(office.akrab.engine) as session:
        before = sorted(account.username for account in session.exec(select(Account)).all())
    channel, ts = drop(office, "ratna", "hak_akses.csv", "Akun,Nama Lengkap,Surel,Pelanggan yang boleh dilihat\nratna,Ratna Dewayani,ratna@sarana.example,Dewan Arsip\nrudi,Rudi Baru,rudi@sarana.example,SEMUA\n")
    press(office, "ratna", "files_import", channel, ts)
    with read(office.akrab.engine) as session:
        assert sorted(account.username for account in session.exec(select(Account)).all()) == before
    assert not office.akrab.viewer("ratna").customers >= office.akrab.viewer("wira").customers


def test_what_cannot_be_imported_is_said_with_the_reason_and_offers_no_button(office: Office) -> None:
    channel, ts = drop(office, "bimo", "photo.png", b"\x89PNG....")
    (offered,) = told(office, channel, ts)
    assert "photo.png" in offered and "this kind cannot be read" in offered
    assert not [block for block in card(office, channel, ts)["blocks"] if block["type"] == "actions"]


def test_files_beyond_what_is_taken_at_once_are_told(office: Office) -> None:
    channel = office.dm("sekar")
    files = [(f"Notulen {number}.md", NOTES.encode()) for number in range(23)]
    ts = office.ws.post(office.users["sekar"], channel, "", files=files)
    office.idle(60)
    (offered,) = told(office, channel, ts)
    assert "Impor 20 berkas ini?" in offered and "3 berkas lagi tidak ikut: sekali kirim paling banyak 20" in offered
    with read(office.akrab.engine) as session:
        assert [len(row.files) for row in session.exec(select(SlackUpload)).all()] == [20]


def test_an_import_cut_off_after_it_was_written_is_reported_once_by_the_next_try(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [True]
    finish = offers.finish

    def broken(*args: Any) -> SlackUpload:
        if failing.pop() if failing else False:
            raise OSError("cut off")
        return finish(*args)

    monkeypatch.setattr(offers, "finish", broken)
    channel, ts = drop(office, "sekar", "Notulen.md", NOTES)
    press(office, "sekar", "files_import", channel, ts)
    reports = [words for words in told(office, channel, ts) if "Impor selesai." in words]
    assert len(reports) == 1 and "Catatan: " in reports[0]
    assert documents(office) == ["slack/2026-11/Notulen.md"]


# ---- the parts


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.xlsx", True),
        ("https://perusahaan.slack.com/files/a", True),
        ("http://files.slack.com/a", False),
        ("https://files.slack.com.jahat.example/a", False),
        ("https://slack.com.jahat.example/a", False),
        ("https://jahatslack.com/a", False),
        ("https://files.slack.com@jahat.example/a", False),
        ("https://files.slack.com:8443/a", False),
        ("https://files.slack.com\\@jahat.example/a", False),
        ("http://127.0.0.1:80/a", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_the_token_goes_to_slack_s_hosts_only(url: str, allowed: bool) -> None:
    assert may_fetch(url, "https://slack.com/api/") is allowed


def test_with_a_double_the_token_goes_to_that_very_server_only() -> None:
    api = "http://127.0.0.1:5005/api/"
    assert may_fetch("http://127.0.0.1:5005/files/F1/a.md", api)
    assert not any(may_fetch(url, api) for url in ("http://127.0.0.1:5006/a", "https://127.0.0.1:5005/a", "http://localhost:5005/a", "https://files.slack.com/a"))


@given(st.text())
def test_any_text_as_an_address_is_judged_without_an_error(url: str) -> None:
    assert may_fetch(url, "https://slack.com/api/") is False or url.lower().startswith("https://")


def test_a_redirect_elsewhere_too_many_bytes_and_a_sign_in_page_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def serve() -> dict[str, str]:
        async def handle(request: web.Request) -> web.Response:
            seen.append(request.path)
            if request.path == "/away":
                raise web.HTTPFound("http://localhost:9/stolen")
            if request.path == "/moved":
                raise web.HTTPFound("/file")
            return web.Response(body=b"x" * 40)

        app = web.Application()
        app.router.add_get("/{tail:.*}", handle)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        base = f"http://127.0.0.1:{port}"
        results = {}
        for name, path, size in (("plain", "file", 40), ("moved", "moved", 40), ("away", "away", 40), ("page", "file", 41), ("unknown", "file", 0)):
            try:
                await fetch(f"{base}/{path}", "xoxb-1", f"{base}/api/", tmp_path / name, size)
                results[name] = (tmp_path / name).read_bytes().decode()[:3]
            except NotFetched:
                results[name] = "no"
        monkeypatch.setattr("integrations.slack.files.downloads.MOST_BYTES", 30)
        with pytest.raises(NotFetched):
            await fetch(f"{base}/file", "xoxb-1", f"{base}/api/", tmp_path / "large", 40)
        await runner.cleanup()
        return results

    assert asyncio.run(serve()) == {"plain": "xxx", "moved": "xxx", "away": "no", "page": "no", "unknown": "xxx"}
    assert "/stolen" not in seen


@given(st.text(max_size=300))
def test_a_name_is_safe_on_a_disk_and_never_empty(name: str) -> None:
    safe = safe_name(name)
    assert safe and "/" not in safe and "\\" not in safe and safe not in (".", "..") and not safe.startswith((".", "~$")) and len(safe.encode()) <= 130
    assert safe.isprintable() or not name.isprintable()


@given(st.lists(st.sampled_from(["a.md", "A.md", "../a.md", "b.md", "b"]), max_size=6))
def test_files_sent_together_have_places_of_their_own(names: list[str]) -> None:
    places = sources(names, date(2026, 11, 22))
    assert len({place.lower() for place in places}) == len(names)
    assert all(place.startswith("slack/2026-11/") and place.count("/") == 2 for place in places)


def test_a_workbook_and_an_archive_are_taken_by_file_with_one_s_own_rows(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("tiket.csv", "No Tiket,Pelanggan,Tanggal Buka,Prioritas,Ringkasan\nTKT-91,Tirta Kencana,2026-11-01,P1,Listrik padam\nTKT-92,Northwick Dental,2026-11-01,P1,Listrik padam\n")
        archive.writestr("Notulen.md", OTHERS)
    channel, ts = drop(office, "sekar", "Serah terima.zip", packed.getvalue())
    press(office, "sekar", "files_import", channel, ts)
    report = told(office, channel, ts)[1]
    assert "1 berkas baru, 1 tidak diambil" in report and "1 tiket" in report
    assert "1 baris tidak diambil" in report and "Northwick" not in report
    assert documents(office) == ["slack/2026-11/Serah terima.zip/tiket.csv"]
