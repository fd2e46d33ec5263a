"""Draws the ticket table from the lists in source/tables/tickets.yaml, the same rows every time."""

import random
from datetime import datetime, timedelta
from typing import Any

FIRST_DAY = datetime(2026, 1, 5, 7, 0)
LAST_DAY = datetime(2026, 11, 20, 17, 0)
KINDS = {"Permintaan": ("Minta", "Permintaan", "Hak", "Reset"), "Laporan": ("Laporan kejadian",)}


def draw(plan: dict[str, Any]) -> list[list[str]]:
    """Rows in the order of the plan's headings; dates dd/mm/yyyy hh:mm, sorted by opening time."""
    dice = random.Random(plan["seed"])
    names = list(plan["customers"])
    weights = [plan["customers"][name]["weight"] for name in names]
    minutes = int((LAST_DAY - FIRST_DAY).total_seconds() // 60)
    openings = sorted(FIRST_DAY + timedelta(minutes=dice.randrange(minutes)) for _ in range(plan["tickets"]))
    return [_ticket(number, opened, plan, names, weights, dice) for number, opened in enumerate(openings, 1)]


def _ticket(
    number: int, opened: datetime, plan: dict[str, Any], names: list[str], weights: list[int], dice: random.Random
) -> list[str]:
    name = dice.choices(names, weights)[0]
    customer = plan["customers"][name]
    service = dice.choice(customer["services"])
    subject, error = dice.choice([s for s in plan["subjects"][service] if _possible(s[1], name)])
    priority = dice.choices(["P1", "P2", "P3", "P4"], [1, 4, 9, 4])[0]
    target = plan["target_minutes"][priority]
    response = max(2, round(target * dice.lognormvariate(-0.9, 0.75)))
    closed = opened + timedelta(hours=dice.choice([2, 5, 9, 20, 31, 52, 90]))
    still_open = closed > LAST_DAY or dice.random() < 0.03
    kind = next((k for k, starts in KINDS.items() if subject.startswith(starts)), "Insiden")
    return [
        f"TK26-{number:04d}",
        dice.choice(customer["spelled"]),
        service,
        opened.strftime("%d/%m/%Y %H:%M"),
        "" if still_open else closed.strftime("%d/%m/%Y %H:%M"),
        priority,
        kind,
        subject,
        "terbuka" if still_open else "selesai",
        str(response),
        str(target),
        "ya" if response <= target else "tidak",
        error,
        "ya" if dice.random() < 0.06 else "tidak",
    ]


def _possible(error: str, customer: str) -> bool:
    """A known error only stands on tickets of customers that it touches."""
    touched = {
        "KEDB-03": {"Samawa Logistik", "Puncak Asri", "Meranti Agro"},
        "KEDB-05": {"Samawa Logistik", "Nira Busana"},
        "KEDB-08": {"Univ. Wirabumi", "Puncak Asri", "Meranti Agro"},
        "KEDB-11": {"BPR Gempita", "Nira Busana"},
        "KEDB-14": {"Halvorsen"},
        "KEDB-19": {"BPR Gempita", "BP Teluk Antara"},
        "KEDB-21": {"Halvorsen", "Puncak Asri", "Univ. Wirabumi"},
    }
    return customer in touched.get(error, {customer})
