"""What the sheet of a spot check prints of each drawn award, and what to look at."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from aidkit.awards.explain import less_than_whole
from aidkit.awards.wordings import take_apart
from aidkit.labels import Labels, project_labels
from aidkit.money import yuan
from aidkit.programs import Version
from aidkit.review.spot_check import Award, Row

_SUBJECTS = {"teacher": "教师", "freshman": "大学"}
"""What stands for a class where there is none."""


def rows_to_check(
    decisions: pl.DataFrame,
    chosen: Sequence[Award],
    versions: Mapping[str, Version],
    schools: pl.DataFrame,
) -> tuple[Row, ...]:
    """The rows of the sheet: school by school, class by class, numbered from 1.

    Args:
        decisions: `tables.Decisions` that were drawn from.
        chosen: What was drawn.
        versions: Program versions by id, at least those that decided.
        schools: The term's schools.
    """
    wanted = {(award.person_no, award.program_id) for award in chosen}
    near = decisions.filter(pl.col("person_no").is_in([award.person_no for award in chosen]))
    rows = near.iter_rows(named=True)
    drawn = [row for row in rows if (row["person_no"], row["program_id"]) in wanted]
    names = dict(schools.select("school_code", "school_name").iter_rows())
    labels = project_labels()
    return tuple(
        _row(no, row, versions[row["version_id"]], names, labels)
        for no, row in enumerate(sorted(drawn, key=_place), 1)
    )


def _row(
    no: int, row: Mapping[str, Any], version: Version, schools: Mapping[str, str], labels: Labels
) -> Row:
    grade = labels.label("grade", row["grade"]) if row["grade"] else ""
    tiers = labels.names("tier")
    tier = row["tier"]
    return Row(
        no=str(no),
        school=schools.get(row["school_code"] or "", ""),
        class_name=f"{grade} {row['class_name']}".strip() or _SUBJECTS.get(row["subject"], ""),
        name=row["name"],
        person_no=row["person_no"],
        program=version.program.short_title,
        tier=labels.label("tier" if tier in tiers else "case", tier) if tier else "",
        amount=yuan(row["amount_fen"]) if row["amount_fen"] else "不计金额",
        look="\n".join(_looks(row, version, labels)),
        determination_id=row["determination_id"],
    )


def _looks(row: Mapping[str, Any], version: Version, labels: Labels) -> list[str]:
    """What to see of an award: what the decision rests on, why it is less, and the papers."""
    met = (r for clause in take_apart(row["explanation"]).clauses for r in clause.rules if r.met)
    seen = dict.fromkeys(r.label if r.label == r.seen else f"{r.label}：{r.seen}" for r in met)
    lines = ["；".join(seen)] if seen else []
    if less := less_than_whole(row):
        lines.append(less.removeprefix("；"))
    if version.evidence:
        papers = "、".join(labels.label("paper", code) for code in version.evidence)
        lines.append(f"材料：{papers}")
    return lines


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Whoever visits a school finds its awards together, class by class."""
    names = ("school_code", "grade", "class_name", "person_no", "program_id")
    return tuple(row[name] or "" for name in names)
