"""Small made-up terms for tests: pupils and decisions as frames, from a few numbers."""

import random
from collections.abc import Collection
from typing import TypedDict

import polars as pl

from aidkit.calendar import Term
from aidkit.disclosure import Counted, aggregates, count_term, disclose
from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.disclosure.told import NOTHING, Told
from aidkit.tables import INPUTS, Decisions, Facts, Problems, ReadCounts
from aidkit.tables.disclosed import PublicPrograms
from aidkit.tables.settled import Quotas

TERM = Term.parse("2026-autumn")

GRADES = {"primary": ("p1", "p2", "p3", "p4", "p5", "p6"), "junior": ("j1", "j2", "j3")}
STAGES = {
    "primary": ("primary",),
    "junior": ("junior",),
    "nine_year": ("primary", "junior"),
    "special": ("special",),
}
BOARDER = {"primary": 62_500, "junior": 75_000, "special": 75_000}
DAY = {"primary": 31_250, "junior": 37_500, "special": 37_500}
TIERS = {"level_1": 100_000, "level_2": 75_000, "level_3": 50_000}
HEADS = {
    ("boarder", ""): {stage: {fen} for stage, fen in BOARDER.items()},
    ("day", ""): {stage: {fen} for stage, fen in DAY.items()},
    **{("tiered", tier): {stage: {fen} for stage in BOARDER} for tier, fen in TIERS.items()},
}
EXCLUSIVE = [("boarder", "day")]
GROUPS = ("registered_poor", "allowance", "orphan", "disabled")


class World(TypedDict):
    """The tables that disclosure takes."""

    facts: pl.DataFrame
    decisions: pl.DataFrame
    schools: pl.DataFrame
    programs: pl.DataFrame
    quotas: pl.DataFrame
    donations: pl.DataFrame
    problems: pl.DataFrame
    counts: pl.DataFrame


def world(plan: list[tuple[str, int, float]], seed: int) -> World:
    """The tables of a term.

    Args:
        plan: Schools as (type, pupils, share of poor pupils).
        seed: Same seed, same world.
    """
    draw = random.Random(seed)
    schools, facts, decisions = [], [], []
    for place, (kind, pupils, poor) in enumerate(plan):
        code = f"99{place:08d}"
        schools.append(
            {
                "source_file": "学校名单.xlsx",
                "source_sheet": "学校名单",
                "source_row": place + 2,
                "term": None,
                "school_code": code,
                "school_name": f"试验{place}学校",
                "school_type": kind,
                "ownership": "public",
                "locality": "village",
                "hardship_level": None,
            }
        )
        for number in range(pupils):
            stage = STAGES[kind][number % len(STAGES[kind])]
            grade = draw.choice(GRADES["primary" if stage == "special" else stage])
            student = f"L{place:07d}{number:07d}ABCD"
            needy = draw.random() < poor
            boarder = draw.random() < 0.4
            groups = draw.sample(GROUPS, k=draw.choice((1, 1, 2))) if needy else []
            facts.append(_fact(student, code, stage, grade, boarder, groups))
            tier = draw.choice(tuple(TIERS)) if needy and draw.random() < 0.8 else None
            grants = {
                "waiver": (True, None, 30_000),
                "tiered": (tier is not None, tier, TIERS.get(tier or "", 0)),
                "boarder": (needy and boarder, None, BOARDER[stage]),
                "day": (needy and not boarder, None, DAY[stage]),
            }
            for program, (eligible, level, amount) in grants.items():
                decisions.append(
                    _decision(facts[-1], program, eligible, level, amount if eligible else 0)
                )
    return {
        "facts": Facts.validate(pl.DataFrame(facts, schema=_types(Facts)), cast=True),
        "decisions": Decisions.validate(
            pl.DataFrame(decisions, schema=_types(Decisions)), cast=True
        ),
        "schools": INPUTS["schools"].validate(
            pl.DataFrame(schools, schema=_types(INPUTS["schools"])), cast=True
        ),
        "programs": PublicPrograms.validate(
            pl.DataFrame(
                [_program(p) for p in ("waiver", "tiered", "boarder", "day")],
                schema=_types(PublicPrograms),
            ),
            cast=True,
        ),
        "quotas": Quotas.create_empty(),
        "donations": INPUTS["donations"].create_empty(),
        "problems": Problems.create_empty(),
        "counts": ReadCounts.create_empty(),
    }


def counted(world: World) -> Counted:
    return count_term(
        facts=world["facts"],
        decisions=world["decisions"],
        schools=world["schools"],
        programs=world["programs"],
        quotas=world["quotas"],
    )


def disclosed(
    world: World,
    *,
    threshold: int,
    width: int = 1,
    told: Told = NOTHING,
    donor_columns: Collection[str] = PERMITTED_COLUMNS["donors"],
) -> dict[str, pl.DataFrame]:
    """The public tables."""
    return disclose(
        counted(world),
        term=TERM,
        schools=world["schools"],
        programs=world["programs"],
        donations=world["donations"],
        problems=world["problems"],
        counts=world["counts"],
        threshold=threshold,
        width=width,
        told=told,
        donor_columns=donor_columns,
    )


def in_full(world: World) -> dict[str, pl.DataFrame]:
    """What internal reports show."""
    return aggregates(counted(world))


def _types(schema: type) -> dict[str, pl.DataType]:
    return dict(schema.create_empty().schema)  # type: ignore[attr-defined]


def _fact(
    student: str, code: str, stage: str, grade: str, boarder: bool, groups: list[str]
) -> dict[str, object]:
    return {
        "term": "2026-autumn",
        "person_no": student,
        "subject": "student",
        "name": "试者",
        "school_code": code,
        "school_name": code,
        "stage": stage,
        "grade": grade,
        "class_name": "1班",
        "ownership": "public",
        "locality": "village",
        "boarder": boarder,
        "enrolled": True,
        "special_groups": groups,
        "listed_groups": [],
        "applied_programs": [],
        "applications": [],
        "panel_tiers": [],
        "panel_amounts": [],
        "award_changes": [],
    }


def _decision(
    fact: dict[str, object], program: str, eligible: bool, tier: str | None, amount: int
) -> dict[str, object]:
    kept = ("term", "subject", "person_no", "name", "school_code", "stage", "grade", "class_name")
    return {key: fact[key] for key in kept} | {
        "program_id": program,
        "version_id": f"{program}@cn/test@2026-01-01",
        "eligible": eligible,
        "outcome": "awarded" if eligible else "not_eligible",
        "awarded": eligible,
        "tier": tier,
        "full_fen": amount,
        "amount_fen": amount,
        "rank": None,
        "reserve_no": None,
        "yielded_to": None,
        "missing": [],
        "explanation": "",
        "determination_id": f"{program}{fact['person_no']}",
    }


def _program(program: str) -> dict[str, object]:
    return {
        "program_id": program,
        "version_id": f"{program}@cn/test@2026-01-01",
        "title": program,
        "subject": "student",
        "funder": "county",
        "region": "cn/test",
        "source_title": "试验文件",
        "doc_no": None,
        "clause": None,
        "status": "verified",
        "checked_until": None,
        "in_kind": False,
        "universal": program == "waiver",
        "case_by_case": False,
        "quota": None,
        "relations": [],
        "funding": [],
        "targets": [],
    }
