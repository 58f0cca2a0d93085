"""Small drawings between words: key figures with trend, shares of a whole, dots against a mean."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aidkit.show.numbers import count
from aidkit.show.official import Markup
from aidkit.show.parts import Part, raw

PALETTE = ("#0072b2", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#d55e00", "#8a9aa3")
"""Okabe and Ito's colours, told apart by colour-blind readers; the last is grey."""


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the strip.

    Attributes:
        label: What it counts.
        value: As printed; None where it is not published.
        unit: Printed small behind it.
        before: Words before the change, e.g. `比上学期`; or all there is to say.
        change: Signed change, drawn with ▲ or ▼; None without one.
        change_unit: Unit of the change.
        trend: The figure in every stored term, oldest first; None where not published.
    """

    label: str
    value: str | None
    unit: str
    before: str = ""
    change: str | None = None
    change_unit: str = ""
    trend: tuple[int | Decimal | None, ...] = ()


def key_figures(figures: Sequence[KeyFigure]) -> Part:
    """A strip of key figures."""
    return raw('<div class="kpis">\n' + "\n".join(map(_figure, figures)) + "\n</div>")


def sparkline(values: Sequence[int | Decimal | None]) -> str:
    """A trend as SVG, each value at its term's place; empty below two known values."""
    known = [(at, float(value)) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(v for _, v in known), max(v for _, v in known)
    step = 170 / (len(values) - 1)
    height = {
        at: 12.0 if high == low else 20 - 16 * (value - low) / (high - low) for at, value in known
    }
    points = " ".join(f"{5 + at * step:.1f},{y:.1f}" for at, y in height.items())
    last = known[-1][0]
    return (
        '<svg class="aid-spark" viewBox="0 0 180 24" width="180" aria-hidden="true">'
        f'<polyline points="{points}" fill="none" stroke="currentColor"/>'
        f'<circle cx="{5 + last * step:.1f}" cy="{height[last]:.1f}" r="2.6"/></svg>'
    )


def share_bar(shares: Sequence[tuple[str, int, str]]) -> Part:
    """One bar split by share, and a legend with amounts.

    Args:
        shares: Label, size and printed amount of each share, in order; sizes of zero are listed
            but have no length.
    """
    whole = sum(size for _, size, _ in shares)
    colours = [PALETTE[at % len(PALETTE)] for at in range(len(shares))]
    bar = "".join(
        f'<span style="flex-grow:{size};background:{colour}"></span>'
        for (_, size, _), colour in zip(shares, colours, strict=True)
        if size
    )
    legend = "".join(
        f'<li><span class="aid-swatch" style="background:{colour}"></span>'
        f"<span>{html.escape(label)}</span><b>{html.escape(amount)}"
        f"{f' · {size * 100 / whole:.1f}%' if size else ''}</b></li>"
        for (label, size, amount), colour in zip(shares, colours, strict=True)
    )
    return raw(
        f'<div class="aid-bar" aria-hidden="true">{bar}</div>\n<ul class="aid-legend">{legend}</ul>'
    )


def dot_cell(value: Decimal | None, mean: Decimal | None, top: Decimal, says: str) -> Markup:
    """A table cell: the school's dot on a scale from zero, a stroke at the county's mean."""
    if value is None or mean is None or not top:
        return Markup('<span class="aid-withheld">未公布</span>')
    dot, stroke = (4 + float(112 * number / top) for number in (value, mean))
    return Markup(
        '<svg class="aid-dot" viewBox="0 0 120 18" width="150" stroke="currentColor" role="img"'
        f' aria-label="{html.escape(says)}">'
        '<line x1="4" x2="116" y1="9" y2="9"/>'
        f'<line class="aid-mean" x1="{stroke:.1f}" x2="{stroke:.1f}" y1="3" y2="15"/>'
        f'<circle cx="{dot:.1f}" cy="9" r="4.5"/></svg>'
    )


def _figure(figure: KeyFigure) -> str:
    value = (
        '<span class="aid-withheld">未公布</span>'
        if figure.value is None
        else f"{html.escape(figure.value)}<small> {html.escape(figure.unit)}</small>"
    )
    return (
        f'<div class="kpi"><span class="aid-label">{html.escape(figure.label)}</span> '
        f'<strong class="aid-value">{value}</strong> '
        f'<span class="aid-change">{html.escape(figure.before)}{_arrow(figure)}</span>'
        f"{sparkline(figure.trend)}</div>"
    )


def _arrow(figure: KeyFigure) -> str:
    if figure.change is None:
        return ""
    way, mark, word = {
        "+": ("aid-up", "▲", "增加"),
        "−": ("aid-down", "▼", "减少"),
    }.get(figure.change[0], ("aid-same", "", "没有变化"))
    if not mark:
        return f' <b class="{way}">{word}</b>'
    amount = html.escape(figure.change[1:])
    return f' <b class="{way}">{mark} {word} {amount}</b> {html.escape(figure.change_unit)}'


def counted(number: int | None) -> str | None:
    """A count for a key figure; None stays None."""
    return None if number is None else count(number)
