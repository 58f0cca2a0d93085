import json
from decimal import Decimal

from aidkit.show.marks import KeyFigure, dot_cell, key_figures, share_bar, sparkline
from aidkit.show.parts import (
    CHART_MIME,
    IN_JUPYTER,
    PAGE_MIME,
    Part,
    chart,
    escaped,
    join,
    prose,
    tabs,
)


def test_text_from_data_cannot_become_markup() -> None:
    text = escaped("云岭<中>学 [x](y) **z** `c` {.d}\n# e")
    assert text == r"云岭\<中\>学 \[x\](y) \*\*z\*\* \`c\` \{.d\} \# e"
    assert prose(text).html == "<p>云岭&lt;中&gt;学 [x](y) **z** `c` {.d} # e</p>"


def test_a_chart_is_text_for_the_page_and_a_specification_for_jupyterlab() -> None:
    spec = {"data": {"values": [{"学校": "</script><b>"}]}}
    part = chart(spec, '甲"乙')
    assert part.markdown.startswith("```{=html}\n")
    assert "</script><b>" not in part.markdown
    inner = part.markdown.split('class="aid-spec">')[1].split("</script>")[0]
    assert json.loads(inner) == spec
    assert 'aria-label="甲&quot;乙"' in part.markdown
    first, drawn = part.bundles()
    assert first == {"text/markdown": part.markdown, "text/html": ""}
    assert drawn == {CHART_MIME: {**spec, **IN_JUPYTER}}


def test_jupyterlab_gets_a_width_and_a_version_that_it_can_draw() -> None:
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container"}
    (_, drawn) = chart(spec, "甲").bundles()
    assert isinstance(drawn[CHART_MIME]["width"], int)
    assert CHART_MIME == "application/vnd.vegalite.v5+json"
    assert drawn[CHART_MIME]["$schema"].endswith("/v5.json")


def test_pieces_join_in_order_and_keep_front_matter() -> None:
    front = {"title": "甲"}
    joined = join((Part("a", "A"), Part("", ""), Part("b", "B", page=front)))
    assert (joined.markdown, joined.html) == ("a\n\nb", "A\nB")
    assert joined.bundles()[0][PAGE_MIME] == front


def test_front_matter_without_text_is_kept_below_a_warning() -> None:
    top = Part("", "<h1>甲</h1>", page={"title": "甲"})
    joined = join((Part("a", "A"), top))
    assert (joined.markdown, joined.html) == ("a", "A\n<h1>甲</h1>")
    assert joined.page == {"title": "甲"}


def test_one_panel_needs_no_tabs() -> None:
    assert tabs(表=prose("甲")).markdown == "甲"
    assert tabs(图=prose("甲"), 表=prose("乙")).markdown.count("### ") == 2


def test_a_change_is_told_by_sign_and_word_not_by_colour_alone() -> None:
    up = key_figures([KeyFigure("人数", "5", "人", "比上学期", "+2", "人")]).html
    assert "▲ 增加 2</b> 人" in up
    down = key_figures([KeyFigure("人数", "5", "人", "比上学期", "−2", "人")]).html
    assert "▼ 减少 2</b> 人" in down
    same = key_figures([KeyFigure("人数", None, "人", "比上学期", "0", "")]).html
    assert "没有变化" in same
    assert "未公布" in same


def test_a_trend_leaves_withheld_terms_out_and_needs_two_points() -> None:
    assert sparkline([None, 3]) == ""
    assert 'points="5.0,20.0 175.0,4.0"' in sparkline([1, None, 3])
    assert 'points="5.0,12.0 175.0,12.0"' in sparkline([7, 7])


def test_a_share_of_zero_has_no_length() -> None:
    drawn = share_bar([("甲", 300, "3.00 元"), ("乙", 0, "未公布")]).html
    assert drawn.count("flex-grow") == 1
    assert "<b>3.00 元 · 100.0%</b>" in drawn
    assert "<b>未公布</b>" in drawn


def test_a_dot_without_a_published_share_is_not_drawn() -> None:
    up = Decimal(10)
    assert "未公布" in dot_cell(None, up, up, "").html
    assert "<circle" in dot_cell(up, up, up, "甲").html
