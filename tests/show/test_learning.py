"""The county's section on learning: what is counted, what is withheld, and what it is not."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.disclosure.progress import progress_table
from aidkit.labels import read_labels
from aidkit.project import find_project
from aidkit.public import PublicReport
from aidkit.show.learning import learning_section
from aidkit.show.view import View
from aidkit.tables.learner_slices import OF_PUBLIC
from tests.disclosure.test_progress import ENOUGH, Bands, pupils

THRESHOLD = 5
WIDTH = 2
JUNIOR: Bands = {"better": 30, "steady": 50, "attention": 15, "not_assessed": 5}


def slice_of(stages: dict[str, Bands]) -> dict[str, pl.DataFrame]:
    labels = read_labels(find_project().params / "labels.toml")
    words = [
        (vocabulary, code, label)
        for vocabulary in ("stage", "progress_band")
        for code, label in labels.names(vocabulary).items()
    ]
    publisher = ("青山县", "教育局", "")
    settings = ("public_progress", "county", "2026-autumn", *publisher, THRESHOLD, WIDTH)
    return {
        "settings": pl.DataFrame([settings], schema=OF_PUBLIC["settings"], orient="row"),
        "labels": pl.DataFrame(words, schema=OF_PUBLIC["labels"], orient="row"),
        "figures": pl.DataFrame([("band_z", "1.0")], schema=OF_PUBLIC["figures"], orient="row"),
        "progress": progress_table(pupils(stages), THRESHOLD, WIDTH),
    }


def test_the_finding_is_the_title_and_the_stages_are_the_table() -> None:
    part = learning_section(slice_of({"primary": ENOUGH, "junior": JUNIOR}), up="../../")
    first = part.markdown.splitlines()[0]
    assert first == "## 420 名学生参加学习进步评定，" + (
        "能评定的 415 人中 26.5% 有进步，13.3% 需要关注 {#learning}"
    )
    assert [part.markdown.find(stage) > 0 for stage in ("小学", "初中", "普高")] == [1, 1, 0]
    assert "合计" in part.markdown
    assert len(part.charts) == 1
    drawn = part.charts[0]["data"]["values"]
    assert [one["说明"] for one in drawn] == ["4.8%", "21.7%", "60.2%", "13.3%"]


def test_it_says_what_the_measure_is_and_is_not() -> None:
    said = learning_section(slice_of({"primary": ENOUGH}), up="../../").markdown
    assert "各有约 16% 的能评定的学生落在两边" in said
    assert "全年级一起提高的在这里看不出来" in said
    assert "学校之间不按成绩比较" in said
    assert "不足 5 人的" in said
    assert "(../../progress.qmd)" in said
    assert "(../../downloads/2026-autumn-progress.csv)" in said
    assert "合计" not in said.replace("各学段合计", "").replace("计入合计", "")


def test_withheld_counts_are_said_to_be_withheld_and_not_drawn() -> None:
    few: Bands = {"clearly_better": 2, "better": 30, "steady": 50, "attention": 15}
    frames = slice_of({"primary": {**ENOUGH, "clearly_better": 1}, "junior": few})
    assert frames["progress"].filter("suppressed", stage="all").height > 0
    part = learning_section(frames, up="")
    assert "部分人数因人少不公布" in part.markdown.splitlines()[0]
    assert "未公布" in part.markdown
    shown = frames["progress"].filter(pl.col("share").is_not_null(), stage="all").height
    assert sum(len(spec["data"]["values"]) for spec in part.charts) == shown


def test_where_it_is_withheld_how_many_were_not_assessed_there_are_no_shares() -> None:
    frames = slice_of({"primary": {**ENOUGH, "not_assessed": 3}})
    assert frames["progress"]["share"].is_null().all()
    part = learning_section(frames, up="")
    assert "部分人数因人少不公布" in part.markdown.splitlines()[0]
    assert "%" not in part.markdown.splitlines()[0]
    assert not part.charts


def test_where_nobody_is_assessed_yet_it_says_so() -> None:
    part = learning_section(slice_of({"primary": {"not_assessed": 90}}), up="")
    assert "90 名学生参加学习进步评定，都还无法评定" in part.markdown.splitlines()[0]


def test_without_exams_there_is_no_section() -> None:
    assert learning_section(slice_of({}), up="").bundles()[0]["text/markdown"] == ""


def test_it_follows_the_comparison_with_last_term(view: View) -> None:
    frames = slice_of({"primary": ENOUGH})
    dates = ("2026-11-20", "2027-03-05")
    plain = PublicReport(view, *dates).change()
    county = PublicReport(view, *dates, learning=lambda: frames).change()
    assert county.markdown.startswith(plain.markdown)
    assert "{#learning}" in county.markdown
    none = PublicReport(view, *dates, learning=lambda: slice_of({})).change()
    assert none == plain


@pytest.mark.parametrize("name", ["progress.qmd"])
def test_the_page_that_it_links_to_is_there(name: str) -> None:
    assert Path(find_project().site / name).is_file()
