"""What rules ask of a fund: ratios, the calendar of duties, what staff pledged: internal."""

from typing import Any

from aidkit.fund.duties.ratios import RESULTS
from aidkit.fund.duties.rules import Article
from aidkit.money import yuan
from aidkit.show.fund import FundView
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, escaped, join, numbered, prose, section

BOUNDS = {"at_least": "不低于", "at_most": "不高于"}


def ratios_section(view: FundView) -> Part:
    """The ratio sheet, 不适用 with its reason."""
    ratios = view.frames["ratios"].to_dicts()
    if not ratios:
        return section("没有收录的比例", "ratios", prose(f"没有约束{view.org_type}的比例。"))
    rows = [
        Row(
            (
                *(
                    f"{row['title']}（{row['year']} 年）",
                    RESULTS[row["result"]],
                    row["share"] or None,
                    _bound(row),
                ),
                "；".join(filter(None, (row["formula"], row["figures"], row["reason"]))),
                _source(row),
            )
        )
        for row in ratios
    ]
    titles = ("比例", "结论", "实际", "要求")
    columns = [
        *(Column((title,)) for title in titles),
        Column(("算法、数字和说明",), "long"),
        Column(("依据",), "long"),
    ]
    by_year: dict[int, list[str]] = {}
    for row in ratios:
        by_year.setdefault(row["year"], []).append(RESULTS[row["result"]])
    table = official_table(columns, rows)
    years = "、".join(map(str, by_year))
    caption = f"{view.org_type}，{years} 年，算到 {view.last}。"
    title = "支出和管理费比例：" + "；".join(
        f"{year} 年{_tallied(results)}" for year, results in by_year.items()
    )
    return section(title, "ratios", numbered("tbl-ratios", table, caption))


def _tallied(results: list[str]) -> str:
    return "、".join(f"{name} {results.count(name)} 项" for name in dict.fromkeys(results))


def duties_section(view: FundView) -> Part:
    """What is due in the year after the last day."""
    duties = view.frames["duties"].to_dicts()
    if not duties:
        words = f"规则里没有{view.org_type}在今后一年要公开或报送的事。"
        return section("没有法定的公开期限", "duties", prose(words))
    rows = [
        Row(
            (
                *(str(row["due"] or "没有写日期"), str(row["alert"] or "") or None),
                *(row["title"], row["about"] or None, _source(row)),
            )
        )
        for row in duties
    ]
    columns = [
        *(Column((title,)) for title in ("最迟", "提醒")),
        *(Column((title,), "long") for title in ("要做的事", "针对", "依据")),
    ]
    dated = [row for row in duties if row["due"]]
    first = f"，最近的是 {dated[0]['due']}" if dated else ""
    table = numbered("tbl-duties", official_table(columns, rows), "今后一年要公开或报送的事。")
    return section(f"今后一年 {count(len(duties))} 件要办{first}", "duties", table)


def pledges_section(view: FundView) -> Part:
    """What staff promised against what came; who did not give is in no list."""
    posts = view.frames["pledges"].to_dicts()
    if not posts:
        return Part("", "")
    pledged = view.frames["pledged"].row(0, named=True)
    rows = [
        Row(
            (
                view.labels.label("staff_post", row["post"]),
                *(row["persons"], row["fen_a_day"], row["derived_fen"]),
                row["stated_fen"],
                _agrees(row),
            )
        )
        for row in posts
    ]
    columns = [
        Column(("岗位",)),
        Column(("人数",), "number"),
        Column(("每天",), "money"),
        Column(("每人每年", "按天算"), "money"),
        Column(("每人每年", "文件写明"), "money"),
        Column(("是否一致",)),
    ]
    table = official_table(columns, rows, unit="单位：元")
    days = f"{pledged['first']} 至 {pledged['last']}"
    received = f"教职工捐款实收 {money_words(pledged['received_fen'])}（{days}）"
    words = f"{received}，其中匿名 {yuan(pledged['anonymous_fen'])} 元。"
    if pledged["years"]:
        words += (
            f"按文件应收 {yuan(pledged['stated_fen'])} 元，"
            f"按每天的标准应收 {yuan(pledged['derived_fen'])} 元。"
        )
    else:
        words += "这段时间不是整年，年度的数不按天折算。"
    gave = [
        f"{escaped(row['donor']) or '只公布金额'} {yuan(row['fen'])} 元"
        for row in view.frames["pledge_gifts"].to_dicts()
    ]
    named = prose(f"同意公开的：{'；'.join(gave)}。") if gave else prose("没有同意公开的。")
    caption = "各岗位的认捐标准。没有捐的人不列，也不从名册里倒推。"
    return section(
        received, "pledges", join((prose(words), numbered("tbl-pledges", table, caption), named))
    )


def _agrees(row: dict[str, Any]) -> str:
    if row["stated_fen"] is None:
        return "文件没有写年额"
    return "一致" if row["stated_fen"] == row["derived_fen"] else "不一致，两个数都保留"


def _bound(row: dict[str, Any]) -> str | None:
    if row["percent"] is None or row["result"] == "not_applicable":
        return None
    return f"{BOUNDS[row['bound']]} {row['percent']}%"


def _source(row: dict[str, Any]) -> str:
    return Article(row["article"], row["clause"], row["status"], row["found_in"]).cited
