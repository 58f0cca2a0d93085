"""Charts as Vega-Lite specifications; their data are whatever the caller was allowed to show.

Axes start at zero. Importing altair takes about a second, which a notebook pays once.
"""

from collections.abc import Sequence

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
    bar = (
        alt.Chart()
        .mark_bar(color=BLUE, height=alt.RelativeBandSize(band=0.62))
        .encode(tooltip=_tips(label, text))
    )
    amount = alt.Chart().mark_text(align="left", dx=5).encode(text=f"{text}:N")
    drawn = alt.LayerChart(layer=[bar, amount]).encode(
        y=_names(label), x=_amount(value, room_for=records)
    )
    return _spec(drawn, records, height=ROW_HEIGHT * len(records))


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
    hue = alt.Color(f"{group}:N", scale=alt.Scale(domain=groups, range=shades), legend=LEGEND)
    bar = alt.Chart().mark_bar().encode(color=hue, tooltip=_tips(label, group, value))
    number = (
        alt.Chart()
        .mark_text(align="left", dx=4, fontSize=11)
        .encode(text=alt.Text(f"{value}:Q", format=printed))
    )
    drawn = alt.LayerChart(layer=[bar, number]).encode(
        y=_names(label),
        yOffset=alt.YOffset(f"{group}:N", sort=groups),
        x=_amount(value, room_for=records),
    )
    return _spec(drawn, records, height=(17 * len(groups) + 12) * rows)


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
    terms = alt.Axis(title=None, labelAngle=0, grid=False)
    evenly = alt.Scale(type="point", padding=0.3)
    hue = alt.Scale(domain=names, range=[BLUE, GREY])
    form = alt.Scale(domain=names, range=["square", "circle"])
    drawn = (
        alt.Chart()
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=90, filled=True))
        .encode(
            x=alt.X(f"{when}:N", sort=None, axis=terms, scale=evenly),
            y=alt.Y(f"{value}:Q", scale=alt.Scale(zero=True), axis=GRID),
            color=alt.Color(f"{line}:N", scale=hue, legend=LEGEND),
            shape=alt.Shape(f"{line}:N", scale=form, legend=LEGEND),
            tooltip=_tips(when, line, value),
        )
    )
    return _spec(drawn, records, height=230)


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
    at_mean = alt.Chart({"values": [{value: mean, "说明": mean_title}]})
    rule = at_mean.mark_rule(color=ORANGE, strokeWidth=2).encode(tooltip=_tips("说明"))
    title = at_mean.mark_text(align="left", dx=5, dy=-6, baseline="bottom").encode(
        y=alt.value(0), text="说明:N"
    )
    dots = (
        alt.Chart()
        .mark_point(filled=True, size=110, color=BLUE, opacity=1)
        .encode(y=_names(label), tooltip=_tips(label, value))
    )
    # Not `rule + title + dots`: that takes the data of the first two for those of all.
    drawn = alt.LayerChart(layer=[rule, title, dots]).encode(x=_amount(value))
    return _spec(drawn, records, height=ROW_HEIGHT * len(records))


def _spec(drawn: alt.Chart | alt.LayerChart, records: Sequence[Record], *, height: int) -> Spec:
    whole = drawn.properties(
        data={"values": list(records)},
        width="container",
        height=height,
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


def _names(field: str) -> alt.Y:
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
    return alt.Y(f"{field}:N", sort=None, axis=axis)


def _amount(field: str, *, room_for: Sequence[Record] = ()) -> alt.X:
    """An axis from zero, with room behind the longest bar for what is written there."""
    scale = alt.Scale(zero=True)
    if room_for:
        scale.domainMax = round(1.45 * max(float(record[field]) for record in room_for), 4)
    return alt.X(f"{field}:Q", scale=scale, axis=GRID)


def _tips(*fields: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N") for field in fields]
