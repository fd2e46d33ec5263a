"""A chart as a drawing: vector in a PDF, a picture of 300 dots an inch in Word. Legible in black and white: signs and dashes tell the rows apart."""

import io
import math
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, Group, Line, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth

from assistant.drafts.export import fonts
from assistant.drafts.export.layout import valued
from assistant.drafts.export.wording import say
from assistant.drafts.model import Chart
from knowledge.language.formats import format_number
from knowledge.language.vocabulary import Language

INKS = tuple(colors.HexColor(ink) for ink in ("#1F3A5F", "#8A8A8A", "#B5651D", "#4D4D4D"))
"""Of lines: they also differ by dash and sign."""
BARS = tuple(colors.HexColor(ink) for ink in ("#1F3A5F", "#8F979F", "#DFE3E8", "#5F6F80"))
"""Of bars side by side: of different lightness, so that they differ on a black-and-white print too."""
_PAPER, _GRID, _AIM, _TEXT = colors.white, colors.HexColor("#D9DEE5"), colors.HexColor("#5A5A5A"), colors.HexColor("#333333")
_SIGNS = ("FilledCircle", "FilledSquare", "FilledTriangle", "FilledDiamond")
_DASHES = (None, (5, 2), (1.5, 1.5), (7, 2, 1.5, 2))
DOTS_AN_INCH = 300
SMALL = 7.0
"""Points of the smallest letters."""
ALL_VALUES = 7
"""Up to so many points each has its value beside it; of more, the first, the last, the extremes and those that missed."""


def is_bars(chart: Chart) -> bool:
    """Whether the values stand for things beside each other and not for moments of a trend."""
    return chart.form == "bars" if chart.form else not any(sign.isdigit() for label in chart.labels for sign in label)


def drawing(chart: Chart, language: Language, width: float, height: float) -> Drawing:
    """The chart, without its title (which its caption tells), in points."""
    fonts.register()
    made = Drawing(width, height)
    legend = 13
    low, high, step = bounds([value for row in _rows(chart) for value in row if value is not None], bars=is_bars(chart), percent=chart.unit == "%")
    labels = [valued(_round(low + step * number, step), chart.unit, language) for number in range(round((high - low) / step) + 1)]
    left = max(stringWidth(label, fonts.PLAIN, SMALL) for label in labels) + 6
    plot: Any = (VerticalBarChart if is_bars(chart) else HorizontalLineChart)()
    plot.x, plot.y, plot.width, plot.height = left, 22, width - left - 14, height - 22 - legend - 10
    plot.data = [one.values for one in chart.series] if is_bars(chart) else [[low] * len(chart.labels)]
    _axes(plot, chart, labels, (low, high, step))
    if is_bars(chart):
        _bars(plot, chart, language)
    else:
        plot.lines[0].strokeColor = plot.lines[0].symbol = None  # only its axes: _trend leaves gaps and marks single points
    made.add(plot)
    if not is_bars(chart):
        made.add(_trend(plot, chart, language, low, high))
    if is_bars(chart) and chart.target:
        made.add(_aims(plot, chart.target, low, high))
    made.add(_legend(chart, language, left, height - 9))
    return made


def png(chart: Chart, language: Language, width: float, height: float) -> bytes:
    """The same drawing as a picture."""
    page = pypdfium2.PdfDocument(renderPDF.drawToString(drawing(chart, language, width, height)))[0]
    out = io.BytesIO()
    page.render(scale=DOTS_AN_INCH / 72).to_pil().quantize(64).save(out, "PNG", optimize=True, dpi=(DOTS_AN_INCH, DOTS_AN_INCH))
    return out.getvalue()


def bounds(values: list[float], *, bars: bool, percent: bool) -> tuple[float, float, float]:
    """Lowest and highest value of the axis and the step between its lines: round numbers, room above and below; bars stand on nought."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if bars:
        low, high = min(low, 0.0), max(high, 0.0)
    spread = (high - low) or abs(high) * 0.02 or 1.0
    wanted = spread * (1.15 if bars else 1.5) / 4
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= wanted * 0.9)
    floor = math.floor((low - (0 if bars else spread * 0.2)) / step) * step
    ceiling = math.ceil((high + spread * 0.12) / step) * step
    if percent and high <= 100:
        ceiling = min(ceiling, math.ceil(100 / step) * step)
    if low >= 0:
        floor = max(floor, 0.0)
    return _round(floor, step), _round(max(ceiling, floor + step), step), _round(step, step)


def _round(value: float, step: float) -> float:
    return round(value, max(0, 2 - math.floor(math.log10(step))))


def _rows(chart: Chart) -> list[list[float | None]]:
    return [*(one.values for one in chart.series), *([chart.target] if chart.target else [])]


def _axes(plot: Any, chart: Chart, labels: list[str], reach: tuple[float, float, float]) -> None:
    low, high, step = reach
    axis = plot.valueAxis
    axis.valueMin, axis.valueMax, axis.valueStep = low, high, step
    axis.labelTextFormat = labels
    axis.visibleAxis = axis.visibleTicks = 0
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = 1, _GRID, 0.5
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = fonts.PLAIN, SMALL, _TEXT
    below = plot.categoryAxis
    below.categoryNames = _thinned([fonts.plain(label) for label in chart.labels], plot.width)
    below.strokeWidth = 1
    below.strokeColor, below.visibleTicks, below.joinAxisMode = _AIM, 0, "bottom"
    below.labels.fontName, below.labels.fontSize, below.labels.fillColor, below.labels.dy = fonts.PLAIN, SMALL, _TEXT, -3
    if max(stringWidth(label, fonts.PLAIN, SMALL) for label in below.categoryNames or [""]) > plot.width / max(1, len(chart.labels)):
        below.labels.maxWidth = plot.width / max(1, len(chart.labels)) - 2


def _thinned(labels: list[str], width: float) -> list[str]:
    """Every label, or every second, third, … where they would run into each other."""
    widest = max((stringWidth(label, fonts.PLAIN, SMALL) for label in labels), default=0) + 4
    every = max(1, math.ceil(widest * len(labels) / width)) if any(sign.isdigit() for label in labels for sign in label) else 1
    return [label if number % every == 0 else "" for number, label in enumerate(labels)]


def _trend(plot: Any, chart: Chart, language: Language, low: float, high: float) -> Group:
    """Lines and points; a month that was not measured leaves a gap; the value stands above its point, under a low one."""
    group = Group()
    each = plot.width / max(1, len(chart.labels))

    def place(at: int, value: float) -> tuple[float, float]:
        return plot.x + (at + 0.5) * each, plot.y + plot.height * (value - low) / (high - low)

    if low < 0 < high:
        nought = place(0, 0.0)[1]
        group.add(Line(plot.x, nought, plot.x + plot.width, nought, strokeColor=_AIM, strokeWidth=0.9))
    if chart.target:
        _path(group, [place(at, value) if value is not None else None for at, value in enumerate(chart.target)], _AIM, 1.0, (3, 2))
    drawn = [[place(at, value) if value is not None else None for at, value in enumerate(one.values)] for one in chart.series]
    for row, one in enumerate(chart.series):
        ink, missed = INKS[row % len(INKS)], chart.missed if row == 0 else []
        points = drawn[row]
        _path(group, points, ink, 1.4, _DASHES[row % len(_DASHES)])
        told = _told(one.values, missed, language, alone=len(chart.series) == 1)
        for at, point in enumerate(points):
            if point is None:
                continue
            fault = at < len(missed) and missed[at]
            sign = makeMarker("FilledDiamond" if fault else _SIGNS[row % len(_SIGNS)], size=8 if fault else 5, fillColor=_PAPER if fault else ink, strokeColor=ink, strokeWidth=1.4)
            sign.x, sign.y = point
            group.add(sign)
            around = [other[1] for other in points[max(0, at - 1) : at + 2] if other is not None]
            above = [other[1] for number, line in enumerate(drawn) if number != row and (other := line[at]) is not None]
            below = (max(above) > point[1] if above else len(around) > 1 and point[1] == min(around)) and point[1] - plot.y > 14
            group.add(String(point[0], point[1] - 12 if below else point[1] + 6, told[at], fontName=fonts.PLAIN, fontSize=SMALL, fillColor=_TEXT, textAnchor="middle"))
    return group


def _path(group: Group, points: list[tuple[float, float] | None], ink: Any, thick: float, dash: Any) -> None:
    for here, there in pairwise(points):
        if here is not None and there is not None:
            group.add(Line(*here, *there, strokeColor=ink, strokeWidth=thick, strokeDashArray=dash, strokeLineCap=1 if dash is None else 0))


def _told(values: list[float | None], missed: list[bool], language: Language, *, alone: bool) -> list[str]:
    """Which points have their value beside them."""
    known = [value for value in values if value is not None]
    if len(values) <= ALL_VALUES and alone:
        chosen = set(range(len(values)))
    else:
        chosen = {0, len(values) - 1} | {at for at, value in enumerate(values) if known and value in (min(known), max(known))}
        chosen |= {at for at, fault in enumerate(missed) if fault}
    return [_number(value, language) if at in chosen and value is not None else "" for at, value in enumerate(values)]


def _number(value: float, language: Language) -> str:
    return format_number(Decimal(repr(value)), language).replace("-", "−")


def _bars(plot: Any, chart: Chart, language: Language) -> None:
    plot.groupSpacing, plot.barSpacing = 8, 1
    for row in range(len(chart.series)):
        plot.bars[row].fillColor, plot.bars[row].strokeColor, plot.bars[row].strokeWidth = BARS[row % len(BARS)], INKS[0], 0.5
    plot.barLabelFormat = lambda value: _number(value, language) if value is not None else ""
    plot.barLabels.fontName, plot.barLabels.fontSize, plot.barLabels.fillColor, plot.barLabels.nudge = fonts.PLAIN, SMALL, _TEXT, 6


def _aims(plot: Any, target: list[float | None], low: float, high: float) -> Group:
    """The target of each bar: a dashed line over its place."""
    marks = Group()
    each = plot.width / len(target)
    for at, value in enumerate(target):
        if value is not None:
            height = plot.y + plot.height * (value - low) / (high - low)
            marks.add(Line(plot.x + at * each + 2, height, plot.x + (at + 1) * each - 2, height, strokeColor=_AIM, strokeDashArray=(3, 2), strokeWidth=1.2))
    return marks


def _legend(chart: Chart, language: Language, left: float, top: float) -> Group:
    """Which sign is what, in one row above the plot."""
    group, x = Group(), left
    items: list[tuple[str, Any]] = []
    for row, one in enumerate(chart.series):
        sign = "FilledSquare" if is_bars(chart) else _SIGNS[row % len(_SIGNS)]
        ink = (BARS if is_bars(chart) else INKS)[row % len(INKS)]
        items.append((one.name, makeMarker(sign, size=5, fillColor=ink, strokeColor=INKS[0] if is_bars(chart) else ink, strokeWidth=0.5)))
    if any(chart.missed) and not is_bars(chart):
        items.append((say("chart.missed", language), makeMarker("FilledDiamond", size=7, fillColor=_PAPER, strokeColor=INKS[0], strokeWidth=1.4)))
    if chart.target:
        aims = {value for value in chart.target if value is not None}
        items.append((" ".join([say("chart.target", language), *(valued(value, chart.unit, language) for value in aims if len(aims) == 1)]), None))
    for name, sign in items:
        if sign is None:
            group.add(Line(x, top + 2.5, x + 14, top + 2.5, strokeColor=_AIM, strokeDashArray=(3, 2), strokeWidth=1))
            x += 17
        else:
            sign.x, sign.y = x + 4, top + 2.5
            group.add(sign)
            x += 11
        told = fonts.plain(name)
        group.add(String(x, top, told, fontName=fonts.PLAIN, fontSize=SMALL + 0.5, fillColor=_TEXT))
        x += stringWidth(told, fonts.PLAIN, SMALL + 0.5) + 12
    return group
