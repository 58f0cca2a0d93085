"""Charts are plain dictionaries in the package; here altair's schema and Vega judge them."""

import json
from typing import Any

import altair
import pytest
import vl_convert

from aidkit.show import charts
from aidkit.show.parts import Spec

ROWS: list[charts.Record] = [
    {"项目": "寄宿生生活补助", "人数": 3, "学期": "2026 春", "说明": "3 人"},
    {"项目": "一个名字很长很长的资助项目", "人数": 12, "学期": "2026 秋", "说明": "12 人"},
]
SPECS: dict[str, Spec] = {
    "bars": charts.bars(ROWS, label="项目", value="人数", text="说明"),
    "grouped_bars": charts.grouped_bars(
        ROWS, label="项目", value="人数", group="学期", groups=["2026 春", "2026 秋"]
    ),
    "dots_with_mean": charts.dots_with_mean(
        ROWS, label="项目", value="人数", mean=7.5, mean_title="平均 7.5"
    ),
    "lines": charts.lines(
        ROWS, when="学期", value="人数", line="项目", names=("寄宿生生活补助", "其他")
    ),
}


@pytest.mark.parametrize("name", SPECS)
def test_the_specification_follows_the_schema(name: str) -> None:
    altair.Chart.from_dict(dict(SPECS[name]), validate=True)


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
def test_it_is_as_wide_as_its_place_and_the_same_every_time(name: str) -> None:
    assert SPECS[name]["width"] == "container"
    assert json.dumps(SPECS[name]) == json.dumps(json.loads(json.dumps(SPECS[name])))


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
