from aidkit.show.official import WITHHELD, Column, Markup, Row, official_table


def table(*rows: Row, keys: int = 2) -> str:
    columns = [
        Column(("类别",)),
        Column(("项目",)),
        Column(("金额", "上期")),
        Column(("金额", "本期", "收入"), "money"),
        Column(("金额", "本期", "人数"), "number"),
    ]
    return official_table(columns, rows, unit="单位：元", keys=keys).html


def test_headers_merge_over_columns_and_down_to_the_last_line() -> None:
    lines = table().split("<thead>\n")[1].split("</thead>")[0].strip().split("\n")
    assert lines == [
        '<tr class="aid-unit"><td colspan="5" style="text-align:right">单位：元</td></tr>',
        '<tr><th scope="col" rowspan="3">类别</th><th scope="col" rowspan="3">项目</th>'
        '<th scope="colgroup" colspan="3">金额</th></tr>',
        '<tr><th scope="col" rowspan="2">上期</th><th scope="colgroup" colspan="2">本期</th></tr>',
        '<tr><th scope="col">收入</th><th scope="col">人数</th></tr>',
    ]


def test_keys_merge_over_rows_but_not_over_a_subtotal() -> None:
    drawn = table(
        Row(("助学", "甲", "x", 1, 1)),
        Row(("助学", "乙", "x", 2, 2)),
        Row(("小计", 3, 3), "subtotal"),
        Row(("助学", "乙", "x", 4, 4)),
        keys=1,
    )
    assert drawn.count('<th scope="rowgroup" rowspan="2">助学</th>') == 1
    assert drawn.count('<th scope="row">助学</th>') == 1
    assert '<tr class="aid-subtotal"><th scope="row" colspan="3">小计</th>' in drawn
    assert drawn.count("<tr") == 4 + 4


def test_inner_keys_merge_only_within_the_outer_key() -> None:
    drawn = table(Row(("助学", "甲", "x", 1, 1)), Row(("营养", "甲", "x", 2, 2)))
    assert drawn.count('<th scope="row">甲</th>') == 2
    assert "rowgroup" not in drawn


def test_cells_print_by_kind() -> None:
    drawn = table(Row(("助学", "甲", None, 1_234_50, 1_234)), Row(("a", "b", "c", WITHHELD, 0)))
    assert '<td style="text-align:right">1,234.50</td>' in drawn
    assert '<td style="text-align:right">1,234</td>' in drawn
    assert "<td>—</td>" in drawn
    assert '<td style="text-align:right"><span class="aid-withheld">未公布</span></td>' in drawn


def test_texts_are_escaped_and_markup_is_not() -> None:
    drawn = table(Row(("<b>&", "甲", Markup("<i>x</i>"), 1, 1)))
    assert "&lt;b&gt;&amp;" in drawn
    assert "<td><i>x</i></td>" in drawn


def test_a_total_spans_the_leading_text_columns() -> None:
    columns = [Column(("项目",)), Column(("档次",)), Column(("金额",), "money")]
    drawn = official_table(columns, [Row(("合计", 5_00), "total")]).html
    assert (
        '<tr class="aid-total"><th scope="row" colspan="2">合计</th>'
        '<td style="text-align:right">5.00</td></tr>' in drawn
    )


def test_jupyterlab_without_our_styles_scrolls_a_wide_table_and_keeps_names_whole() -> None:
    columns = [Column(("姓名",)), Column(("情况",), "long")]
    drawn = official_table(columns, [Row(("甲", "乙"))])
    for style in ("overflow-x:auto", "word-break:keep-all", "min-width:11em"):
        assert style in drawn.html
        assert style not in drawn.markdown
