"""Places, who got one and who waits: internal."""

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person_cells, person_columns
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, bullets, escaped, folded, numbered, prose, section
from aidkit.tables import ALL

COUNTS = ("places", "candidates", "awarded", "replaced", "reserve")


def quotas_section(stored: StoredTerm) -> Part:
    """Every list of every quota, then those who wait, in the order in which they move up."""
    quotas = stored.frames["quotas"].sort("program_id", "version_id", "school_code")
    waiting = _waiting(stored)
    if quotas.is_empty() and waiting.is_empty():
        if stored.of_school:
            words = "限名额的项目全县一起排的，见县里的报告；本校没有人在递补名单。"
            return section("本校没有单列的名额", "quotas", prose(words))
        return section("没有限名额的项目", "quotas", prose("本学期的项目都不限名额。"))
    rows: list[Row] = []
    for (program,), lists in quotas.group_by("program_id", maintain_order=True):
        rows += [_line(stored, one) for one in lists.iter_rows(named=True)]
        if lists.height > 1:
            sums = (int(lists[name].sum()) for name in COUNTS)
            label = f"小计（{stored.title(str(program))}）"
            rows.append(Row((label, None, *sums, None), "subtotal"))
    columns = [
        Column(("资助项目",)),
        Column(("范围",)),
        Column(("名额", "基数"), "number"),
        Column(("名额", "名额"), "number"),
        Column(("人数", "符合条件"), "number"),
        Column(("人数", "入选"), "number"),
        Column(("人数", "其中递补"), "number"),
        Column(("人数", "等候递补"), "number"),
        Column(("最后入选的人",), "long"),
    ]
    places, awarded, reserve = (
        int(quotas[name].sum()) for name in ("places", "awarded", "reserve")
    )
    table = official_table(columns, rows, unit="单位：人", keys=1)
    caption = (
        "各项目的名额和入选人数。基数是按比例定名额的人数；全县一榜的范围写“全县”。"
        "中途空出的名额由别人递补，所以入选可以多于名额。"
    )
    return section(
        f"{count(places)} 个名额，{count(awarded)} 人入选，{count(reserve)} 人在递补名单",
        "quotas",
        *_unbalanced(stored, quotas),
        numbered("tbl-quotas", table, caption),
        _reserve(stored, waiting),
    )


def _unbalanced(stored: StoredTerm, quotas: pl.DataFrame) -> list[Part]:
    """Programs of which one school has places left while pupils of another wait."""
    lines = []
    for (program,), lists in quotas.group_by("program_id", maintain_order=True):
        sides = []
        for kind, words, number in (
            ("free", "还空 {} 个名额", (pl.col("places") - pl.col("awarded"))),
            ("waits", "有 {} 人等候", pl.col("reserve")),
        ):
            some = lists.with_columns(number.alias(kind)).filter(pl.col(kind) > 0)
            sides.append(
                "、".join(
                    escaped(str(stored.school(school))) + words.format(count(n))
                    for school, n in some.select("school_code", kind).iter_rows()
                )
            )
        if all(sides):
            title = escaped(str(stored.title(str(program))))
            lines.append(f"**{title}**：{sides[0]}，{sides[1]}。")
    if not lines:
        return []
    return [bullets(lines), prose("名额分到各校，不能自行调剂；要不要调剂，请县里按办法决定。")]


def _line(stored: StoredTerm, row: dict[str, Value]) -> Row:
    code = str(row["school_code"])
    return Row(
        (
            stored.title(str(row["program_id"])),
            "全县" if code == ALL else stored.school(code),
            row["base"],
            *(row[name] for name in COUNTS),
            row["cut_line"] or "全部入选",
        )
    )


def _waiting(stored: StoredTerm) -> pl.DataFrame:
    """Who waits, list by list: `scope` is the school or `all` whose list it is."""
    lists = stored.frames["quotas"].filter(pl.col("school_code") != ALL)
    of_schools = lists.select("version_id", "school_code", scope="school_code")
    return (
        stored.everyone.filter(outcome="reserve")
        .join(of_schools, on=["version_id", "school_code"], how="left")
        .with_columns(pl.col("scope").fill_null(ALL))
        .sort("program_id", "scope", "reserve_no", "person_no")
    )


def _reserve(stored: StoredTerm, waiting: pl.DataFrame) -> Part:
    if waiting.is_empty():
        return prose("没有人在递补名单。")
    rows = [
        Row(
            (
                stored.title(row["program_id"]),
                "全县" if row["scope"] == ALL else stored.school(row["scope"]),
                str(row["reserve_no"]),
                *person_cells(stored, row),
                stored.tier(row["tier"]),
            )
        )
        for row in waiting.iter_rows(named=True)
    ]
    columns = [*(Column((title,)) for title in ("资助项目", "范围", "递补顺序"))]
    columns += [*person_columns(stored), Column(("档次",))]
    table = numbered(
        "tbl-reserve",
        official_table(columns, rows, keys=2),
        "递补名单。有人离开本县、放弃或被取消时，按顺序递补；编号是学籍号或工号。",
    )
    return folded(f"递补名单，{count(len(rows))} 人", table, len(rows))
