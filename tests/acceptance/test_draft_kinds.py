"""Every kind of draft through the command line, on the demo portfolio: what an account manager would look for in it."""

import json
import re
from pathlib import Path

import pytest

from assistant.drafts.kinds import kinds
from tests.acceptance.terminal import Akrab

CASES = {
    "transition": (("--about", "CHG-26-027"), "Halvorsen", "melissa", ("6 December 2026", "training of half a day", "Go/no-go")),
    "satisfaction": ((), "Halvorsen", "melissa", ("empathy, perceived 5, expected 6, gap −1", "Agents ask the same questions twice")),
    "improvement": ((), "Halvorsen", "melissa", ("99.41%", "Share ticket history screen", "met again")),
    "opportunity": (("--about", "Lovina"), "Puncak Asri", "melissa", ("IDR 480,000,000", "IDR 288,000,000", "keputusan Januari 2027")),
    "driver": (("--about", "OJK"), "BPR Gempita", "yoga", ("PRY-34", "audit TI OJK")),
    "account-plan": ((), "Meranti Agro", "melissa", ("3 December 2026", "11 days left", "tender again", "USD 122,500")),
    "error-notice": (("--about", "KEDB-14"), "Halvorsen", "melissa", ("Restart worker pool shipplan-w2", "6 December 2026", "Melissa Tandiono")),
}
"""Kind → options, customer, who asks, what must stand in the draft."""


@pytest.mark.parametrize("kind", CASES)
def test_a_kind_is_drafted_from_the_demo_with_its_sources(akrab: Akrab, kind: str) -> None:
    options, customer, who, must = CASES[kind]
    made = akrab("draft", kind, "--customer", customer, *options, "--language", "en", "--as", who, "--json").json()
    for words in must:
        assert words in made["answer"], words
    assert made["citations"]
    indonesian = akrab("draft", kind, "--customer", customer, *options, "--language", "id", "--as", who, "--json").json()
    assert indonesian["language"] == "id"
    assert indonesian["title"] != made["title"]


def test_every_kind_is_a_command_and_is_tested_here(akrab: Akrab) -> None:
    assert set(CASES) | {"brief", "review", "business-case"} == {kind.replace("_", "-") for kind in kinds()}
    listed = akrab("draft", "--help", COLUMNS="200").out
    assert all(kind.replace("_", "-") in listed for kind in kinds())


@pytest.mark.parametrize("kind", CASES)
def test_a_draft_for_a_customer_names_nobody_else_and_nothing_internal(akrab: Akrab, kind: str) -> None:
    options, customer, who, _ = CASES[kind]
    made = akrab("draft", kind, "--customer", customer, *options, "--audience", "customer", "--language", "en", "--as", who, "--json").json()
    text = made["answer"] + " ".join(citation["quote"] for citation in made["citations"])
    assert not [name for name in ("Samawa", "Gempita", "Puncak Asri", "Halvorsen", "Nira Busana", "Meranti", "Wirabumi", "Teluk Antara") if name not in customer and re.search(name, text)]
    assert not re.search(r"(?i)margin|weighted|chance|PLG-\d|09_internal|risk on record", text)


def test_a_known_error_notice_is_for_the_customer_unless_told_otherwise(akrab: Akrab) -> None:
    made = akrab("draft", "error-notice", "--customer", "BPR Gempita", "--about", "KEDB-19", "--as", "yoga", "--json").json()
    assert "Teluk Antara" not in made["answer"]
    inside = akrab("draft", "error-notice", "--customer", "BPR Gempita", "--about", "KEDB-19", "--audience", "internal", "--language", "id", "--as", "yoga").out
    assert "Internal, jangan dibagikan" in inside


def test_what_a_kind_needs_is_asked_for(akrab: Akrab) -> None:
    assert "KEDB-03" in akrab("draft", "error-notice", "--customer", "Samawa", "--as", "yoga").refused()
    assert "--customer" in akrab("draft", "satisfaction", "--as", "yoga").refused()
    assert "--about" in akrab("draft", "driver", "--as", "yoga").refused()
    assert "--meeting" in akrab("draft", "satisfaction", "--customer", "Samawa", "--meeting", "2026-12-01", "--as", "yoga").refused()
    assert "Teluk" in akrab("draft", "account-plan", "--customer", "Teluk Antara", "--as", "yoga").refused()


def test_a_driver_is_looked_for_among_the_customers_that_its_asker_may_see(akrab: Akrab) -> None:
    own = akrab("draft", "driver", "--about", "perlindungan data pribadi", "--language", "id", "--as", "yoga").out
    assert "BPR Gempita" in own
    assert "Data nasabah disimpan hanya di wilayah Indonesia" in own
    assert not [name for name in ("Halvorsen", "Meranti", "Puncak Asri") if name in own]


REQUESTS = [
    ("tolong siapin laporan kepuasan buat Samawa versi pelanggan", "Laporan kepuasan Samawa Logistik", "Untuk pelanggan"),
    ("bikin rencana perbaikan layanan Samawa dong", "Rencana perbaikan layanan Samawa Logistik", "Internal"),
    ("cek kesiapan go live tautan kedua Samawa, bikin lembar go/no-go", "CHG-26-028", "Internal"),
    ("Draft a note to Samawa about the known error with the VPN", "KEDB-03", "For the customer"),
    ("Write up the key account plan for Samawa", "Account plan: Samawa Logistik", "Internal"),
    ("siapkan asesmen peluang PLG-201", "Pusat pelacakan langsung", "Internal"),
    ("buat catatan dampak peraturan OJK untuk pelanggan kita", "semua pelanggan yang Anda pegang", "Internal"),
]


def test_requests_in_words_become_the_draft_that_they_ask_for(akrab: Akrab, tmp_path: Path) -> None:
    batch, results = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": str(number), "asker": "yoga", "request": request} for number, (request, _, _) in enumerate(REQUESTS)]
    lines.append({"id": "which", "asker": "yoga", "request": "buatkan pemberitahuan galat dikenal ke Samawa"})
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert akrab("draft", "--batch", batch, "-o", results).code == 0
    *made, asked = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    for one, (_, title, audience) in zip(made, REQUESTS, strict=True):
        assert title in one["answer"].splitlines()[0]
        assert audience in one["answer"]
    assert asked["asked"] and "KEDB-03 VPN putus setelah delapan jam" in asked["choices"]
