"""Small builders: facts of invented pupils, input tables, a county folder, an invented program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.facts.enrolment import school_days
from aidkit.programs import Version, choose, load_programs
from aidkit.programs.version import MONTHS_PER_TERM
from aidkit.project import find_project
from aidkit.tables import Facts
from tests.awards.followers import BLANK, student_no

MakeFacts = Callable[..., pl.DataFrame]
InForce = Callable[..., tuple[Version, ...]]

UNSTATED_PROGRAMS = ("fee_waiver", "nutrition_national", "textbooks", "tiered_aid")

INVENTED = """
id = "school_bus"
title = "校车补助"
short_title = "校车补助"
in_kind = false
universal = false
funder = "county"

[[version]]
region = "cn/henan"
effective_from = 2026-09-01
date_status = "stated"
status = "verified"
checked_until = 2027-08-31
unit = "yuan_per_term"
paid = "each_term"
leavers = "month"
rounding = "down"
channel = "bank_card"
tier_from = "rule"
amounts = [
  { tier = "level_1", stages = ["primary"], stated = 300.50 },
  { tier = "level_2", stages = ["primary"], stated = 120 },
]

[version.conditions]
enrolled = true
stage_in = ["primary"]
grade_in = ["p1", "p2", "p3"]
ownership_in = ["public"]
locality_in = ["village"]
boarder_is = false

[[version.tier_rule]]
tier = "level_1"
[version.tier_rule.conditions]
income_per_head_at_most = 4000
any_special_group = ["orphan"]

[[version.tier_rule]]
tier = "level_2"
[version.tier_rule.conditions]
income_per_head_at_most = 6000.01

[[version.source]]
title = "校车补助办法"
doc_no = "示教〔2026〕1号"
clause = "第三条"
found_in = "测试"
"""

INVENTED_CASES = """
region = "cn/henan/demo"

[student]
stage = "primary"
grade = "p2"
enrolled = true
ownership = "public"
locality = "village"
boarder = false
income_per_head = 6000.01

[[case]]
say = "人均收入正好在线上"
term = "2026-autumn"
expect = { amount = 120, tier = "level_2" }

[[case]]
say = "多一分就没有"
term = "2026-autumn"
student = { income_per_head = 6000.02 }
expect = { missing = ["tier_rule"] }
"""


@pytest.fixture
def make_facts() -> MakeFacts:
    """Facts from keyword dictionaries; what is left out is unknown.

    Who is `enrolled` was there the whole term and who is not was never there, unless the
    dictionary says otherwise.
    """

    def make(*persons: dict[str, Any], term: str = "2026-autumn") -> pl.DataFrame:
        days = school_days(Term.parse(term))
        rows = []
        for n, person in enumerate(persons):
            there = person.get("enrolled")
            presence = {
                "present_months": None if there is None else MONTHS_PER_TERM * there,
                "present_days": None if there is None else days * there,
            }
            own = {"term": term, "person_no": student_no(n), "name": f"甲{n}"}
            rows.append(BLANK | own | presence | person)
        return Facts.validate(pl.DataFrame(rows, schema=Facts.create_empty().schema))

    return make


@pytest.fixture(scope="session")
def shipped() -> tuple[Version, ...]:
    """Every version that ships."""
    return load_programs(find_project().params / "programs")


@pytest.fixture
def in_force(shipped: tuple[Version, ...]) -> InForce:
    """Versions in force for a region and term; programs without a region are adopted."""

    def pick(region: str, term: str, *ids: str) -> tuple[Version, ...]:
        when = Term.parse(term)
        chosen = choose(
            shipped,
            region=region,
            adopts=UNSTATED_PROGRAMS,
            on=when.starts,
            season=when.season,
        )
        return tuple(v for v in chosen if not ids or v.program.id in ids)

    return pick


@pytest.fixture
def invented(tmp_path: Path) -> tuple[Version, ...]:
    """A program of two files that no code knows; it uses what ships nowhere."""
    (tmp_path / "school_bus.toml").write_text(INVENTED, encoding="utf-8")
    (tmp_path / "school_bus.cases.toml").write_text(INVENTED_CASES, encoding="utf-8")
    return load_programs(tmp_path)
