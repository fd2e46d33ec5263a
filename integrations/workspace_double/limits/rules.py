"""Rules for values of Block Kit JSON. A rule looks at a value at a path (a JSON pointer) and adds what is wrong to a list of words."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

Problems = list[str]
Rule = Callable[[Problems, str, Any], None]


def say(problems: Problems, path: str, words: str) -> None:
    problems.append(f"[ERROR] {words} [json-pointer:{path or '/'}]")


def string(most: int | None = None, least: int = 0) -> Rule:
    def rule(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, str):
            say(problems, path, "must be a string")
        elif most is not None and len(value) > most:
            say(problems, path, f"must be no more than {most} characters")
        elif len(value) < least:
            say(problems, path, f"must be at least {least} characters" if least > 1 else "must not be empty")

    return rule


def pattern(expression: str, words: str) -> Rule:
    def rule(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            say(problems, path, words)

    return rule


def web_address(most: int = 3000) -> Rule:
    def rule(problems: Problems, path: str, value: Any) -> None:
        string(most, 1)(problems, path, value)
        if isinstance(value, str) and not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
            say(problems, path, "must be a valid URL")

    return rule


def iso_date(problems: Problems, path: str, value: Any) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        say(problems, path, "must be a date as YYYY-MM-DD")


def boolean(problems: Problems, path: str, value: Any) -> None:
    if not isinstance(value, bool):
        say(problems, path, "must be a boolean")


def number(least: float | None = None, most: float | None = None) -> Rule:
    def rule(problems: Problems, path: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            say(problems, path, "must be a number")
        elif (least is not None and value < least) or (most is not None and value > most):
            say(problems, path, f"must be between {least} and {most}")

    return rule


def one_of(*values: str) -> Rule:
    def rule(problems: Problems, path: str, value: Any) -> None:
        if value not in values:
            say(problems, path, f"must be one of {', '.join(values)}")

    return rule


def anything(problems: Problems, path: str, value: Any) -> None:
    pass


def items(rule: Rule, least: int = 0, most: int | None = None) -> Rule:
    def check(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, list):
            say(problems, path, "must be an array")
            return
        if most is not None and len(value) > most:
            say(problems, path, f"no more than {most} items allowed")
        if len(value) < least:
            say(problems, path, f"must have at least {least} items")
        for number_, item in enumerate(value):
            rule(problems, f"{path}/{number_}", item)

    return check


def record(fields: dict[str, Rule], required: Iterable[str] = ()) -> Rule:
    """An object with these fields only, of which some are required."""
    needed = tuple(required)

    def rule(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, dict):
            say(problems, path, "must be an object")
            return
        for name in needed:
            if value.get(name) is None:
                say(problems, path, f"missing required field: {name}")
        for name, item in value.items():
            if name not in fields:
                say(problems, path, f"invalid additional property: {name}")
            elif item is not None or name in needed:
                fields[name](problems, f"{path}/{name}", item)

    return rule


def text(most: int, *, plain_only: bool = False, least: int = 1) -> Rule:
    """A text object: {"type": "plain_text" or "mrkdwn", "text", "emoji" (plain only), "verbatim" (mrkdwn only)}."""

    def rule(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, dict):
            say(problems, path, "must be a text object")
            return
        kind = value.get("type")
        if kind not in (("plain_text",) if plain_only else ("plain_text", "mrkdwn")):
            say(problems, f"{path}/type", "must be plain_text" if plain_only else "must be plain_text or mrkdwn")
        flag = "emoji" if kind == "plain_text" else "verbatim"
        record({"type": anything, "text": string(most, least), flag: boolean}, ["text"])(problems, path, value)

    return rule


def typed(table: dict[str, Rule], allowed: Iterable[str], what: str) -> Rule:
    """An object whose `type` is one of the allowed ones, checked by that type's rule in the table."""
    names = frozenset(allowed)

    def rule(problems: Problems, path: str, value: Any) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table:
            say(problems, path, f"unsupported type: {kind}")
        elif kind not in names:
            say(problems, path, f"{what} of type {kind} is not allowed here")
        else:
            table[kind](problems, path, value)

    return rule
