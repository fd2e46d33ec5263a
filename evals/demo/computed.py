"""Computes golds again from the built files: sums, counts, means, deadlines. Each is named in evidence.jsonl."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

OTHER_SPELLINGS = {
    "SJL": "Samawa Logistik",
    "Halvorsen Marine": "Halvorsen",
    "BPTA": "BP Teluk Antara",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"]

Row = dict[str, Any]


class Portfolio:
    """The built tables as rows, with each customer's first spelling."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def delimited(self, path: str) -> list[Row]:
        """The rows of a csv file by heading."""
        with (self.folder / path).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    def sheet(self, path: str, heading: str, page: int = 0) -> list[Row]:
        """The rows of a worksheet below the row that starts with `heading`; an empty first cell repeats the one above."""
        lines = list(openpyxl.load_workbook(self.folder / path).worksheets[page].iter_rows(values_only=True))
        top = next(number for number, line in enumerate(lines) if line[0] == heading)
        rows, first = [], None
        for line in lines[top + 1 :]:
            first = line[0] or first
            rows.append(dict(zip(lines[top], (OTHER_SPELLINGS.get(str(first), first), *line[1:]), strict=True)))
        return rows

    @cached_property
    def measured(self) -> dict[tuple[str, str, str], tuple[float, float]]:
        """(customer, service, YYYY-MM or YYYY-MM with the metric) → (actual, target), from the wide and the long table."""
        found = {}
        for row in self.sheet("04_operasi/pencapaian_sla_2026.xlsx", "Pelanggan"):
            if row["Sasaran"]:
                target = float(row["Sasaran"].strip("≥ %").replace(",", "."))
                for number, month in enumerate(MONTHS, 1):
                    found[row["Pelanggan"], row["Layanan"], f"2026-{number:02d}"] = (row[month], target)
        for row in self.delimited("04_operasi/sla_measurements_en.csv"):
            found[row["client"], row["service"], row["period"]] = (float(row["actual_pct"]), float(row["target_pct"]))
        return found


def compute(portfolio: Portfolio, expression: list[Any]) -> Any:
    """The value of ["name", argument, …]; KeyError for a name that is not known."""
    return COMPUTED[expression[0]](portfolio, *expression[1:])


def _sum_fee(portfolio: Portfolio, customer: str) -> float:
    rows = portfolio.sheet("02_layanan/layanan_dan_biaya.xlsx", "Account")
    return sum(r["Biaya / bulan"] for r in rows if r["Account"] == customer and r["Status"] in {"aktif", "active"})


def _months_below(portfolio: Portfolio, customer: str, service: str) -> list[str]:
    return [
        k[2] for k, (actual, target) in portfolio.measured.items() if k[:2] == (customer, service) and actual < target
    ]


def _mean(portfolio: Portfolio, customer: str, service: str) -> float:
    values = [actual for key, (actual, _) in portfolio.measured.items() if key[:2] == (customer, service)]
    return sum(values) / len(values)


def _revenue(portfolio: Portfolio, customer: str, year: int) -> str:
    rows = portfolio.sheet("05_komersial/pendapatan_dan_pemakaian.xlsx", "Nama Klien")
    row = next(r for r in rows if r["Nama Klien"] == customer)
    return f"{sum(value for heading, value in row.items() if heading and heading.endswith(str(year))):.0f}"


def _top_revenue(portfolio: Portfolio, quarter: str) -> str:
    rows = portfolio.sheet("05_komersial/pendapatan_dan_pemakaian.xlsx", "Nama Klien")
    return str(max((r for r in rows if r["Nama Klien"] != "Total"), key=lambda r: r[quarter])["Nama Klien"])


def _column_sum(portfolio: Portfolio, quarter: str) -> str:
    """Without the table's own total; with one decimal."""
    rows = portfolio.sheet("05_komersial/pendapatan_dan_pemakaian.xlsx", "Nama Klien")
    return f"{sum(row[quarter] for row in rows if row['Nama Klien'] != 'Total'):.1f}"


def _tickets(portfolio: Portfolio, customer: str, heading: str | None = None, value: str | None = None) -> int:
    rows = portfolio.delimited("04_operasi/tiket_2026.csv")
    mine = [r for r in rows if OTHER_SPELLINGS.get(r["Klien"], r["Klien"]) == customer]
    return sum(heading is None or r[heading] == value for r in mine)


def _master_end_in(portfolio: Portfolio, year: int) -> list[str]:
    rows = portfolio.delimited("01_klien/master_klien.csv")
    return [r["Nama Klien"] for r in rows if r["Akhir Kontrak"].endswith(str(year))]


def _servqual_gap(portfolio: Portfolio, customer: str, wave: str, dimension: str) -> float:
    rows = portfolio.delimited("06_suara_pelanggan/servqual_survey_2026.csv")
    mine = [r for r in rows if (r["Client"], r["Wave"]) == (customer, wave)]
    return sum(int(r[f"P_{dimension}"]) - int(r[f"E_{dimension}"]) for r in mine) / len(mine)


def _count_opportunities(portfolio: Portfolio, customers: list[str]) -> int:
    return sum(r["Pelanggan"] in customers for r in portfolio.sheet("05_komersial/peluang.xlsx", "ID"))


def _open_errors(portfolio: Portfolio, customer: str) -> list[str]:
    errors = json.loads((portfolio.folder / "02_layanan/known_errors.json").read_text("utf-8"))
    return [e["id"] for e in errors if customer in e["affected"] and e["status"] == "open"]


def _days_before(_: Portfolio, end: str, days: int) -> str:
    return (date.fromisoformat(end) - timedelta(days=days)).isoformat()


def _months_before(_: Portfolio, end: str, months: int) -> str:
    """The same day of the month `months` earlier, or that month's last day where it has no such day."""
    last = date.fromisoformat(end)
    year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    for day in range(last.day, 27, -1):
        try:
            return date(year, month + 1, day).isoformat()
        except ValueError:
            continue
    return date(year, month + 1, last.day).isoformat()


def _business_days_before(_: Portfolio, end: str, days: int) -> str:
    """Monday to Friday, holidays not deducted, as both agreements that count so define it."""
    day = date.fromisoformat(end)
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return day.isoformat()


def _days_between(_: Portfolio, start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _minutes_between(_: Portfolio, start: str, end: str) -> str:
    passed = datetime.strptime(end, "%H.%M") - datetime.strptime(start, "%H.%M")
    return f"{passed.seconds // 60} menit"


def _percent_of(_: Portfolio, percent: float, amount: float) -> float:
    return percent * amount / 100


COMPUTED: dict[str, Callable[..., Any]] = {
    "sum_fee": _sum_fee,
    "months_below": _months_below,
    "mean": _mean,
    "revenue": _revenue,
    "top_revenue": _top_revenue,
    "column_sum": _column_sum,
    "tickets": _tickets,
    "master_end_in": _master_end_in,
    "servqual_gap": _servqual_gap,
    "count_opportunities": _count_opportunities,
    "open_errors": _open_errors,
    "days_before": _days_before,
    "months_before": _months_before,
    "business_days_before": _business_days_before,
    "days_between": _days_between,
    "minutes_between": _minutes_between,
    "percent_of": _percent_of,
}
