"""Pages of notices: state first, the list while it stands, a stub without any figure after."""

import datetime as dt
import json
from pathlib import Path

import pytest

from aidkit.county import County
from aidkit.notices.objections import answer, object_to
from aidkit.notices.on_site import (
    digest_of_shown,
    everybody_listed,
    notices_on_site,
)
from aidkit.notices.steps import close, draft, post
from aidkit.notices.wording import left_words
from aidkit.staging.home_page import with_notices
from aidkit.staging.navigation import BAR, bar_of
from aidkit.staging.notice_pages import notice_files
from tests.notices.sample_notices import (
    DAYS,
    END,
    LINES,
    NAMES,
    PARAMS,
    POSTED,
    SETTINGS,
    built,
    drafted,
    posted_in,
)

COUNTY = County("青山县", "cn/henan", "青山县资助中心", "教育局二楼", (), hotline="0000-1234567")
AFTER = END + dt.timedelta(1)


def files_on(county: Path, on: dt.date) -> dict[str, str]:
    shown = notices_on_site(PARAMS, county, on)
    files = notice_files(shown, COUNTY, 3)
    return {name: body.decode("utf-8-sig") for name, body in files.items()}


def test_a_county_without_notices_has_no_page(tmp_path: Path) -> None:
    assert files_on(tmp_path, POSTED) == {}
    assert bar_of(["index.ipynb"]) == {}


def test_a_page_says_its_state_then_what_then_how_to_object_then_the_list(tmp_path: Path) -> None:
    posted_in(tmp_path)
    files = files_on(tmp_path, POSTED)
    page = files["notices/2026-001.qmd"]
    order = ["还剩 5 个工作日", "公示事项", "怎样提出异议", "名单（3 人）", "依据、条件和程序"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert all(name in page for name in NAMES)
    assert "0000" in page
    assert "search: false" in page
    assert set(files) == {
        "notices/index.qmd",
        "notices/2026-001.qmd",
        "downloads/notice-2026-001.csv",
    }
    assert "还剩" in files["notices/index.qmd"]
    assert b"notices/index.qmd" in bar_of(files)[BAR]


@pytest.mark.parametrize("on", [POSTED - dt.timedelta(1), AFTER, dt.date(2030, 1, 1)])
def test_before_and_after_no_file_names_anybody(tmp_path: Path, on: dt.date) -> None:
    posted_in(tmp_path)
    text = "".join(f"{name}{body}" for name, body in files_on(tmp_path, on).items())
    assert not [name for name in NAMES if name in text]


def test_a_stub_has_no_count_no_sum_and_no_digest(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    object_to(
        *(tmp_path, number),
        says="二号不住校",
        about=2,
        on=POSTED,
        by="王",
        who="某家长",
        settings=SETTINGS,
        working_days=DAYS,
    )
    done = answer(
        *(tmp_path, number, 1),
        outcome="upheld",
        reply="家里的情况变了",
        on=POSTED,
        by="李",
        settings=SETTINGS,
        working_days=DAYS,
        corrected=[line for line in LINES if line.number != 2],
    )
    stands = files_on(tmp_path, END)["notices/2026-001.qmd"]
    assert "取消 1 人" in stands
    assert NAMES[1] not in stands

    stub = files_on(tmp_path, AFTER)["notices/2026-001.qmd"]

    assert "名单已撤下" in stub
    assert "名单已更正" in stub
    assert " 人" not in stub
    assert done.draft.digest[:8] not in stub
    # What was said and by whom stays inside.
    assert not [word for word in ("某家长", "不住校", "家里的情况") if word in stands + stub]


def test_on_the_board_of_the_unit_only_the_site_names_nobody_yet(tmp_path: Path) -> None:
    day = dt.date(2026, 8, 3)
    number = draft(tmp_path, LINES, drafted(period="unit_then_union_site"), on=day, by="王").number
    post(tmp_path, number, on=day, by="王", settings=SETTINGS, working_days=DAYS)
    at_unit = files_on(tmp_path, day)
    assert "正在学校（单位）公示栏公示" in at_unit["notices/2026-001.qmd"]
    assert not [name for name in NAMES if name in "".join(at_unit.values())]
    on_site = files_on(tmp_path, dt.date(2026, 8, 7))["notices/2026-001.qmd"]
    assert all(name in on_site for name in NAMES)


def test_teachers_have_amounts_and_totals(tmp_path: Path) -> None:
    lines = [
        line.__class__(line.number, line.name, line.school, amount_fen=200000) for line in LINES
    ]
    number = draft(tmp_path, lines, drafted("teachers"), on=POSTED, by="王").number
    post(tmp_path, number, on=POSTED, by="王", settings=SETTINGS, working_days=DAYS)
    page = files_on(tmp_path, POSTED)["notices/2026-001.qmd"]
    assert "2,000.00" in page
    assert "年级" not in page
    assert "6,000.00 元" in page


def test_on_the_last_day_no_page_says_that_nothing_is_left(tmp_path: Path) -> None:
    posted_in(tmp_path)
    files = files_on(tmp_path, END)
    assert "正在公示，最后一天" in files["notices/2026-001.qmd"]
    assert "<b>最后一天</b>" in files["notices/index.qmd"]
    assert left_words(END - dt.timedelta(2), END, 0) == "还剩 2 天，没有工作日"


def test_what_ends_first_stands_first(tmp_path: Path) -> None:
    posted_in(tmp_path, until=END + dt.timedelta(9))
    posted_in(tmp_path)
    index = files_on(tmp_path, POSTED)["notices/index.qmd"]
    assert index.index("2026-002.html") < index.index("2026-001.html")


def test_noting_that_it_was_taken_down_changes_no_page(tmp_path: Path) -> None:
    posted_in(tmp_path)
    before = digest_of_shown(notices_on_site(PARAMS, tmp_path, AFTER))
    assert built(tmp_path, AFTER) == ["2026-001"]
    assert digest_of_shown(notices_on_site(PARAMS, tmp_path, AFTER)) == before
    close(tmp_path, "2026-001", on=AFTER, by="李")
    assert digest_of_shown(notices_on_site(PARAMS, tmp_path, AFTER)) != before


def test_the_gate_is_told_everybody_who_was_ever_listed(tmp_path: Path) -> None:
    posted_in(tmp_path)
    assert everybody_listed(tmp_path) == set(NAMES)
    built(tmp_path, AFTER)
    # A county may clear old lists away; a list that stands must be there.
    (path,) = (tmp_path / "notices" / "lists").iterdir()
    path.unlink()
    assert everybody_listed(tmp_path) == set()
    assert notices_on_site(PARAMS, tmp_path, AFTER)


def test_the_home_page_lists_what_stands_and_is_else_unchanged(tmp_path: Path) -> None:
    cells = [{"id": name} for name in ("home-money", "home-schools")]
    home = json.dumps({"cells": cells}).encode()
    posted_in(tmp_path)

    assert with_notices(home, notices_on_site(PARAMS, tmp_path, AFTER)) is home
    shown = json.loads(with_notices(home, notices_on_site(PARAMS, tmp_path, POSTED)))

    assert [cell["id"] for cell in shown["cells"]] == [
        "home-money",
        "home-notices",
        "home-schools",
    ]
    text = "".join(shown["cells"][1]["outputs"][0]["data"]["text/markdown"])
    assert "5 个工作日" in text
    assert not [name for name in NAMES if name in text]
