"""Charts as Vega-Lite specifications; their data are whatever the caller was allowed to show.

Axes start at zero. altair builds each form once, when this module is imported, with placeholders
in capitals; a chart is a form filled in, which takes a hundredth of the time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from aidkit.show.marks import PALETTE
from aidkit.show.parts import Spec

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # of any altair and Vega
FONT = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'
BLUE, ORANGE, GREY = PALETTE[0], PALETTE[2], PALETTE[-1]
ROW_HEIGHT = 30
GRID = alt.Axis(tickCount=5, grid=True)
LEGEND = alt.Legend(title=None, orient="top")

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


def _form(drawn: alt.Chart | alt.LayerChart) -> Spec:
    whole = drawn.properties(
        data={"values": []},
        width="container",
        height=0,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        background="transparent",
        config=alt.Config(font=FONT, view=alt.ViewConfig(stroke=None)),
    )
    with (  # however altair is set in this process
        alt.theme.enable("none"),
        alt.data_transformers.enable("default", consolidate_datasets=False),
    ):
        spec = whole.to_dict(validate=False)  # quicker; the tests validate
    return {**spec, "$schema": SCHEMA}


def _names() -> alt.Y:
    # Long names break into two lines of equal length.
    half = "ceil(length(datum.label) / 2)"
    broken = f"[slice(datum.label, 0, {half}), slice(datum.label, {half})]"
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelPadding=8,
        labelExpr=f"length(datum.label) > 9 ? {broken} : datum.label",
    )
    return alt.Y("LABEL:N", sort=None, axis=axis)


def _amount(*, room: bool = False) -> alt.X:
    """An axis from zero, with room behind the longest bar if asked for."""
    scale = alt.Scale(zero=True, domainMax=0) if room else alt.Scale(zero=True)
    return alt.X("VALUE:Q", scale=scale, axis=GRID)


def _tips(*fields: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N") for field in fields]


def _bars() -> Spec:
    bar = (
        alt.Chart()
        .mark_bar(color=BLUE, height=alt.RelativeBandSize(band=0.62))
        .encode(tooltip=_tips("LABEL", "TEXT"))
    )
    amount = alt.Chart().mark_text(align="left", dx=5).encode(text="TEXT:N")
    return _form(alt.LayerChart(layer=[bar, amount]).encode(y=_names(), x=_amount(room=True)))


def _grouped_bars() -> Spec:
    shades = alt.Scale(domain=["GROUPS"], range=["SHADES"])
    hue = alt.Color("GROUP:N", scale=shades, legend=LEGEND)
    bar = alt.Chart().mark_bar().encode(color=hue, tooltip=_tips("LABEL", "GROUP", "VALUE"))
    number = (
        alt.Chart()
        .mark_text(align="left", dx=4, fontSize=11)
        .encode(text=alt.Text("VALUE:Q", format="PRINTED"))
    )
    return _form(
        alt.LayerChart(layer=[bar, number]).encode(
            y=_names(),
            yOffset=alt.YOffset("GROUP:N", sort=["GROUPS"]),
            x=_amount(room=True),
        )
    )


def _lines() -> Spec:
    terms = alt.Axis(title=None, labelAngle=0, grid=False)
    evenly = alt.Scale(type="point", padding=0.3)
    hue = alt.Scale(domain=["NAMES"], range=[BLUE, GREY])
    form = alt.Scale(domain=["NAMES"], range=["square", "circle"])
    return _form(
        alt.Chart()
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=90, filled=True))
        .encode(
            x=alt.X("WHEN:N", sort=None, axis=terms, scale=evenly),
            y=alt.Y("VALUE:Q", scale=alt.Scale(zero=True), axis=GRID),
            color=alt.Color("LINE:N", scale=hue, legend=LEGEND),
            shape=alt.Shape("LINE:N", scale=form, legend=LEGEND),
            tooltip=_tips("WHEN", "LINE", "VALUE"),
        )
    )


def _stacked_columns() -> Spec:
    shades = alt.Scale(domain=["GROUPS"], range=["SHADES"])
    months = alt.Axis(title=None, labelAngle=0, grid=False)
    in_rows = alt.Legend(title=None, orient="top", columns=3)  # narrow enough for a phone
    return _form(
        alt.Chart()
        .mark_bar(size=34)
        .encode(
            x=alt.X("WHEN:N", sort=None, axis=months),
            y=alt.Y("VALUE:Q", scale=alt.Scale(zero=True), axis=GRID, stack="zero"),
            color=alt.Color("GROUP:N", scale=shades, legend=in_rows),
            tooltip=_tips("WHEN", "GROUP", "VALUE"),
        )
    )


def _dots() -> Spec:
    at_mean = alt.Chart({"values": [{"VALUE": "MEAN", "说明": "MEAN_TITLE"}]})
    rule = at_mean.mark_rule(color=ORANGE, strokeWidth=2).encode(tooltip=_tips("说明"))
    title = at_mean.mark_text(align="left", dx=5, dy=-6, baseline="bottom").encode(
        y=alt.value(0), text="说明:N"
    )
    dots = (
        alt.Chart()
        .mark_point(filled=True, size=110, color=BLUE, opacity=1)
        .encode(y=_names(), tooltip=_tips("LABEL", "VALUE"))
    )
    # Not `rule + title + dots`: that takes the data of the first two for those of all.
    return _form(alt.LayerChart(layer=[rule, title, dots]).encode(x=_amount()))


BARS, GROUPED_BARS, LINES, DOTS = _bars(), _grouped_bars(), _lines(), _dots()
STACKED_COLUMNS = _stacked_columns()
