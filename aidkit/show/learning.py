"""The county's section on learning: how pupils moved against their own earlier exams, counted."""

from collections.abc import Iterable, Mapping, Sequence
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
UNKNOWN = "not_assessed"

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
    caption = (
        "各学段学生按评定分的人数；占比是占能评定的学生，无法评定的不算在内。"
        "与按学生自己以前的考试可以预期的成绩相比，不排名次。"
    )
    part = pictured(
        "learning",
        _title(cells),
        _drawing(cells, bands),
        official_table(columns, rows, unit="单位：人"),
        caption,
    )
    return part + bullets(_notes(frames, up))


def _columns(bands: Mapping[str, str]) -> list[Column]:
    """Of how many, and persons and share of each band; no share of who is not assessed."""
    parts = {code: ("人数", "占 %") if code != UNKNOWN else ("人数",) for code in bands}
    return [
        Column(("参加评定",), "number"),
        *(Column((name, part), "number") for code, name in bands.items() for part in parts[code]),
    ]


def _values(cells: Sequence[Mapping[str, Any]]) -> list[Value]:
    values: list[Value] = [cells[0]["of"]]
    assessed = _assessed(cells)
    for cell in cells:
        values.append(shown(cell["pupils"]))
        if cell["band"] != UNKNOWN:
            values.append(None if assessed == 0 else shown(_share(cell, assessed)))
    return values


def _assessed(cells: Iterable[Mapping[str, Any]]) -> int | None:
    """Who could be assessed, of one stage; None where it is withheld how many could not."""
    (of, unknown) = next((cell["of"], cell["pupils"]) for cell in cells if cell["band"] == UNKNOWN)
    return None if unknown is None else of - unknown


def _share(cell: Mapping[str, Any], assessed: int | None) -> Decimal | None:
    """Of the assessed; None where either is withheld, or where there is nobody."""
    return percent(cell["pupils"], assessed) if assessed and cell["pupils"] is not None else None


def _drawing(cells: Mapping[tuple[str, str], Any], bands: Mapping[str, str]) -> Drawing | None:
    """A bar for each band of all stages together; what is withheld is not drawn."""
    records: list[charts.Record] = []
    assessed = _assessed(cells[ALL, band] for band in bands)
    for band, name in bands.items():
        share = None if band == UNKNOWN else _share(cells[ALL, band], assessed)
        if share is not None:
            text = f"{share}%"  # a phone has no room for more behind the longest bar
            records.append({"评定": name, "占能评定的学生（%）": float(share), "说明": text})
    if not records:
        return None
    says = "；".join(f"{r['评定']} {r['说明']}" for r in records)
    return Drawing(
        charts.bars(records, label="评定", value="占能评定的学生（%）", text="说明"),
        f"学生学业变化：{says}",
        "各种评定的学生占能评定的学生的比例，各学段合计。横轴从零起，未公布的不画。",
    )


def _title(cells: Mapping[tuple[str, str], Any]) -> str:
    of = cells[ALL, WORSE]["of"]
    start = f"{count(of)} 名学生参加学习进步评定"
    better = [cells[ALL, band]["pupils"] for band in BETTER]
    worse = cells[ALL, WORSE]["pupils"]
    assessed = _assessed(cell for (stage, _), cell in cells.items() if stage == ALL)
    if assessed == 0:
        return f"{start}，都还无法评定"
    if None in better or worse is None or assessed is None:
        return f"{start}，部分人数因人少不公布"
    found = f"{percent(sum(better), assessed)}% 有进步，{percent(worse, assessed)}% 需要关注"
    return f"{start}，能评定的 {count(assessed)} 人中 {found}"


def _notes(frames: Frames, up: str) -> list[str]:
    settings = frames["settings"].row(0, named=True)
    band_z = float(dict(frames["figures"].iter_rows())["band_z"])
    by_luck = round(100 * (1 - NormalDist().cdf(band_z)))
    file = f"{up}downloads/{settings['term']}-{NAME}.csv"
    return [
        "超出考试误差的才算进步或需要关注。即使谁也没有变化，单凭误差也会各有约 "
        f"{by_luck}% 的能评定的学生落在两边，所以要看比这多还是少。"
        "无法评定的人数不公布的，占比也不公布。"
        f"算法和误差见[学习进步怎样量]({up}progress.qmd)。",
        "可以预期的成绩，从同年级以前成绩相近的学生算出，所以全年级一起提高的在这里看不出来。",
        "只有全县各学段的数：学校之间不按成绩比较；不到 3 所学校的学段不列，也不计入合计。"
        f"不足 {settings['threshold']} 人的和能倒推出来的不公布，“未公布”不等于 0。"
        f"[下载这张表]({file})。",
    ]


def _words(frames: Frames, vocabulary: str) -> dict[str, str]:
    rows = frames["labels"].filter(pl.col("vocabulary") == vocabulary)
    return dict(rows.select("code", "label").iter_rows())
