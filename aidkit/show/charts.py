"""Charts as Vega-Lite specifications; their data are whatever the caller was allowed to show.

Plain dictionaries, because importing altair would cost every notebook a second; the tests hold
each of them against altair's schema. Axes start at zero.
"""

from collections.abc import Sequence
from typing import Any

from aidkit.show.marks import PALETTE
from aidkit.show.parts import Spec

FONT = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'
BLUE, GREEN, ORANGE, *_, GREY = PALETTE
ROW_HEIGHT = 30

Record = dict[str, str | int | float]


def bars(records: Sequence[Record], *, label: str, value: str, text: str) -> Spec:
    """Horizontal bars with their amounts written at the end.

    Args:
        records: One a bar, in the order to draw.
        label: Field of the bar's name.
        value: Field of its length; also the title of the axis.
        text: Field of the amount as printed.
    """
    y = _names(label)
    return _chart(
        records,
        height=ROW_HEIGHT * len(records),
        layer=[
            {
                "mark": {"type": "bar", "color": BLUE, "height": {"band": 0.62}},
                "encoding": {"y": y, "x": _amount(value), "tooltip": _tips(label, text)},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"y": y, "x": _amount(value), "text": {"field": text}},
            },
        ],
    )


def then_and_now(
    records: Sequence[Record], *, label: str, value: str, when: str, terms: tuple[str, str]
) -> Spec:
    """Two marks a row joined by a line: a round one for last term, a square one for this term.

    Args:
        records: One a mark.
        label: Field of the row's name.
        value: Field of the place on the axis; also its title.
        when: Field that holds one of `terms`.
        terms: Names of last term and this term.
    """
    rows = len({record[label] for record in records})
    y = _names(label)
    scale = {"domain": list(terms), "range": [GREY, BLUE]}
    key = {"title": None, "orient": "top", "symbolType": "circle"}
    return _chart(
        records,
        height=(ROW_HEIGHT + 8) * rows,
        layer=[
            {
                "mark": {"type": "line", "color": GREY, "opacity": 0.6, "strokeWidth": 4},
                "encoding": {"y": y, "x": _amount(value), "detail": {"field": label}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
                "encoding": {
                    "y": y,
                    "x": _amount(value),
                    "color": {"field": when, "scale": scale, "legend": {**key}},
                    "shape": {
                        "field": when,
                        "scale": {"domain": list(terms), "range": ["circle", "square"]},
                        "legend": None,
                    },
                    "tooltip": _tips(label, when, value),
                },
            },
            {
                "transform": [{"filter": {"field": when, "equal": terms[1]}}],
                "mark": {"type": "text", "align": "left", "dx": 11, "fontWeight": "bold"},
                "encoding": {"y": y, "x": _amount(value), "text": {"field": value}},
            },
        ],
    )


def grouped_bars(
    records: Sequence[Record], *, label: str, value: str, group: str, groups: Sequence[str]
) -> Spec:
    """Horizontal bars in groups of terms.

    Args:
        records: One a bar.
        label: Field of the row's name.
        value: Field of the length; also the title of the axis.
        group: Field that tells bars of one row apart.
        groups: Its values in order; the last is drawn strongest.
    """
    rows = len({record[label] for record in records})
    shades = [GREY, PALETTE[4], BLUE][-len(groups) :]
    return _chart(
        records,
        height=(14 * len(groups) + 12) * rows,
        mark={"type": "bar"},
        encoding={
            "y": _names(label),
            "yOffset": {"field": group, "sort": list(groups)},
            "x": _amount(value),
            "color": {
                "field": group,
                "scale": {"domain": list(groups), "range": shades},
                "legend": {"title": None, "orient": "top"},
            },
            "tooltip": _tips(label, group, value),
        },
    )


def dots_with_mean(
    records: Sequence[Record], *, label: str, value: str, mean: float, mean_title: str
) -> Spec:
    """A dot a row and a line at the mean.

    Args:
        records: One a row, in the order to draw.
        label: Field of the row's name.
        value: Field of the place on the axis; also its title.
        mean: Where the line stands.
        mean_title: What is written at the line.
    """
    rule = {"data": {"values": [{value: mean, "说明": mean_title}]}}
    return _chart(
        records,
        height=22 * len(records),
        layer=[
            {
                **rule,
                "mark": {"type": "rule", "color": ORANGE, "strokeWidth": 2},
                "encoding": {"x": _amount(value), "tooltip": _tips("说明")},
            },
            {
                **rule,
                "mark": {"type": "text", "align": "left", "dx": 5, "dy": -6, "baseline": "bottom"},
                "encoding": {"x": _amount(value), "y": {"value": 0}, "text": {"field": "说明"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "color": BLUE, "opacity": 1},
                "encoding": {
                    "y": _names(label),
                    "x": _amount(value),
                    "tooltip": _tips(label, value),
                },
            },
        ],
    )


def _chart(records: Sequence[Record], *, height: int, **drawing: Any) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": "transparent",
        "config": {"font": FONT, "view": {"stroke": None}},
        "data": {"values": list(records)},
        **drawing,
    }


def _names(field: str) -> dict[str, Any]:
    axis = {"title": None, "ticks": False, "domain": False, "labelLimit": 190, "labelPadding": 8}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis}


def _amount(field: str) -> dict[str, Any]:
    axis = {"tickCount": 5, "grid": True}
    return {"field": field, "type": "quantitative", "scale": {"zero": True}, "axis": axis}


def _tips(*fields: str) -> list[dict[str, str]]:
    return [{"field": field} for field in fields]
