"""The currencies that are read (currencies.toml): their codes and the marks beside amounts."""

from knowledge.language.vocabulary import literal_alternatives, vocabulary

_CURRENCIES = vocabulary("currencies")["currency"]
CODES = frozenset(row["code"] for row in _CURRENCIES)
"""ISO 4217."""
MARKS: dict[str, str] = {mark.lower(): row["code"] for row in _CURRENCIES for mark in (*row["before"], *row["after"], row["code"])}
"""Every mark, lower case ("rp", "us$", "euro"), with its code."""
WRITTEN = literal_alternatives([*CODES, "Rp"])
"""Regex source for a currency as headings and amounts in tables have it: "IDR", "Rp", "EUR"."""
