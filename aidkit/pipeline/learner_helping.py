"""Who helps whom, what is due and done, who is missing: every table of a term."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import presence
from aidkit.pairing.care import care_coverage, household_coverage
from aidkit.pairing.continuity import continuity
from aidkit.pairing.dropout import absent_children, dropout_rates
from aidkit.pairing.lists import listed_children
from aidkit.pairing.loads import loads
from aidkit.pairing.months import school_months
from aidkit.pairing.pairs import held_on, learners_of, pairs_of, staff_of
from aidkit.pairing.peers import peer_checks
from aidkit.pairing.proposal import propose
from aidkit.pairing.school_help import help_left_out, school_rates, school_targets
from aidkit.pairing.screening import screening_changes, screening_due
from aidkit.pairing.settings import PairingRules
from aidkit.pairing.visits import visits_due, visits_of_year
from aidkit.tables.pairing import ScreeningChanges

Frames = Mapping[str, pl.DataFrame]

PAIRED = ("tutor_pairs", "conduct_pairs", "care_pairs")

REGISTERS = (
    *PAIRED,
    *("peer_pairs", "household_pairs", "class_screening", "school_pairs", "school_help"),
)
"""A county that hands in none of them gets no report on helping."""

READS = (
    *REGISTERS,
    *("students", "freshmen", "teachers", "schools", "scores", "visits", "help_logs"),
    *("enrolment_changes", "civil_affairs_list", "disabled_persons_list"),
    "monitored_households_list",
)
"""Tables of the term that these are made from, besides the facts and who needs help in what."""

LOOKS_BACK = ("students", "scores", *PAIRED, "visits", "class_screening", "school_help")
"""Tables of earlier terms that they are made from."""

OF_LEARNERS = (
    *("subject", "person_no", "name", "stage", "grade", "class_name", "locality"),
    *("special_groups", "left_on", "school_code"),
)
"""Columns of `tables.Facts` that they are made from."""


@dataclass(frozen=True)
class Asked:
    """What is asked: by which declared figures, of which term, on which day."""

    rules: PairingRules
    term: Term
    as_of: dt.date


def helping_tables(
    asked: Asked, tables: Frames, facts: pl.DataFrame, group: pl.DataFrame, earlier: Frames
) -> dict[str, pl.DataFrame]:
    """Every table of `tables.pairing`; pupils of two roles are in no table together.

    Args:
        asked: What is asked.
        tables: The term's input tables.
        facts: `tables.Facts` of the term.
        group: The learners looked after: `student_no`, `weak` and `need` as `propose` wants them.
        earlier: Those of `LOOKS_BACK` of all terms before.
    """
    rules, term, as_of = asked.rules, asked.term, asked.as_of
    past = {name: pl.concat([earlier[name], tables[name]]) for name in LOOKS_BACK}
    staff = staff_of(tables["teachers"], term, as_of)
    paired = {name: pairs_of(tables[name], facts, term, as_of) for name in PAIRED}
    tutors, conduct, care = paired.values()
    learners = learners_of(facts)
    wanting = learners.filter(pl.col("left_on").is_null()).join(group, on="student_no")
    seen = {**tables, "scores": past["scores"], "visits": past["visits"]}
    absent = absent_children(seen, earlier["students"], term, as_of)
    schools = (tables["school_pairs"], past["school_help"], tables["schools"], term)
    months = school_months(term, as_of)["month"]
    found = {
        **paired,
        "loads": loads(
            *(staff, tutors, conduct, care),
            rules=rules,
            as_of=as_of,
            tutoring={*wanting["school_code"].drop_nulls(), *tutors["school_code"].drop_nulls()},
        ),
        "proposals": propose(wanting, tutors, staff, rules=rules, as_of=as_of),
        "continuity": _kept(asked, tables, earlier, now=tutors, staff=staff, learners=learners),
        "peer_checks": peer_checks(tables["peer_pairs"], facts, term, as_of),
        **_visits(asked, paired, past),
        "care_coverage": care_coverage(tables, facts, held_on(care, as_of), term),
        "household_coverage": household_coverage(tables, held_on(care, as_of), term),
        "screening_due": screening_due(tables["class_screening"], facts, term, as_of),
        "screening_changes": ScreeningChanges.create_empty()
        if months.is_empty()
        else screening_changes(past["class_screening"], facts, months[-1], as_of),
        "school_targets": school_targets(*schools, targets=rules.targets, as_of=as_of),
        "school_rates": school_rates(*schools, rates=rules.rates, as_of=as_of),
        "help_left_out": help_left_out(tables["school_pairs"], tables["school_help"]),
        "absent": absent,
        "dropout_rates": dropout_rates(tables["students"], absent, term, rules.dropout_percent),
        "listed_children": listed_children(tables, absent, term),
    }
    return {name: pl.DataFrame(frame) for name, frame in found.items()}


def _visits(asked: Asked, paired: Frames, past: Frames) -> dict[str, pl.DataFrame]:
    visits = past["visits"]
    rule, term, as_of = asked.rules.visits, asked.term, asked.as_of
    found: dict[str, pl.DataFrame] = {}
    for role, name in zip(("", "conduct_", "care_"), PAIRED, strict=True):
        found[f"{role}visits_due"] = visits_due(paired[name], visits, term, rule=rule, as_of=as_of)
        found[f"{role}visits_of_year"] = visits_of_year(
            paired[name], past[name], visits, term, rule=rule, as_of=as_of
        )
    return found


def _kept(
    asked: Asked,
    tables: Frames,
    earlier: Frames,
    *,
    now: pl.DataFrame,
    staff: pl.DataFrame,
    learners: pl.DataFrame,
) -> pl.DataFrame:
    """`Continuity` of the pairs at the end of the term before."""
    before = asked.term.previous()
    roll = earlier["students"].filter(pl.col("term") == before.code)
    there = presence(
        roll.select("school_code", "student_no"),
        tables["enrolment_changes"],
        tables["schools"],
        before,
    )
    then = roll.join(there.select("student_no", "left_on"), on="student_no", how="left").select(
        *("name", "school_code", "grade", "class_name", "left_on"),
        subject=pl.lit("student"),
        person_no="student_no",
        stage=pl.lit(None, pl.String),
        locality=pl.lit(None, pl.String),
        special_groups=pl.lit([], pl.List(pl.String)),
    )
    held = held_on(pairs_of(earlier["tutor_pairs"], then, before, before.ends), before.ends)
    return continuity(held, now, staff, learners, years=asked.rules.years, as_of=asked.as_of)
