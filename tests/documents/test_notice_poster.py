"""The sheet for a board says what the page says: state, list, rules, where to object; no more."""

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.county import County
from aidkit.documents.notice_poster import poster
from aidkit.gate.pdf import pdf_texts
from aidkit.notices.notice import Notice
from aidkit.notices.register import list_of
from aidkit.notices.steps import draft, post
from tests.notices.sample_notices import DAYS, LINES, NAMES, POSTED, SETTINGS, drafted, posted_in

COUNTY = County("青山县", "cn/henan", "青山县资助中心", "教育局二楼", (), hotline="0000-1234567")


def told(content: bytes) -> str:
    """Its words, without the spaces between them; signs are as the gate reads them."""
    return plain("".join(said for _, said in pdf_texts(content)))


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.fixture
def notice(tmp_path: Path) -> Notice:
    return posted_in(tmp_path)


def test_it_has_list_period_rules_and_where_to_object(tmp_path: Path, notice: Notice) -> None:
    lines = list_of(tmp_path, notice)
    content = poster(notice, lines, COUNTY, SETTINGS.reply)
    assert content == poster(notice, lines, COUNTY, SETTINGS.reply)
    text = told(content)
    assert all(name in text for name in NAMES)
    for words in ("2026年10月12日", notice.number, "依据：", "条件", "程序：", "3个工作日内答复"):
        assert plain(words) in text
    assert "0000-1234567" in text
    assert "更正" not in text.partition("名单(")[0]


def test_a_board_of_the_unit_comes_first(tmp_path: Path) -> None:
    day = dt.date(2026, 8, 3)
    number = draft(tmp_path, LINES, drafted(period="unit_then_union_site"), on=day, by="王").number
    made = post(tmp_path, number, on=day, by="王", settings=SETTINGS, working_days=DAYS)
    text = told(poster(made, list_of(tmp_path, made), COUNTY, 3))
    assert plain("公示期：学校（单位）公示栏2026年8月3日至2026年8月6日；网站") in text


def test_teachers_have_amounts_and_nobody_has_a_grade(tmp_path: Path) -> None:
    lines = [replace(line, grade="", class_name="", amount_fen=200000) for line in LINES]
    number = draft(tmp_path, lines, drafted("teachers"), on=POSTED, by="王").number
    made = post(tmp_path, number, on=POSTED, by="王", settings=SETTINGS, working_days=DAYS)
    text = told(poster(made, list_of(tmp_path, made), COUNTY, 3))
    assert "金额合计6,000.00元" in text
    assert "年级" not in text
