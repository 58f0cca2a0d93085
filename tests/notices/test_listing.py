"""Lists: only allowed columns go out, what was written is read back, strange cells are refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import InputError
from aidkit.notices.listing import HEADERS, Line, lines_of, list_bytes, still_alike, told_apart
from aidkit.notices.settings import PERMITTED

WORDS = st.text("甲乙丙丁·戊己庚辛一二三 ,\"'（）", min_size=1, max_size=8).map(str.strip)
NAMES = WORDS.filter(bool)
AMOUNTS = st.integers(0, 10**9)

FORBIDDEN = ("身份证", "住址", "电话", "出生", "银行卡", "学籍号", "困难", "原因", "监护人")


def lines(kind: str) -> st.SearchStrategy[list[Line]]:
    columns = PERMITTED[kind]
    one = st.builds(
        Line,
        number=st.just(0),
        name=NAMES,
        school=WORDS if "school" in columns else st.just(""),
        grade=WORDS if "grade" in columns else st.just(""),
        class_name=WORDS if "class" in columns else st.just(""),
        program=WORDS if "program" in columns else st.just(""),
        amount_fen=AMOUNTS if "amount_fen" in columns else st.none(),
    )
    many = st.lists(one, max_size=6)
    return many.map(lambda all_: [replace(each, number=n) for n, each in enumerate(all_, 1)])


@given(data=st.data(), kind=st.sampled_from(sorted(PERMITTED)))
def test_a_list_is_read_back_as_it_was_written(data: st.DataObject, kind: str) -> None:
    written = data.draw(lines(kind))
    content = list_bytes(written, PERMITTED[kind])
    assert list(lines_of(content, PERMITTED[kind], "名单")) == written


def test_no_list_can_have_a_column_that_tells_more() -> None:
    headers = [HEADERS[column] for columns in PERMITTED.values() for column in columns]
    assert not [h for h in headers if any(word in h for word in FORBIDDEN)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("编号,姓名,身份证号\r\n1,试甲一,99\r\n", "只能写这些列"),
        ("编号,姓名,学校,项目,金额（元）\r\n1,试甲一,某校\r\n", "列数不对"),
        ("编号,姓名,学校,项目,金额（元）\r\n,试甲一,某校,补助,1\r\n", "缺少编号"),
        ("编号,姓名,学校,项目,金额（元）\r\n1,,某校,补助,1\r\n", "缺少编号、姓名"),
        (
            "编号,姓名,学校,项目,金额（元）\r\n1,试甲一,某校,补助,1\r\n1,试乙二,某校,补助,1\r\n",
            "两行",
        ),
        ("编号,姓名,学校,项目,金额（元）\r\n1,试甲一 13900001234,某校,补助,1\r\n", "一长串数字"),
        ("编号,姓名,学校,项目,金额（元）\r\n1,试甲一,某校 G99010120,补助,1\r\n", "一长串数字"),
        ("编号,姓名,学校,项目,金额（元）\r\n1,试甲一,某校,补助,一千\r\n", "金额“一千”读不懂"),
        ("", "列应当是"),
    ],
)
def test_strange_lists_are_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        lines_of(text.encode("utf-8-sig"), PERMITTED["payouts"], "更正.csv")


def test_a_list_of_another_encoding_is_told() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        lines_of("编号,姓名".encode("gb18030"), PERMITTED["payouts"], "更正.csv")


@given(written=lines("students"))
def test_a_class_is_kept_exactly_where_it_tells_two_apart(written: list[Line]) -> None:
    told = told_apart(written)
    keys = [(line.name, line.school, line.grade) for line in written]
    for before, after in zip(written, told, strict=True):
        alike = keys.count((before.name, before.school, before.grade)) > 1
        assert after == (before if alike else replace(before, class_name=""))


def test_who_cannot_be_told_apart_is_named_to_the_clerk() -> None:
    twins = [Line(n, "试甲一", "某校", "三年级", "1班") for n in (1, 2)]
    assert still_alike(told_apart(twins)) == ["试甲一"]
