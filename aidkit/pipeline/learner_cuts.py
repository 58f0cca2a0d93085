"""The slices of learners' reports: what each school's holds, and the county's."""

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from aidkit.pipeline.slice_digests import digests_by, packed_digest, packing
from aidkit.tables.learner_slices import BOTH, LearnerRoom, learner_slice_columns
from aidkit.tables.slices import COUNTY, SCHOOL, pack, pack_by

OWN = pl.col("school_code").alias("scope")

Frames = Mapping[str, pl.DataFrame]

SHARED = tuple(name for name in BOTH if name != "schools")
"""Tables that are the same in the slices of all schools."""


class LearnerCuts:
    """The slices of one room, each packed only when asked for.

    Attributes:
        digests: Scope to a digest of all that its slice holds, and of the code that packs it.
    """

    def __init__(
        self, room: LearnerRoom, shared: Frames, parted: Frames, codes: Collection[str]
    ) -> None:
        """Tell what each school's slice holds.

        Args:
            room: Whose slices.
            shared: The tables `SHARED`; `schools` of the whole county.
            parted: Tables of all schools by name; `scope` says whose row it is.
            codes: Schools that get a slice.
        """
        columns = learner_slice_columns(room, of_county=False)
        of_school = {**shared, "settings": shared["settings"].with_columns(scope=pl.lit(SCHOOL))}
        self._shared = {name: pack(of_school[name].select(columns[name])) for name in SHARED}
        everything = {"schools": shared["schools"].with_columns(OWN), **parted}
        self._parted = {
            name: everything[name].select(*columns[name], "scope")
            for name in columns
            if name not in SHARED
        }
        self._county: dict[str, bytes] = {}
        lazy = {name: table.lazy() for name, table in self._parted.items()}
        rests_on = packed_digest(self._shared, rests_on=packing())
        self.digests = digests_by(lazy, sorted(codes), rests_on=rests_on)

    def with_county(self, tables: Frames) -> "LearnerCuts":
        """The same slices and one of the county, which holds these tables."""
        columns = learner_slice_columns("helping", of_county=True)
        self._county = {name: pack(tables[name].select(columns[name])) for name in columns}
        self.digests[COUNTY] = packed_digest(self._county, rests_on=packing())
        return self

    def packed(self, scopes: Collection[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """Scope and packed tables of these slices."""
        if COUNTY in scopes:
            yield COUNTY, self._county
        codes = sorted(scope for scope in scopes if scope != COUNTY)
        if not codes:
            return
        own = pl.col("scope").is_in(codes)
        tables = {name: table.filter(own) for name, table in self._parted.items()}
        parts = {name: pack_by(table, "scope") for name, table in tables.items()}
        nothing = {name: pack(table.clear().drop("scope")) for name, table in tables.items()}
        for code in codes:
            found = {name: parts[name].get(code) or nothing[name] for name in tables}
            yield code, {**self._shared, **found}


def progress_parts(tables: Frames, rolls: Frames) -> dict[str, pl.DataFrame]:
    """Tables of `OF_PROGRESS` and the persons, told by `scope`.

    Args:
        tables: As `learner_progress.progress_tables` gives them, and `score_problems`.
        rolls: The term's `students` and `teachers` in post.
    """
    schools = rolls["teachers"].select("teacher_no", scope="school_code")
    schools = schools.unique("teacher_no", keep="first", maintain_order=True)
    placed = (
        *("exams", "sittings", "subject_sittings", "progress", "group", "luck", "disagreements"),
        "problems",
    )
    return {
        **_persons(rolls),
        **{name: tables[name].with_columns(OWN) for name in placed},
        "teacher_results": tables["teacher_results"].join(
            schools, on="teacher_no", maintain_order="left"
        ),
    }


def helping_parts(tables: Frames, rolls: Frames, logs: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Tables of `OF_HELPING` and the persons, told by `scope`.

    Args:
        tables: As `learner_helping.helping_tables` gives them.
        rolls: The term's `students`, `teachers` in post and `schools`.
        logs: `tables.HelpLogs` of the term.
    """
    placed = (
        *("tutor_pairs", "loads", "proposals", "continuity", "peer_checks"),
        *("visits_due", "visits_of_year", "care_pairs", "care_visits_due", "care_visits_of_year"),
        *("care_coverage", "household_coverage", "screening_due", "screening_changes"),
    )
    parts = {name: tables[name].with_columns(OWN) for name in placed}
    keys = ["teacher_no", "student_no"]
    of_pairs = tables["tutor_pairs"].select(*keys, scope="school_code")
    helpers = rolls["students"].select(helper_no="student_no", helper_at="school_code")
    return {
        **_persons(rolls),
        **parts,
        "loads": parts["loads"].filter(pl.col("role") != "conduct"),
        # Whose pupil is gone is told to the school of the helper.
        "peer_checks": tables["peer_checks"]
        .join(helpers, on="helper_no", how="left", maintain_order="left")
        .with_columns(scope=pl.coalesce("school_code", "helper_at")),
        "help_logs": logs.join(of_pairs, on=keys).sort("helped_on", *keys, "source_row"),
    }


def county_tables(tables: Frames) -> dict[str, pl.DataFrame]:
    """Tables of `OF_COUNTY`, from those that `learner_helping.helping_tables` gives."""
    same = (
        *("school_targets", "school_rates", "help_left_out", "absent", "dropout_rates"),
        *("listed_children", "conduct_pairs", "conduct_visits_due", "conduct_visits_of_year"),
    )
    loads, homes = tables["loads"], tables["household_coverage"]
    conduct = pl.col("role") == "conduct"
    lacking = (pl.col("gap") != "none") | (pl.col("whereabouts") == "not_found")
    roles = {"tutor": "", "care": "care_"}

    def of_roles(table: str) -> pl.DataFrame:
        return pl.concat(
            tables[f"{prefix}{table}"].select("school_code", "state", role=pl.lit(role))
            for role, prefix in roles.items()
        )

    return {
        **{name: tables[name] for name in same},
        "conduct_loads": loads.filter(conduct),
        "household_coverage": homes.filter(lacking),
        "loads_by_school": _numbers(
            loads.filter(~conduct), ("school_code", "role", "state"), "persons"
        ),
        "visits_by_school": _numbers(
            of_roles("visits_due"), ("school_code", "role", "state"), "pairs"
        ),
        "year_by_school": _numbers(
            of_roles("visits_of_year"), ("school_code", "role", "state"), "pupils"
        ),
        "screening_by_school": _numbers(
            tables["screening_due"], ("school_code", "month", "state"), "classes"
        ),
        "gaps_by_school": _numbers(tables["care_coverage"], ("school_code", "gap"), "pupils"),
    }


def _numbers(table: pl.DataFrame, keys: tuple[str, ...], name: str) -> pl.DataFrame:
    return table.group_by(keys).agg(pl.len().cast(pl.Int64).alias(name)).sort(keys)


def _persons(rolls: Frames) -> dict[str, pl.DataFrame]:
    return {
        "pupils": rolls["students"].sort("grade", "class_name", "student_no").with_columns(OWN),
        "teachers": rolls["teachers"].sort("teacher_no").with_columns(OWN),
    }
