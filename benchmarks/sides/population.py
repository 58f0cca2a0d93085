"""Invented students, freshmen and teachers in any number: `tables.Facts`, seeded, sorted by school.

Rows are drawn column by column in polars; only what people hand in (applications, tiers, aid of
other years) is drawn from a pool of a few thousand sets, because lists of structs are slow to make.
"""

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import school_days
from aidkit.programs import Version
from aidkit.programs.version import MONTHS_PER_TERM
from aidkit.tables import Facts

SCHOOL_SIZE = 1000
FRESHMEN, TEACHERS = 0.04, 0.02
"""How many there are of each beside the pupils, as a share of them."""

POOL = 4000

APPLICATIONS = (0, 0, 0, 1, 1, 2, 3)
"""How many programs somebody applies for."""

_GRADES = {
    "kindergarten": ("k1", "k2", "k3"),
    "primary": ("p1", "p2", "p3", "p4", "p5", "p6"),
    "junior": ("j1", "j2", "j3"),
    "senior": ("s1", "s2", "s3"),
    "vocational": ("v1", "v2", "v3"),
    "special": ("p1", "p4", "j1"),
}
_SCHOOLS = ("kindergarten", *["primary"] * 5, *["junior"] * 3, "senior", "vocational", "special")
_GROUPS: tuple[list[str] | None, ...] = (
    *[None] * 10,
    *[[]] * 66,
    *[["registered_poor"]] * 8,
    *[["allowance"]] * 6,
    ["allowance", "disabled"],
    ["destitute"],
    ["disabled"],
    ["disabled_parent"],
    ["epidemic"],
    ["low_income"],
    ["monitored", "registered_poor"],
    ["orphan"],
    ["sudden_hardship"],
    ["unattended"],
)


def population(students: int, versions: Iterable[Version], term: Term, seed: int) -> pl.DataFrame:
    """Invented persons for a benchmark.

    Args:
        students: Pupils on a roll; freshmen and teachers come on top.
        versions: Programs that people apply for.
        term: Their term.
        seed: The same seed gives the same people; other seeds give other people and schools.

    Returns:
        `tables.Facts`, sorted by school.
    """
    versions = tuple(versions)
    sizes = {
        "student": students,
        "freshman": round(students * FRESHMEN),
        "teacher": round(students * TEACHERS),
    }
    parts = [
        _persons(subject, size, [v for v in versions if v.program.subject == subject], term, seed)
        for subject, size in sizes.items()
    ]
    schema = Facts.create_empty().schema
    facts = pl.concat(parts, how="diagonal_relaxed")
    absent = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in facts]
    return facts.with_columns(absent).select(schema.names()).cast(schema).sort("school_code")


def _persons(
    subject: str, size: int, versions: Sequence[Version], term: Term, seed: int
) -> pl.DataFrame:
    letter = {"student": "G", "freshman": "F", "teacher": "T"}[subject]
    draw = _Draw(size, f"{subject} {seed}")
    schools = pl.int_range(size, eager=True) // SCHOOL_SIZE
    types = pl.Series(_SCHOOLS).gather(schools % len(_SCHOOLS))
    number = pl.int_range(size, eager=True).cast(pl.String).str.zfill(10)
    columns: dict[str, Any] = {
        "person_no": pl.select(
            pl.format("{}99{}{}", pl.lit(letter), pl.lit(f"{seed:03d}"), number)
        ).to_series(),
        "school_code": pl.select(
            pl.format("99{}{}", pl.lit(f"{seed:03d}"), schools.cast(pl.String).str.zfill(5))
        ).to_series(),
        "name": draw.of(["甲", "乙", "丙", "丁"]),
        "present_months": draw.of([*[MONTHS_PER_TERM] * 97, 0, 2, 4]),
        "special_groups": draw.of(_GROUPS),
        "listed_groups": draw.of(_GROUPS),
        "income_per_head_fen": draw.up_to(2_000_000),
        "income_after_illness_fen": draw.up_to(2_000_000),
        "residence": draw.of(["rural", "rural", "town", "city", None]),
        "household_place": draw.of([*["county"] * 8, "province", "elsewhere"]),
        "in_union_file": draw.of([*[False] * 9, True]),
        "locality": draw.of(["county_seat", "town", "village", "village"]),
        "ownership": draw.of([*["public"] * 8, "private", "inclusive"]),
    }
    if subject == "student":
        columns |= {
            "grade": _grades(types, draw),
            "school_type": types,
            "boarder": draw.of([True, True, False, False, None]),
            "major": draw.of(["agriculture", "performing_arts", "other"]),
        }
    elif subject == "freshman":
        columns |= {
            "stage": draw.of(["undergraduate", "vocational_college", "independent_college"]),
            "college_place": draw.of(["province", "elsewhere"]),
        }
    else:
        columns |= {
            "post": draw.of(["leader", "middle_leader", *["teacher"] * 7, "staff"]),
            "employment": draw.of([*["in_post"] * 9, "retired"]),
            "school_type": types,
            "place_tier": draw.of(["level_1", "level_2", "level_3", None]),
        }
    handed_in = _handed_in(versions, term, seed).select(
        pl.all().gather(draw.up_to(POOL).to_list() if size < POOL else draw.up_to(POOL))
    )
    rows = pl.DataFrame(columns).hstack(handed_in.get_columns())
    return _finished(rows, subject, term)


def _finished(rows: pl.DataFrame, subject: str, term: Term) -> pl.DataFrame:
    """What follows from other columns, and what is the same for all."""
    by_letter = {"k": "kindergarten", "p": "primary", "j": "junior", "s": "senior"}
    stage = pl.lit("")
    if subject == "student":
        first = pl.col("grade").str.head(1).replace(by_letter | {"v": "vocational"})
        stage = pl.when(pl.col("school_type") == "special").then(pl.lit("special")).otherwise(first)
    elif subject == "freshman":
        stage = pl.col("stage")
    months = pl.col("present_months")
    away = pl.when(months < MONTHS_PER_TERM)
    return rows.with_columns(
        term=pl.lit(term.code),
        subject=pl.lit(subject),
        school_name=pl.col("school_code"),
        class_name=pl.lit("1班"),
        grade=pl.col("grade") if subject == "student" else pl.lit(""),
        stage=stage,
        enrolled=months > 0,
        present_days=months * school_days(term) // MONTHS_PER_TERM,
        # On the 20th of the last month that counts.
        left_on=away.then(pl.lit(term.starts).dt.offset_by(pl.format("{}mo", months - 1)))
        + dt.timedelta(19),
        left_by=away.then(pl.lit("transfer_out")),
        left_county=away.then(pl.lit(True)),
        subsistence_line_fen=pl.lit(720_000, pl.Int64),
        county_kinds=pl.lit(["contiguous_poor"]),
    )


class _Draw:
    """Seeded random columns of one size."""

    def __init__(self, size: int, seed: str) -> None:
        self._size = size
        self._seeds = random.Random(seed)

    def up_to(self, bound: int) -> pl.Series:
        """Whole numbers from 0 to below a bound."""
        seed = self._seeds.randrange(2**32)
        return pl.int_range(bound, eager=True).sample(self._size, with_replacement=True, seed=seed)

    def of(self, values: Collection[Any]) -> pl.Series:
        """One of the values each; one that stands twice comes twice as often."""
        return pl.Series(values=list(values), strict=False).gather(self.up_to(len(values)))


def _grades(types: pl.Series, draw: _Draw) -> pl.Series:
    pools = {kind: pl.Series([list(grades)]) for kind, grades in _GRADES.items()}
    width = 6
    table = pl.DataFrame(
        {
            "kind": [kind for kind in pools for _ in range(width)],
            "n": list(range(width)) * len(pools),
            "grade": [grades[n % len(grades)] for grades in _GRADES.values() for n in range(width)],
        }
    )
    wanted = pl.DataFrame({"kind": types, "n": draw.up_to(width)})
    return wanted.join(table, on=["kind", "n"], how="left", maintain_order="left")["grade"]


def _handed_in(versions: Sequence[Version], term: Term, seed: int) -> pl.DataFrame:
    """A pool of `POOL` sets: applications, tiers, amounts, aid of other years, changes."""
    rng = random.Random(seed)
    rows = [_one_set(rng, versions, term) for _ in range(POOL)]
    schema = {name: Facts.create_empty().schema[name] for name in rows[0]}
    return pl.DataFrame(rows, schema=schema)


def _one_set(rng: random.Random, versions: Sequence[Version], term: Term) -> Mapping[str, Any]:
    wanted = rng.sample(versions, min(len(versions), rng.choice(APPLICATIONS)))
    ids = [v.program.id for v in wanted]
    return {
        "applied_programs": ids,
        "applications": [
            {
                "program_id": v.program.id,
                "applied_on": term.starts + dt.timedelta(rng.randrange(-60, 60)),
                "papers": list(v.evidence) if rng.random() < 0.8 else [],
                "record": rng.choice(["good", "ordinary"]),
                "hardship_causes": rng.choice([["own_illness"], ["disaster"], []]),
                "debt_fen": rng.randrange(0, 10_000_000),
                "nominated_by": rng.choice([None, None, "union"]),
            }
            for v in wanted
        ],
        "panel_tiers": [
            {"program_id": v.program.id, "tier": rng.choice(["level_1", "level_2", "level_3"])}
            for v in wanted
            if v.tier_from == "panel" or rng.random() < 0.3
        ],
        "panel_amounts": [
            {"program_id": v.program.id, "amount_fen": rng.randrange(10_000, 500_000)}
            for v in wanted
            if v.amount_from == "panel"
        ],
        "aid_received": [
            {
                "program_id": v.program.id,
                "funder": v.program.funder,
                "school_year": term.school_year - rng.randrange(4),
            }
            for v in versions
            if rng.random() < 0.02
        ],
        "award_changes": [
            {"program_id": v.program.id, "award_change": "waived", "changed_on": term.starts}
            for v in wanted
            if rng.random() < 0.01
        ],
    }
