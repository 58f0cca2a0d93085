"""Property: a fact that is not known never makes anyone eligible and never raises an amount."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.awards import decide
from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.programs import Version

LABELS = project_labels()
PROGRAMS = ("tiered_aid", "boarder_allowance", "day_pupil_allowance", "nutrition_henan")
NULLABLE = (
    "ownership",
    "locality",
    "boarder",
    "enrolled",
    "special_groups",
    "listed_groups",
    "income_per_head_fen",
)
LISTS = ("special_groups", "listed_groups", "applied_programs", "panel_tiers")


def codes(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(LABELS.names(vocabulary)))


def known_mostly(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, st.none())


GROUPS = st.lists(codes("special_group"), max_size=3, unique=True)
PUPILS = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(["primary", "primary", "junior", "special", "senior"]),
        "grade": st.sampled_from(["p1", "p3", "p6"]),
        "ownership": known_mostly(codes("ownership")),
        "locality": known_mostly(codes("locality")),
        "boarder": known_mostly(st.booleans()),
        "enrolled": st.sampled_from([True, True, True, False, None]),
        "special_groups": known_mostly(GROUPS),
        "listed_groups": known_mostly(GROUPS),
        "income_per_head_fen": known_mostly(st.sampled_from([399_999, 400_000, 600_001, 900_000])),
        "applied_programs": st.lists(st.sampled_from(PROGRAMS), max_size=4, unique=True),
        "panel_tiers": st.lists(
            st.fixed_dictionaries({"program_id": st.sampled_from(PROGRAMS), "tier": codes("tier")}),
            max_size=4,
            unique_by=lambda tier: tier["program_id"],
        ),
    }
)


def poorer_by_one_fact(pupil: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pupil with each fact deleted in turn, and each member of each list."""
    for column in NULLABLE:
        if pupil[column] is not None:
            yield pupil | {column: None}
    for column in LISTS:
        for n in range(len(pupil[column] or ())):
            yield pupil | {column: pupil[column][:n] + pupil[column][n + 1 :]}


@pytest.mark.parametrize(
    ("region", "term"),
    [("cn/henan", "2026-autumn"), ("cn/anhui", "2023-autumn"), ("cn", "2024-spring")],
)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pupils=st.lists(PUPILS, min_size=8, max_size=16))
def test_deleting_a_fact_never_helps(
    region: str,
    term: str,
    pupils: list[dict[str, Any]],
    make_facts: Any,
    in_force: Any,
    invented: tuple[Version, ...],
) -> None:
    families = [[pupil, *poorer_by_one_fact(pupil)] for pupil in pupils]
    origin = [n for n, family in enumerate(families) for _ in family]
    first = [place for family in families for place in range(len(family))]
    facts = make_facts(*(pupil for family in families for pupil in family), term=term)
    whose = facts.select("student_no").with_columns(
        origin=pl.Series(origin), whole=pl.Series(first) == 0
    )
    versions = (*in_force(region, term), *(invented if term == "2026-autumn" else ()))
    rows = decide(facts, versions, Term.parse(term)).join(whose, on="student_no")
    whole = rows.filter("whole").select("origin", "program_id", most=pl.col("amount_fen"))
    raised = rows.join(whole, on=["origin", "program_id"]).filter(
        pl.col("amount_fen") > pl.col("most")
    )
    assert raised.is_empty(), raised
    assert rows.filter(~pl.col("eligible"))["amount_fen"].sum() == 0
    assert rows.filter("eligible")["missing"].list.len().sum() == 0
