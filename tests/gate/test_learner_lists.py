"""Those who learn with difficulty, listed in whatever form and by whatever name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.gate import People, scan
from aidkit.gate.lists import find_lists
from tests.gate.planted import page
from tests.gate.planted_tables import html, put

CALLED = (
    "学困生",
    "后进生",
    "学习困难学生",
    "学习有困难的学生",
    "问题学生",
    "待优生",
    "潜能生",
    "差生",
)
MASKED = ("赵某", "钱**", "孙某某")
FULL = ("蒋大山", "沈小秋", "欧阳小河")


def items(names: tuple[str, ...]) -> str:
    return "".join(f"<li>{name}</li>" for name in names)


FORMS = {
    "table": lambda who, names: (
        f"<h2>{who}名单</h2>" + html([["学生姓名", "学科"], *([name, "数学"] for name in names)])
    ),
    "items": lambda who, names: f"<h2>本校{who}名单（2026 年秋）</h2><ul>{items(names)}</ul>",
    "lines_with_class": lambda who, names: (
        f"<p>{who}帮扶名单</p>"
        + "".join(f"<p>{n}. 七（1）班 {name}</p>" for n, name in enumerate(names, 1))
    ),
    "sentence": lambda who, names: f"<p>本学期{who}：{'、'.join(names)}。</p>",
    "spaced_sentence": lambda who, names: f"<p>七年级{who}名单如下：{' '.join(names)}</p>",
    "those_are": lambda who, names: f"<p>我班{who}有{'，'.join(names)}等三人。</p>",
    "paragraph_of_names": lambda who, names: f"<h3>{who}名单</h3><p>{'　'.join(names)}</p>",
    "file_of_lines": lambda who, names: f"<pre>{who}名单\n" + "\n".join(names) + "</pre>",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", CALLED)
@pytest.mark.parametrize("names", [MASKED, FULL], ids=["masked", "unknown"])
def test_list_is_found(tmp_path: Path, form: str, who: str, names: tuple[str, ...]) -> None:
    put(tmp_path, "a.html", page(FORMS[form](who, names)))

    assert {finding.kind for finding in scan(tmp_path, People())} == {"rank_list"}


MORE = {
    "pairs": html([
        ["班级", "姓名和学籍号", "弱科", "帮扶教师"],
        *(["1班", who, "语文", "甲"] for who in MASKED),
    ]),
    "points_below_a_title": "<h3>期末总成绩</h3><ol>"
    + "".join(f"<li>1班 {300 - n * 7}分</li>" for n in range(6)) + "</ol>",
    "marked": html([["班级", "是否后进生"], *(["1班", "是"] for _ in MASKED)]),
    "winners": f"<p>进步奖获奖学生名单：{'、'.join(MASKED)}</p>",
}  # fmt: skip


@pytest.mark.parametrize("which", MORE)
def test_other_forms(tmp_path: Path, which: str) -> None:
    put(tmp_path, "a.html", page(MORE[which]))

    assert {finding.kind for finding in scan(tmp_path, People())} == {"rank_list"}


ORDINARY = {
    "ways": "<p>帮扶学困生：谈心话、家庭访、成绩差的多鼓励、方法新。</p>"
    "<p>学困生有：学习态度差、方法旧、时间少的。</p>",
    "deeds": "<p>学困生：应建档案、常做家访、多谈心得、安排辅导、计划周密、成长记录。</p>",
    "rules": "<h2>学困生名单不公开</h2><p>和谈</p><p>方法</p><p>时间</p>",
    "making": "<h2>学困生名单如何产生</h2><ol><li>按成绩提出</li><li>班主任核对</li></ol>",
    "duties": "<p>学困生名单由班主任、任课教师、学校领导掌握，不公布、不张贴、不宣读。</p>",
    "plan": "<h2>学困生帮扶</h2><ul><li>结对</li><li>谈话</li><li>家访</li><li>辅导</li></ul>",
    "titles": "<h2>学困生名单的管理</h2><ul><li>定人</li><li>定时</li><li>定点</li></ul>",
    "numbers": "<p>学困生：小学 120 人，初中 95 人，高中 40 人；进步奖：一等 12 人、二等 20。</p>",
    "poor": "<p>资助家庭经济困难、学习困难的学生。</p>"
    + html([["姓名", "金额"], *([name, "500"] for name in MASKED)]),
    "prizes": "<p>进步奖有一等奖、二等奖、三等奖，设进步之星、优秀教师、先进班级。</p>",
    "deciding": "<p>进步奖由王校长、李主任、张老师商定。</p>",
    "scores": "<h3>成绩</h3><p>共资助 120 人</p><p>人均 500 元</p><p>12 所</p><p>100 分</p>",
    "schools": "<p>学困生较多的学校是：柳林镇中心小学、方庄小学、石门中学、高家沟小学。</p>",
    "towns": "<p>学困生帮扶任务重的有：方庄镇、石门镇、高家沟镇、柳林镇、万安镇。</p>",
    "stages": "<h3>学习困难学生的统计表</h3><p>小学</p><p>初中</p><p>高中</p>",
}


@pytest.mark.parametrize("which", ORDINARY)
def test_official_pages_are_no_lists(tmp_path: Path, which: str) -> None:
    put(tmp_path, "a.html", page(ORDINARY[which]))

    assert scan(tmp_path, People()) == []


@given(
    who=st.sampled_from(CALLED),
    names=st.lists(
        st.builds(
            lambda surname, mask: surname + mask,
            st.sampled_from("赵钱孙李周吴郑王冯陈"),
            st.sampled_from(["某", "某某", "*", "**", "×", "××", "○○"]),
        ),
        min_size=3,
        max_size=60,
    ),
    apart=st.sampled_from(["、", "，", " ", ",", "和", "/"]),
)
def test_any_sentence_of_masked_names(who: str, names: list[str], apart: str) -> None:
    assert [kind for _, kind, _ in find_lists(f"本学期{who}：{apart.join(names)}。")] == [
        "rank_list"
    ]
