"""The package does not validate its charts, to be quick; here altair's schema and Vega judge."""

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import pytest
import vl_convert

from aidkit.show import charts
from aidkit.show.parts import Spec

ROWS: list[charts.Record] = [
    {"项目": "寄宿生生活补助", "人数": 3, "学期": "2026 春", "说明": "3 人"},
    {"项目": "一个名字很长很长的资助项目", "人数": 12, "学期": "2026 秋", "说明": "12 人"},
]
MAKERS: dict[str, Callable[[], Spec]] = {
    "bars": lambda: charts.bars(ROWS, label="项目", value="人数", text="说明"),
    "grouped_bars": lambda: charts.grouped_bars(
        ROWS, label="项目", value="人数", group="学期", groups=["2026 春", "2026 秋"]
    ),
    "dots_with_mean": lambda: charts.dots_with_mean(
        ROWS, label="项目", value="人数", mean=7.5, mean_title="平均 7.5"
    ),
    "lines": lambda: charts.lines(
        ROWS, when="学期", value="人数", line="项目", names=("寄宿生生活补助", "其他")
    ),
}
SPECS = {name: make() for name, make in MAKERS.items()}


@pytest.mark.parametrize("name", SPECS)
def test_the_specification_follows_the_schema(name: str) -> None:
    alt.Chart.from_dict(dict(SPECS[name]), validate=True)


@pytest.mark.parametrize("name", SPECS)
def test_vega_draws_it_without_a_warning(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    spec = {**SPECS[name], "width": 600}
    drawn = vl_convert.vegalite_to_svg(spec)
    assert "<svg" in drawn
    assert "12" in drawn
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", SPECS)
def test_axes_of_amounts_start_at_zero(name: str) -> None:
    scales = list(_scales(SPECS[name]))
    assert scales
    assert all(scale["zero"] for scale in scales)


@pytest.mark.parametrize("name", SPECS)
def test_it_is_as_wide_as_its_place(name: str) -> None:
    assert SPECS[name]["width"] == "container"


@pytest.mark.parametrize("name", SPECS)
def test_its_data_are_in_it(name: str) -> None:
    assert SPECS[name]["data"] == {"values": ROWS}
    assert "datasets" not in SPECS[name]


def test_charts_are_the_same_in_any_order_and_under_any_setting() -> None:
    with alt.theme.enable("dark"), alt.data_transformers.enable("json"):
        again = {name: make() for name, make in reversed(MAKERS.items())}
        assert (alt.theme.active, alt.data_transformers.active) == ("dark", "json")
        assert alt.data_transformers.consolidate_datasets
    assert {name: json.dumps(spec) for name, spec in again.items()} == {
        name: json.dumps(spec) for name, spec in SPECS.items()
    }


def test_the_mean_is_drawn_once_and_every_row_has_its_dot() -> None:
    drawn = vl_convert.vegalite_to_svg({**SPECS["dots_with_mean"], "width": 600})
    assert drawn.count('aria-roledescription="rule mark"') == 1
    assert drawn.count(">平均 7.5<") == 1
    assert drawn.count('aria-roledescription="point"') == len(ROWS)


def test_a_long_name_breaks_into_two_lines() -> None:
    drawn = vl_convert.vegalite_to_svg({**SPECS["bars"], "width": 600})
    assert ">一个名字很长很<" in drawn
    assert ">长的资助项目<" in drawn


def _scales(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("type") == "quantitative" and "scale" in node:
            yield node["scale"]
        for inner in node.values():
            yield from _scales(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _scales(inner)
