"""One row of facts for each person a program may be for, put together from the tables of a run."""

import dataframely as dy
import polars as pl

from aidkit.facts.applications import applications, panel_answers
from aidkit.facts.freshmen import freshmen
from aidkit.facts.history import aid_received, award_changes, register
from aidkit.facts.households import households
from aidkit.facts.students import students
from aidkit.facts.teachers import teachers
from aidkit.runs import Run
from aidkit.tables import Facts

_KEY = ["subject", "person_no"]
_NONE_IS_EMPTY = (
    "applied_programs",
    "applications",
    "panel_tiers",
    "panel_amounts",
    "award_changes",
)


def assemble_facts(run: Run) -> dy.DataFrame[Facts]:
    """All that conditions may ask of each student, college student and teacher of the run's term.

    A column that does not concern a subject is null, and so is what nobody said; a list of
    entries by program is empty where there is none.

    Raises:
        dataframely.exc.ValidationError: Intake let a person in twice.
    """
    persons = pl.concat([students(run), freshmen(run), teachers(run)], how="diagonal_relaxed")
    of_families = persons.filter(pl.col("subject") != "teacher")
    family = households(run, of_families.select(*_KEY, "id_number"))
    kinds = pl.lit(list(run.county.kinds), pl.List(pl.String))
    types = Facts.create_empty().schema
    known = (
        persons.join(
            run.tables["schools"].select("school_code", "school_name"), on="school_code", how="left"
        )
        .join(family, on=_KEY, how="left")
        .join(applications(run), on="person_no", how="left")
        .join(panel_answers(run), on="person_no", how="left")
        .join(aid_received(run), on="person_no", how="left")
        .join(award_changes(run), on="person_no", how="left")
        .with_columns(
            pl.col("school_name").fill_null(pl.col("school_code")),
            term=pl.lit(run.term.code),
            county_kinds=kinds,
            aid_received=pl.when(pl.lit(not register(run).is_empty())).then(
                pl.col("aid_received").fill_null(pl.lit([], types["aid_received"]))
            ),
        )
    )
    return Facts.validate(
        known.select(
            pl.col(name).fill_null(pl.lit([], dtype)) if name in _NONE_IS_EMPTY else name
            for name, dtype in types.items()
        ).sort(_KEY),
        cast=True,
    )
