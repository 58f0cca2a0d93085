"""Forms of charts: Vega-Lite with placeholders in capitals. Axes start at zero.

altair builds each form once, when this module is imported.
"""

import altair as alt

from aidkit.show.marks import PALETTE
from aidkit.show.parts import Spec

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # of any altair and Vega
FONT = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'
BLUE, ORANGE, GREY = PALETTE[0], PALETTE[2], PALETTE[-1]
GRID = alt.Axis(tickCount=5, grid=True)
LEGEND = alt.Legend(title=None, orient="top")


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
