"""Draws the ticket table from the lists in source/tables/tickets.yaml, the same rows every time."""

import random
from datetime import datetime, timedelta
from typing import Any

FIRST_DAY = datetime(2026, 1, 5, 7, 0)
LAST_DAY = datetime(2026, 11, 20, 17, 0)
WRITTEN = "%d/%m/%Y %H:%M"
KINDS = {"Permintaan": ("Minta", "Permintaan", "Hak", "Reset", "Laporan kejadian")}


def draw(plan: dict[str, Any], touched: dict[str, set[str]]) -> list[list[str]]:
    """Rows in the order of the plan's headings; dates dd/mm/yyyy hh:mm, numbered by opening time.

    `touched` says which customers a known error touches; it stands on no other customer's ticket.
    """
    dice = random.Random(plan["seed"])
    names = list(plan["customers"])
    weights = [plan["customers"][name]["weight"] for name in names]
    minutes = int((LAST_DAY - FIRST_DAY).total_seconds() // 60)
    openings = (FIRST_DAY + timedelta(minutes=dice.randrange(minutes)) for _ in range(plan["tickets"]))
    rows = [(opened, _ticket(opened, plan, dice.choices(names, weights)[0], touched, dice)) for opened in openings]
    for line in plan["fixed"].splitlines():
        cells = line.split(",")
        rows.append((datetime.strptime(cells[2], WRITTEN), cells))
    return [[f"TK26-{number:04d}", *cells] for number, (_, cells) in enumerate(sorted(rows), 1)]


def _ticket(
    opened: datetime, plan: dict[str, Any], name: str, touched: dict[str, set[str]], dice: random.Random
) -> list[str]:
    customer = plan["customers"][name]
    service = dice.choice(customer["services"])
    subject, error = dice.choice([s for s in plan["subjects"][service] if name in touched.get(s[1], {name})])
    kind = next((k for k, starts in KINDS.items() if subject.startswith(starts)), "Insiden")
    priority = dice.choices(["P1", "P2", "P3", "P4"], [2 if kind == "Insiden" else 0, 4, 9, 4])[0]
    target = plan["target_minutes"][priority]
    response = max(2, round(target * dice.lognormvariate(-0.8, 0.9)))
    closed = opened + timedelta(hours=dice.choice([2, 5, 9, 20, 31, 52, 90]))
    still_open = closed > LAST_DAY or dice.random() < 0.04
    return [
        dice.choice(customer["spelled"]),
        service,
        opened.strftime(WRITTEN),
        "" if still_open else closed.strftime(WRITTEN),
        priority,
        kind,
        subject,
        "terbuka" if still_open else "selesai",
        str(response),
        str(target),
        "ya" if response <= target else "tidak",
        error,
        "ya" if dice.random() < 0.08 else "tidak",
    ]
