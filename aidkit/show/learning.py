"""The county's section on learning: how pupils moved against their own earlier exams, counted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import polars as pl

from aidkit.show import charts
from aidkit.show.numbers import count, percent
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Drawing, Part, bullets, pictured
from aidkit.show.view import shown
from aidkit.tables import ALL

BETTER = ("clearly_better", "better")
WORSE = "attention"

NAME = "progress"
"""Of the table, and of its download: `<term>-progress.csv`."""

Frames = Mapping[str, pl.DataFrame]


def learning_section(frames: Frames, *, up: str) -> Part:
    """Shares of pupils by band and stage; nothing where a term has no exams, or too few schools.

    Args:
        frames: Tables of the slice `tables.learner_slices.OF_PUBLIC`.
        up: Path from the page to the top of the site.
    """
    table = frames[NAME]
    if table.is_empty():
        return Part("", "")
    stages, bands = (_words(frames, name) for name in ("stage", "progress_band"))
    told = [stage for stage in stages if stage in set(table["stage"])]
    cells = {(row["stage"], row["band"]): row for row in table.to_dicts()}
    of = {stage: [cells[stage, band] for band in bands] for stage in (*told, ALL)}
    rows = [Row((stages[stage], *_values(of[stage]))) for stage in told]
    if len(told) > 1:
        rows.append(Row(("合计", *_values(of[ALL])), "total"))
    columns = [Column(("学段",)), *_columns(bands)]
    caption = "各学段学生按评定分的人数和占比。与按学生自己以前的考试可以预期的成绩相比，不排名次。"
    part = pictured(
        "learning",
        _title(cells),
        _drawing(cells, bands),
        official_table(columns, rows, unit="单位：人"),
        caption,
    )
    return part + bullets(_notes(frames, up))


def _columns(bands: Mapping[str, str]) -> list[Column]:
    """Of how many, and persons and share of each band."""
    return [
        Column(("参加评定",), "number"),
        *(Column((name, part), "number") for name in bands.values() for part in ("人数", "占 %")),
    ]


def _values(cells: Sequence[Mapping[str, Any]]) -> list[Value]:
    values: list[Value] = [cells[0]["of"]]
    for cell in cells:
        values += [shown(cell["pupils"]), shown(_share(cell))]
    return values


def _share(cell: Mapping[str, Any]) -> Decimal | None:
    return None if cell["pupils"] is None else percent(cell["pupils"], cell["of"])


def _drawing(cells: Mapping[tuple[str, str], Any], bands: Mapping[str, str]) -> Drawing | None:
    """A bar for each band of all stages together; what is withheld is not drawn."""
    records: list[charts.Record] = []
    for band, name in bands.items():
        share = _share(cells[ALL, band])
        if share is not None:
            text = f"{share}%"  # a phone has no room for more behind the longest bar
            records.append({"评定": name, "占参加评定的学生（%）": float(share), "说明": text})
    if not records:
        return None
    says = "；".join(f"{r['评定']} {r['说明']}" for r in records)
    return Drawing(
        charts.bars(records, label="评定", value="占参加评定的学生（%）", text="说明"),
        f"学生学业变化：{says}",
        "各种评定的学生占参加评定的学生的比例，各学段合计。横轴从零起，未公布的不画。",
    )


def _title(cells: Mapping[tuple[str, str], Any]) -> str:
    of = cells[ALL, WORSE]["of"]
    start = f"{count(of)} 名学生参加学习进步评定"
    better = [cells[ALL, band]["pupils"] for band in BETTER]
    worse = cells[ALL, WORSE]["pupils"]
    if None in better or worse is None:
        return f"{start}，部分人数因人少不公布"
    return f"{start}，{percent(sum(better), of)}% 有进步，{percent(worse, of)}% 需要关注"


def _notes(frames: Frames, up: str) -> list[str]:
    settings = frames["settings"].row(0, named=True)
    band_z = float(dict(frames["figures"].iter_rows())["band_z"])
    by_luck = round(100 * (1 - NormalDist().cdf(band_z)))
    file = f"{up}downloads/{settings['term']}-{NAME}.csv"
    return [
        "超出考试误差的才算进步或需要关注。即使谁也没有变化，单凭误差也会各有约 "
        f"{by_luck}% 的学生落在两边，所以要看比这多还是少。"
        f"算法和误差见[学习进步怎样量]({up}progress.qmd)。",
        "可以预期的成绩，从同年级以前成绩相近的学生算出，所以全年级一起提高的在这里看不出来。",
        "只有全县各学段的数：学校之间不按成绩比较；不到 3 所学校的学段不列，也不计入合计。"
        f"不足 {settings['threshold']} 人的和能倒推出来的不公布，“未公布”不等于 0。"
        f"[下载这张表]({file})。",
    ]


def _words(frames: Frames, vocabulary: str) -> dict[str, str]:
    rows = frames["labels"].filter(pl.col("vocabulary") == vocabulary)
    return dict(rows.select("code", "label").iter_rows())
