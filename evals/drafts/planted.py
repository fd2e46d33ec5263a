"""Writes what a brief must find beside the files of an invented provider, one set a customer, and remembers it."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from evals.demo.writers.texts import render
from evals.generated.facts import Customer, Language, Provider
from evals.generated.wording import bank, long_date

Fact = tuple[str, ...]
"""Spellings of which one must appear."""


@dataclass(frozen=True)
class Planted:
    """What was written about a customer: facts that a brief must have by name, facts no customer may read, what is done already."""

    facts: dict[str, Fact]
    inner: tuple[str, ...]
    kept: Fact
    meeting_on: date


@cache
def _bank() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))


def plant(provider: Provider, folder: Path) -> dict[str, Planted]:
    """Write the files beneath `folder` (the provider's files/); returns what was planted by customer code."""
    return {customer.code: _about(provider, customer, folder) for customer in provider.customers}


def _about(provider: Provider, customer: Customer, folder: Path) -> Planted:
    draw, today = Random(f"planted-{provider.seed}-{customer.code}"), provider.today
    meeting = next(one for one in provider.meetings if one.customer == customer.code)
    staff = provider.manager(customer)
    language: Language = "en" if customer.currency == "USD" or draw.random() < 0.35 else "id"
    people = {"d": customer.who("decider").name, "t": customer.who("technical").name, "u": customer.who("user").name, "s": staff.name, "n": _newcomer(provider, draw)}
    chosen = {name: draw.choice(_bank()["words"][name]) for name in ("wishes", "reasons", "cares", "overdue", "owed", "kept", "troubles")}
    days = {
        "day": meeting.day - timedelta(days=draw.randint(25, 50)), "overdue_day": today - timedelta(days=draw.randint(4, 20)), "owed_day": today - timedelta(days=draw.randint(3, 15)),
        "kept_day": today - timedelta(days=draw.randint(21, 30)), "next_day": meeting.following, "new_day": meeting.day + timedelta(days=draw.randint(1, 4)),
    }  # fmt: skip
    days["overdue_day"] = max(days["overdue_day"], days["day"] + timedelta(days=7))
    discount, cost = f"{draw.randint(11, 19)},{draw.randint(1, 9)}%", f"{draw.randint(31, 97)}.{draw.randint(101, 989)}.000"
    slots: dict[str, str] = {
        "c": customer.short, "provider": provider.short, "wish": chosen["wishes"][language], "reason": chosen["reasons"][language], "cares": chosen["cares"][language],
        "overdue": chosen["overdue"][language], "owed": chosen["owed"][language], "kept": chosen["kept"][language], "trouble": chosen["troubles"][language],
        "role": _bank()["invitation"]["role"][language], "discount": discount if language == "id" else discount.replace(",", "."), "cost": f"Rp{cost}",
        **people, **{name: long_date(day, language) for name, day in days.items()},
    }  # fmt: skip
    suffix = draw.choice(("docx", "md"))
    _write(folder / "meetings" / f"{days['day']:%Y%m%d} {customer.short}.{suffix}", render(f"x.{suffix}", _bank()["earlier"][language].format(**slots)))
    _mail(folder, provider, customer, staff.account, customer.who("decider").mail, slots, "invitation", language, max(days["new_day"], meeting.day + timedelta(days=1)))
    _mail(folder, provider, customer, staff.account, customer.who("user").mail, slots, "complaint", language, today - timedelta(days=draw.randint(1, 4)))
    note = _bank()["inner"][language].format(**slots)
    _write(folder / "internal" / f"{'catatan internal' if language == 'id' else 'internal note'} {customer.short}.md", note.encode())
    facts: dict[str, Fact] = {
        "attendee who decides": (people["d"],), "attendee on technique": (people["t"],), "new attendee": (people["n"],), "new attendee's role": (slots["role"],),
        "our overdue promise": _keys(chosen["overdue"]), "its day": (long_date(days["overdue_day"], "en"),),
        "their overdue promise": _keys(chosen["owed"]), "its day too": (long_date(days["owed_day"], "en"),),
        "opposed wishes": _keys(chosen["wishes"]), "what they care about": _keys(chosen["cares"]), "complaint by mail": _keys(chosen["troubles"]),
    }  # fmt: skip
    rude = ("sulit diajak bicara", "mengulur waktu", "likes to stall", "is difficult")
    return Planted(facts, (slots["discount"], f"Rp{cost}", *rude), (chosen["kept"]["id"], chosen["kept"]["en"]), meeting.following)


def _newcomer(provider: Provider, draw: Random) -> str:
    names = bank("names")
    taken = {word for one in provider.customers for person in one.people for word in person.name.split()} | {word for one in provider.staff for word in one.name.split()}
    first = [name for name in names["women_id"] if name not in taken] or names["women_id"]
    return f"{draw.choice(first)} {draw.choice(names['last_id'])}"


def _keys(word: dict[str, str]) -> Fact:
    return tuple(word["key"].split("|"))


def _mail(folder: Path, provider: Provider, customer: Customer, account: str, sender: str, slots: dict[str, str], kind: str, language: Language, sent: date) -> None:
    message = EmailMessage(policy=SMTP)
    name = slots["d"] if kind == "invitation" else slots["u"]
    message["From"] = f"{name} <{sender}>"
    message["To"] = f"{slots['s']} <{account}@{provider.short.split()[0].lower()}.example>"
    message["Subject"] = _bank()[kind]["subject"][language].format(**slots)
    message["Date"] = sent.strftime("%a, %d %b %Y 09:10:00 +0700")
    message["Message-ID"] = f"<{kind}-{customer.code.lower()}@akrab.example>"
    message.set_content(_bank()[kind][language].format(**slots))
    _write(folder / "mail" / f"{kind} {customer.short}.eml", message.as_bytes())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
