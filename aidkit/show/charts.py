"""Charts as Vega-Lite specifications; their data are whatever the caller was allowed to show.

A chart is a form of `chart_forms` filled in, which takes a hundredth of the time of building it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aidkit.show.chart_forms import BARS, BLUE, DOTS, GREY, GROUPED_BARS, LINES, STACKED_COLUMNS
from aidkit.show.marks import PALETTE
from aidkit.show.parts import Spec

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
    names = {"LABEL": label, "VALUE": value, "TEXT": text}
    return _with_room(_chart(BARS, names, records, height=ROW_HEIGHT * len(records)))


def grouped_bars(
    records: Sequence[Record],
    *,
    label: str,
    value: str,
    group: str,
    groups: Sequence[str],
    printed: str = ",",
) -> Spec:
    """Horizontal bars in groups of terms.

    Args:
        records: One a bar.
        label: Field of the row's name.
        value: Field of the length; also the title of the axis.
        group: Field that tells bars of one row apart.
        groups: Its values in order, at most three; the last is drawn strongest.
        printed: d3 format of the number at the end of a bar.
    """
    rows = len({record[label] for record in records})
    shades = [GREY, PALETTE[4], BLUE] if len(groups) == 3 else [GREY, BLUE][-len(groups) :]
    names = {"LABEL": label, "VALUE": value, "GROUP": group, "PRINTED": printed}
    lists = {"GROUPS": list(groups), "SHADES": shades}
    height = (17 * len(groups) + 12) * rows
    return _with_room(_chart(GROUPED_BARS, {**names, **lists}, records, height=height))


def lines(
    records: Sequence[Record], *, when: str, value: str, line: str, names: tuple[str, str]
) -> Spec:
    """Two lines over terms: a strong one and a grey one, told apart by shape too.

    Args:
        records: One a point, in order of time.
        when: Field of the term.
        value: Field of the height; also the title of the axis.
        line: Field that holds one of `names`.
        names: The strong line and the grey one.
    """
    filling = {"WHEN": when, "VALUE": value, "LINE": line, "NAMES": list(names)}
    return _chart(LINES, filling, records, height=230)


def stacked_columns(
    records: Sequence[Record], *, when: str, value: str, group: str, groups: Sequence[str]
) -> Spec:
    """Columns over time, each of parts that lie on one another.

    Args:
        records: One a part, in order of time.
        when: Field of the time.
        value: Field of the height; also the title of the axis.
        group: Field that tells the parts apart.
        groups: Its values from below; as many as the palette has colours.
    """
    names = {"WHEN": when, "VALUE": value, "GROUP": group}
    lists = {"GROUPS": list(groups), "SHADES": list(PALETTE[: len(groups)])}
    return _chart(STACKED_COLUMNS, {**names, **lists}, records, height=260)


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
    filling = {"LABEL": label, "VALUE": value, "MEAN": mean, "MEAN_TITLE": mean_title}
    return _chart(DOTS, filling, records, height=ROW_HEIGHT * len(records))


def _chart(
    form: Spec, filling: Mapping[str, Any], records: Sequence[Record], *, height: int
) -> dict[str, Any]:
    drawn: dict[str, Any] = _filled(form, filling)
    return {**drawn, "data": {"values": list(records)}, "height": height}


def _filled(form: Any, filling: Mapping[str, Any]) -> Any:
    if isinstance(form, dict):
        return {filling.get(key, key): _filled(value, filling) for key, value in form.items()}
    if isinstance(form, list):
        filled = [_filled(value, filling) for value in form]
        # A placeholder for a whole list stands in it alone.
        return filled[0] if len(filled) == 1 and isinstance(filled[0], list) else filled
    return filling.get(form, form) if isinstance(form, str) else form


def _with_room(spec: dict[str, Any]) -> Spec:
    """Leave room behind the longest bar for what is written there."""
    across = spec["encoding"]["x"]
    longest = max(float(record[across["field"]]) for record in spec["data"]["values"])
    across["scale"]["domainMax"] = round(1.45 * longest, 4)
    return spec
