"""Of several values in a sentence, the one asked for."""

from datetime import date
from typing import Any

import pytest

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.choosing import chosen
from assistant.models.builtin.weighing.values import values_of
from knowledge.language.concepts import concepts
from knowledge.linking import Linker, Names

TODAY = date(2026, 11, 22)
RESPONSE = "2.1 Waktu respons insiden P1 adalah 10 menit, P2 adalah 30 menit, dan P3 adalah 2 jam."
SEVERITY = "Severity 1 incidents are answered within 15 minutes, Severity 2 incidents within 45 minutes and Severity 3 incidents within 4 hours."
UPTIME = "Ketersediaan layanan jaringan adalah 99,7% per bulan, layanan server 99,5% per bulan, dan layanan surel 99,0% per bulan."
FEES = "The monthly fee is USD 12,500 for the network service and USD 8,000 for the server service."
CITIES = "Tarif kunjungan di Malang Rp 750.000, di Ternate Rp 1.900.000, dan di Sorong Rp 3.250.000."
ROW = "Prioritas: P2; Waktu respons: 30 menit; Waktu penyelesaian: 8 jam"
WORDS = "Insiden kritis ditanggapi dalam 15 menit; insiden tinggi dalam 30 menit; insiden sedang dalam 4 jam."
TIERS = "3.2 The Gold tier costs USD 900, the Silver tier USD 600 and the Bronze tier USD 350 a month."
PENALTY = "Denda keterlambatan 0,5% per hari, paling banyak 5% dari nilai kontrak."


def picked(question: str, kind: str, text: str) -> list[Any]:
    asked = Understanding(question, question, "id", (kind,), focus=tuple(concepts(question)), today=TODAY)
    values = values_of(kind, text, today=TODAY, linker=Linker(Names()))
    return [one.value.text for one in chosen(text, values, asked)]


@pytest.mark.parametrize(
    ("question", "kind", "text", "wanted"),
    [
        ("Berapa waktu respons P1?", "duration", RESPONSE, ["10 menit"]),
        ("Berapa waktu respons P2?", "duration", RESPONSE, ["30 menit"]),
        ("response time of priority 3?", "duration", RESPONSE, ["2 jam"]),
        ("How quickly must Severity 2 incidents be answered?", "duration", SEVERITY, ["45 minutes"]),
        ("P3?", "duration", SEVERITY, ["4 hours"]),
        ("Berapa ketersediaan jaringan?", "percent", UPTIME, ["99,7%"]),
        ("Berapa ketersediaan server?", "percent", UPTIME, ["99,5%"]),
        ("What is the availability of the mail service?", "percent", UPTIME, ["99,0%"]),
        ("What is the monthly fee for the network?", "money", FEES, ["USD 12,500"]),
        ("berapa biaya bulanan server?", "money", FEES, ["USD 8,000"]),
        ("Berapa tarif kunjungan di Ternate?", "money", CITIES, ["Rp 1.900.000"]),
        ("Berapa waktu penyelesaian P2?", "duration", ROW, ["8 jam"]),
        ("Berapa waktu respons P2?", "duration", ROW, ["30 menit"]),
        ("Berapa lama insiden tinggi harus ditanggapi?", "duration", WORDS, ["30 menit"]),
        ("how soon is a medium incident answered?", "duration", WORDS, ["4 jam"]),
        ("What does the Silver tier cost?", "money", TIERS, ["USD 600"]),
        ("What does the Gold tier cost?", "money", TIERS, ["USD 900"]),
        ("Berapa denda paling banyak?", "percent", PENALTY, ["5%"]),
        ("Berapa tarif kunjungan?", "money", CITIES, ["Rp 750.000", "Rp 1.900.000", "Rp 3.250.000"]),
        ("Berapa waktu respons P1 dan P3?", "duration", RESPONSE, ["10 menit", "2 jam"]),
    ],
)
def test_the_value_asked_for(question: str, kind: str, text: str, wanted: list[str]) -> None:
    assert picked(question, kind, text) == wanted


def test_levels_are_named_where_several_were_asked_for() -> None:
    asked = Understanding("respons P1 dan P2", "respons P1 dan P2", "id", ("duration",), focus=tuple(concepts("respons P1 P2")), today=TODAY)
    found = chosen(RESPONSE, values_of("duration", RESPONSE, today=TODAY, linker=Linker(Names())), asked)
    assert [(one.level, one.value.text) for one in found] == [("P1", "10 menit"), ("P2", "30 menit")]


@pytest.mark.parametrize(("earlier", "turn", "kind", "text", "wanted"), [
    ("Berapa ketersediaan server?", "kalau jaringan?", "percent", UPTIME, "99,7%"),
    ("Berapa waktu respons P2?", "P1?", "duration", RESPONSE, "10 menit"),
    ("What does the Silver tier cost?", "and Bronze?", "money", TIERS, "USD 350"),
])  # fmt: skip
def test_what_this_turn_names_comes_before_what_the_turn_before_was_about(earlier: str, turn: str, kind: str, text: str, wanted: str) -> None:
    question = f"{earlier} {turn}"
    asked = Understanding(question, turn, "id", (kind,), focus=tuple(concepts(question)), today=TODAY)
    found = chosen(text, values_of(kind, text, today=TODAY, linker=Linker(Names())), asked)
    assert len(found) == 1 and found[0].value.text.startswith(wanted)
