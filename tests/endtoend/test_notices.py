"""A notice from the term's decisions to the site and off it again, as a clerk types it."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser

from aidkit.cli import main
from aidkit.errors import LeakError
from aidkit.notices.register import list_of, read_notices
from aidkit.pipeline.build import UNCHANGED, build_site
from aidkit.project import Project
from tests.browsing import PHONE
from tests.conftest import COUNTY

ON, END = dt.date(2026, 11, 20), dt.date(2026, 11, 27)
NUMBER = "2026-001"
PROGRAM = "boarder_allowance"


Typed = Callable[..., str]


@pytest.fixture
def typed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Typed:
    """Types a command of `aidkit notice` on the last day of 2026, and reads what it says."""
    monkeypatch.chdir(project)
    monkeypatch.setattr("aidkit.cli.fund_words.clock", lambda: dt.date(2026, 12, 31))

    def typed(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        done = main(["notice", *words])
        said = "".join(capsys.readouterr())
        assert done == code, said
        return said

    return typed


def posted(root: Path, typed: Typed) -> list[str]:
    """Draft and post the notice; the names on it."""
    draft = ("--term", "2026秋", "--program", PROGRAM, "--by", "王老师", "--on", str(ON))
    assert f"起草好 {NUMBER}" in typed("draft", *draft)
    said = typed("post", NUMBER, "--by", "王老师", "--on", str(ON))
    assert f"到 {END}" in said
    county = root / COUNTY
    return [line.name for line in list_of(county, read_notices(county)[NUMBER])]


def build(root: Path, on: dt.date) -> list[str]:
    said: list[str] = []
    build_site(Project(root), root / COUNTY, publisher="offline", on=on, say=said.append)
    return said


def holding(site: Path, names: list[str]) -> set[str]:
    """Files below a folder that hold one of the names, in their text or path."""
    found = set()
    for path in site.rglob("*"):
        if path.is_file():
            text = path.name + path.read_bytes().decode("utf-8", "replace")
            # The search index and notebooks may write a character as an escape.
            escaped = text.encode("ascii", "backslashreplace").decode()
            told = json.dumps(text, ensure_ascii=True)
            if any(name in text or name in escaped or name in told for name in names):
                found.add(path.relative_to(site).as_posix())
    return found


def test_names_stand_on_their_page_and_list_until_the_end_and_nowhere_after(
    project: Path, typed: Typed
) -> None:
    names = posted(project, typed)
    assert len(names) > 3
    site = project / "site" / "_site"
    elsewhere, sources = holding(site, names), holding(project / "site", names)

    build(project, ON)

    page = (site / "notices" / f"{NUMBER}.html").read_text(encoding="utf-8")
    assert all(name in page for name in names)
    assert "还剩 5 个工作日" in page
    assert page.index("正在公示") < page.index("怎样提出异议") < page.index("名单（")
    own = {f"notices/{NUMBER}.html", f"downloads/notice-{NUMBER}.csv"}
    assert holding(site, names) - elsewhere == own
    index = (site / "notices" / "index.html").read_text(encoding="utf-8")
    assert "5 个工作日" in index
    rows = list(
        csv.reader(io.StringIO((site / f"downloads/notice-{NUMBER}.csv").read_text("utf-8-sig")))
    )
    assert rows[0] == ["编号", "姓名", "学校", "年级", "班级"]

    # On its last day it still stands; the day after every trace of a name is gone.
    build(project, END)
    assert holding(site, names) - elsewhere == own
    said = build(project, END + dt.timedelta(1))
    assert any(NUMBER in line for line in said)
    assert holding(site, names) == elsewhere
    assert not (site / "downloads" / f"notice-{NUMBER}.csv").exists()
    assert holding(project / "site", names) == sources
    stub = (site / "notices" / f"{NUMBER}.html").read_text(encoding="utf-8")
    assert "名单已撤下" in stub
    assert read_notices(project / COUNTY)[NUMBER].site_down_on == END + dt.timedelta(1)

    # Nothing is left to do, and noting it made no difference to the site.
    assert build(project, END + dt.timedelta(1)) == [UNCHANGED]


@pytest.mark.browser
def test_a_phone_shows_what_is_left_of_a_notice(
    project: Path, typed: Typed, chromium: Browser
) -> None:
    posted(project, typed)
    build(project, ON)
    site = project / "site" / "_site"
    with chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        for path in ("index.html", "notices/index.html"):
            page.goto((site / path).as_uri())
            box = page.get_by_text("还剩 5 个工作日").bounding_box()
            assert box is not None, path
            assert box["x"] + box["width"] <= PHONE["width"], path
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "除公示期内的名单外，不公布任何个人信息" in home


def test_a_look_at_another_day_is_not_noted(project: Path, typed: Typed) -> None:
    posted(project, typed)
    county = project / COUNTY
    before = (county / "notices" / "notices.jsonl").read_bytes()
    assert main(["build", "--publisher", "offline", "--on", str(ON)]) == 0
    assert (county / "notices" / "notices.jsonl").read_bytes() == before


def test_a_posted_name_on_any_other_page_stops_the_build(project: Path, typed: Typed) -> None:
    long = next(name for name in posted(project, typed) if len(name) > 2)
    contact = project / "site" / "contact.qmd"
    text = contact.read_text(encoding="utf-8")
    contact.write_text(f"{text}\n感谢{long}同学。\n", encoding="utf-8")
    with pytest.raises(LeakError, match="contact"):
        build(project, ON)


def test_the_sheet_for_a_board_is_of_a_notice_that_stands(project: Path, typed: Typed) -> None:
    draft = ("--term", "2026秋", "--program", PROGRAM, "--by", "王老师", "--on", str(ON))
    typed("draft", *draft)
    assert "还没有张贴" in typed("sheet", NUMBER, "--on", str(ON), code=2)
    said = typed("post", NUMBER, "--by", "王老师", "--on", str(ON))
    assert f"aidkit notice sheet {NUMBER}" in said
    said = typed("sheet", NUMBER, "--on", str(END))
    assert "2026-001-公示栏.pdf" in said
    late = typed("sheet", NUMBER, "--on", str(END + dt.timedelta(1)), code=2)
    assert "已经期满" in late
    (sheet,) = (project / "reports" / "demo" / "notices").glob("*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")


def test_objection_correction_close_and_proof(project: Path, typed: Typed) -> None:
    names = posted(project, typed)
    by = ("--by", "李主任")
    monday = ("--on", "2026-11-23")
    said = typed("objection", NUMBER, "--says", "不住校", "--about", "2", *by, *monday)
    assert "2026-11-26 前答复" in said
    late = typed("status", "--on", "2026-11-27", code=1)
    assert "已逾期" in late
    assert "名单冻结" in typed("close", NUMBER, *by, "--on", "2026-12-02", code=2)
    answer = ("--answer", "1", "--outcome", "属实", "--reply", "已转走", "--remove", "2")
    typed("objection", NUMBER, *answer, *by, "--on", "2026-11-24")
    build(project, dt.date(2026, 11, 24))
    page = project / "site" / "_site" / "notices" / f"{NUMBER}.html"
    text = page.read_text(encoding="utf-8")
    # It came onto the site four days late: its five working days count from then on.
    assert "公示到 2026-12-01" in text
    assert "取消 1 人" in text
    assert names.count(names[1]) > 1 or names[1] not in text

    closed = typed("close", NUMBER, *by, "--on", "2026-12-02")
    assert "公示情况报告.xlsx" in closed
    proof = project / "proof.csv"
    typed("status", "--proof", str(proof), "--on", "2026-12-02")
    (row,) = csv.DictReader(io.StringIO(proof.read_text(encoding="utf-8-sig")))
    assert (row["张贴"], row["期满"], row["属实"]) == (str(ON), "2026-12-01", "1")
    assert row["张贴名单校验码"] != row["现名单校验码"]
    typed("complaint", "--says", "没有贴", "--notice", NUMBER, *by, *monday)
    assert "待答复 1 条" in typed("complaint")


def test_what_is_posted_is_what_is_decided_now(project: Path, typed: Typed) -> None:
    draft = ("--term", "2026秋", "--program", PROGRAM, "--by", "王老师", "--on", str(ON))
    assert "名单是拟定的" in typed("draft", *draft, "--title", "寄宿生名单", code=2)
    typed("draft", *draft)
    table = project / "reports/demo/2026-autumn/internal/tables/decisions.parquet"
    decisions = pl.read_parquet(table)
    own = pl.col("awarded") & (pl.col("program_id") == PROGRAM)
    first = decisions.filter(own)["person_no"][0]
    decisions.filter(~(own & (pl.col("person_no") == first))).write_parquet(table)

    post = ("post", NUMBER, "--by", "王老师", "--on", str(ON))
    assert "名单不再相符" in typed(*post, code=2)
    typed("draft", *draft, "--replace", NUMBER)
    assert "已张贴" in typed(*post)
