"""/akrab: drafts, records, questions, help; and who sees what it answers."""

from typing import Any

import pytest

from integrations.slack.talk.commands import Command, read_command
from tests.integrations.slack.conftest import Office
from tests.integrations.slack.test_drafts import draft, roots


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("brief PT Contoh Jaya", Command("draft", "PT Contoh Jaya", "brief")),
        ("review Contoh Jaya Q3 2026", Command("draft", "Contoh Jaya Q3 2026", "review")),
        ("business case Contoh Jaya: cadangan", Command("draft", "Contoh Jaya: cadangan", "business_case")),
        ("siapkan tinjauan layanan Contoh", Command("draft", "Contoh", "review")),
        ("draft untuk Contoh", Command("draft", "untuk Contoh")),
        ("catat: Bu Ani minta laporan", Command("log", "Bu Ani minta laporan")),
        ("log Ms Ani asked for it", Command("log", "Ms Ani asked for it")),
        ("tanya kapan kontrak berakhir", Command("ask", "kapan kontrak berakhir")),
        ("ask when it ends", Command("ask", "when it ends")),
        ("kapan kontrak Contoh berakhir?", Command("any", "kapan kontrak Contoh berakhir?")),
        ("Reviewer kontrak siapa?", Command("any", "Reviewer kontrak siapa?")),
        ("catat", Command("log")),
        ("", Command("help")),
        ("bantuan", Command("help")),
        (" ? ", Command("help")),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    assert read_command(text) == command


def seen(office: Office, channel: str, who: str, holds: str = "") -> str:
    """What one person alone was told in a channel, once there is something that holds these words."""
    ws, user = office.ws, office.users[who]

    def there() -> list[dict[str, Any]]:
        found = [one for one in ws.messages(channel, visible_to=user) if one.get("ephemeral_to") == user]
        return [one for one in found if holds in ws.text_of(one)]

    return "\n".join(ws.text_of(one) for one in ws.wait(there, 30))


def public(office: Office, channel: str) -> list[dict[str, Any]]:
    """What the bot has told everybody in a channel."""
    return [one for one in office.ws.messages(channel) if one["user"] == office.ws.bot_user_id]


def test_a_question_is_answered_for_the_asker_alone_with_their_own_rights(office: Office) -> None:
    ws = office.ws
    place = ws.add_channel("campur", [office.users["sekar"], office.users["bimo"]])
    ws.command(office.users["sekar"], place, "/akrab", "berapa menit waktu respons insiden prioritas 1 Tirta Kencana?")
    assert "11 menit" in seen(office, place, "sekar", "11 menit")
    ws.command(office.users["bimo"], place, "/akrab", "tanya berapa menit waktu respons insiden prioritas 1 Tirta Kencana?")
    told = seen(office, place, "bimo")
    assert "11 menit" not in told
    office.idle()
    assert public(office, place) == []
    assert ws.lost == []


def test_where_the_bot_is_no_member_the_answer_comes_all_the_same(office: Office) -> None:
    ws = office.ws
    place = ws.add_channel("tanpa-bot", [office.users["sekar"]], private=True, bot=False)
    ws.command(office.users["sekar"], place, "/akrab", "tanya berapa menit waktu respons insiden prioritas 1 Tirta Kencana?")
    assert "11 menit" in seen(office, place, "sekar")


def test_a_brief_by_command_comes_as_a_direct_message(office: Office) -> None:
    ws, home = office.ws, office.dm("sekar")
    place = ws.add_channel("akun", [office.users["sekar"], office.users["bimo"]])
    ws.command(office.users["sekar"], place, "/akrab", "brief Tirta Kencana untuk rapat 3 Desember 2026")
    assert "pesan langsung" in seen(office, place, "sekar")
    (root,) = ws.wait(lambda: roots(office, home), 60)
    made = draft(office, home, root["ts"])
    assert "Bahan rapat Tirta Kencana — 3 Desember 2026" in ws.text_of(made)
    assert public(office, place) == []


def test_a_draft_without_a_customer_is_asked_for_in_direct_messages(office: Office) -> None:
    ws, home = office.ws, office.dm("bimo")
    place = ws.add_channel("akun", [office.users["sekar"], office.users["bimo"]])
    ws.command(office.users["bimo"], place, "/akrab", "brief")
    (question,) = ws.wait(lambda: roots(office, home), 60)
    assert "For which customer?" in ws.text_of(question), "in the language of their Slack"
    ws.post(office.users["bimo"], home, "Northwick Dental", thread_ts=question["ts"])
    made = draft(office, home, question["ts"])
    assert "Meeting brief: Northwick Dental" in ws.text_of(made)


def test_something_to_record_becomes_a_card_in_direct_messages(office: Office) -> None:
    ws, home = office.ws, office.dm("sekar")
    place = ws.add_channel("akun", [office.users["sekar"], office.users["bimo"]])
    ws.command(office.users["sekar"], place, "/akrab", "catat Bu Laksmi dari Tirta Kencana mengeluh laporan bulanan terlambat")
    assert "pesan langsung" in seen(office, place, "sekar")
    card = ws.wait(lambda: [one for one in roots(office, home) if "mengeluh laporan bulanan" in ws.text_of(one)])
    assert len(card) == 1
    assert public(office, place) == []


def test_nothing_or_help_explains_and_strangers_are_told_why_not(office: Office) -> None:
    ws = office.ws
    place = ws.add_channel("umum", [office.users["sekar"], office.users["bimo"], office.users["orang"], office.users["tamu"]])
    ws.command(office.users["sekar"], place, "/akrab", "")
    assert "/akrab" in seen(office, place, "sekar")
    ws.command(office.users["bimo"], place, "/akrab", "log")
    assert "Please also write what to record" in seen(office, place, "bimo")
    ws.command(office.users["orang"], place, "/akrab", "brief Tirta Kencana")
    assert "tabel akses" in seen(office, place, "orang")
    ws.command(office.users["tamu"], place, "/akrab", "brief Tirta Kencana")
    assert "tamu" in seen(office, place, "tamu")
    office.idle()
    assert public(office, place) == []
