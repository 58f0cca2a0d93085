"""What programs must reach in a year, against what is done: internal, county only."""

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.programs.vocabulary import TARGETS
from aidkit.show.numbers import count, money_words, percent
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, numbered, prose, section

BASES = {
    "persons_per_year": "本学期应享资助的人",
    "raised_per_year": "本学年登记的全部捐赠，登记表没有分到项目",
    "visits_per_year": "本学期受助学生中走访达到次数的人",
}


def targets_section(stored: StoredTerm) -> Part:
    """Each program's targets, what is done, and what the figure counts."""
    rows: list[Row] = []
    reached = 0
    for program in stored.programs.iter_rows(named=True):
        for target in program["targets"]:
            done, wanted = _done(stored, program["program_id"], **target)
            reached += done >= wanted
            rows.append(_line(program["title"], target, done, wanted))
    if not rows:
        return section("没有写明全年目标的项目", "targets", prose("本学期的项目都没有全年目标。"))
    columns = [Column((title,)) for title in ("资助项目", "目标", "全年要达到", "已经做到")]
    columns += [Column(("完成 %",), "number"), Column(("按什么算",), "long")]
    return section(
        f"{count(len(rows))} 个全年目标，到本学期达到 {count(reached)} 个",
        "targets",
        numbered("tbl-targets", official_table(columns, rows, keys=1), "各项目的全年目标和进度。"),
    )


def _line(title: str, target: dict[str, object], done: int, wanted: int) -> Row:
    code, figure = str(target["target"]), int(str(target["figure"]))
    share = percent(done, wanted)
    if code == "raised_per_year":
        goal, made = money_words(wanted), money_words(done)
    elif code == "visits_per_year":
        goal, made = f"每人 {figure} 次（{count(wanted)} 人）", f"{count(done)} 人"
    else:
        goal, made = f"{count(wanted)} 人", f"{count(done)} 人"
    return Row((title, TARGETS[code].removesuffix("（元）"), goal, made, share, BASES[code]))


def _done(stored: StoredTerm, program: str, *, target: str, figure: int) -> tuple[int, int]:
    """What is done and what must be, in persons or fen."""
    helped = stored.everyone.filter(pl.col("awarded"), program_id=program)["person_no"].unique()
    if target == "raised_per_year":
        return _raised(stored), figure * 100
    if target == "persons_per_year":
        return helped.len(), figure
    visits = stored.frames["visits"].group_by("student_no").len("visits")
    often = visits.filter(pl.col("student_no").is_in(helped.implode()), pl.col("visits") >= figure)
    return often.height, helped.len()


def _raised(stored: StoredTerm) -> int:
    """Gifts of the school year; those without a day count too: they stand in its register."""
    first = stored.term.starts.replace(year=stored.term.school_year, month=9)
    days = pl.col("donated_on").is_null() | (
        pl.col("donated_on").is_between(first, stored.term.ends)
    )
    return int(stored.frames["donations"].filter(days)["amount_fen"].sum())
