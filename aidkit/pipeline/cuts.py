"""The slices of one audience: what each school's holds of the county's tables."""

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from aidkit.awards.to_do import find_tasks
from aidkit.pipeline.slice_digests import digests_by, packed_digest
from aidkit.tables.slices import (
    COUNTY,
    COUNTY_PERSONS,
    PERSONS,
    SCHOOL,
    Audience,
    pack,
    pack_by,
    slice_columns,
)

SHARED = ("labels", "county", "programs")
"""Tables that are the same in the slices of all schools."""

PARTED = ("schools", "roll", "aid", "data_quality")
"""Tables without persons of which a school's slice holds its own rows."""

OF_ANYONE = ("facts", "award_changes", "decisions")
"""Tables with persons of which some are no students."""

OF_WHOM = ("school_code", "subject")

LISTS = ("quotas", "funding_demand", "completeness", "corrections")
"""Tables with persons that are cut by school and program alone."""

NOBODY = pl.col("persons").eq_missing(0) & (
    pl.col("breakdown").is_in(["grade", "category"]) | pl.col("amount_fen").eq_missing(0)
)
"""Rows of `aid` that say no more than their absence: every school has one for whatever occurs in
some other school. A null, which is withheld, is not among them.
"""

OWN = pl.col("school_code").alias("scope")

Frames = Mapping[str, pl.DataFrame]


class Cuts:
    """The slices of one audience, each packed only when asked for.

    Attributes:
        digests: Scope to a digest of all that its slice holds, and of the code that packs it.
    """

    def __init__(
        self, audience: Audience, county: Frames, persons: Frames, *, rests_on: str
    ) -> None:
        """Tell what each slice holds.

        Args:
            audience: Whose slices.
            county: The county's tables without persons.
            persons: Its tables with persons; empty for the public.
            rests_on: Digest of what packs them.
        """
        whole = {**county, **persons}
        columns = slice_columns(audience, COUNTY)
        self._county = {name: pack(whole[name].select(columns[name])) for name in columns}
        self._shared = {name: self._county[name] for name in SHARED}
        settings = county["settings"].with_columns(scope=pl.lit(SCHOOL))
        self._shared["settings"] = pack(settings)
        tables = {name: county[name].lazy().with_columns(OWN) for name in PARTED}
        tables["aid"] = tables["aid"].filter(~NOBODY)
        tables |= _of_schools(persons, county["programs"]) if persons else {}
        self._parted = {
            name: table.select(*columns[name], "scope") for name, table in tables.items()
        }
        term = county["settings"]["term"].item()
        schools = county["schools"].filter(term=term)["school_code"].sort().to_list()
        shared = packed_digest(self._shared, rests_on=rests_on)
        self.digests = {
            COUNTY: packed_digest(self._county, rests_on=rests_on),
            **digests_by(self._parted, schools, rests_on=shared),
        }

    def packed(self, scopes: Collection[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """Scope and packed tables of these slices."""
        if COUNTY in scopes:
            yield COUNTY, self._county
        codes = [scope for scope in scopes if scope != COUNTY]
        wanted = [table.filter(pl.col("scope").is_in(codes)) for table in self._parted.values()]
        tables = dict(zip(self._parted, pl.collect_all(wanted), strict=True)) if codes else {}
        parts = {name: pack_by(table, "scope") for name, table in tables.items()}
        lacking = [name for name in tables if len(parts[name]) < len(codes)]
        nothing = {name: pack(tables[name].clear().drop("scope")) for name in lacking}
        for code in codes:
            own = {name: parts[name].get(code) or nothing[name] for name in tables}
            yield code, {**self._shared, **own}


def persons_of(internal: Frames, public: Frames) -> dict[str, pl.DataFrame]:
    """The county's tables with persons; decisions that are plainly against somebody left out."""
    kept = {name: internal[name] for name in (*PERSONS, *COUNTY_PERSONS) if name in internal}
    facts = internal["facts"]
    decisions = internal["decisions"].select(PERSONS["decisions"])
    decisions = decisions.filter(pl.col("outcome") != "not_eligible")
    return {
        **kept,
        "facts": facts.select(*PERSONS["facts"], *OF_WHOM),
        "award_changes": facts.select("person_no", "award_changes", *OF_WHOM)
        .filter(pl.col("award_changes").list.len() > 0)
        .explode("award_changes")
        .drop_nulls("award_changes")
        .unnest("award_changes"),
        "decisions": decisions.sort("person_no", "program_id"),
        "tasks": find_tasks(facts, internal["decisions"], public["programs"]),
        "school_names": internal["schools"].select("school_code", "school_name"),
    }


def _of_schools(persons: Frames, programs: pl.DataFrame) -> dict[str, pl.LazyFrame]:
    """What concerns each school's students, told by `scope`: its lists and files, its groups.

    Aid to its teachers and to those who left it for a college is for the county's eyes.
    """
    ids = programs.filter(subject="student")["program_id"].unique().implode()
    ours = pl.col("program_id").is_null() | pl.col("program_id").is_in(ids)
    lazy = {name: table.lazy() for name, table in persons.items()}
    names = lazy["school_names"]
    groups = lazy["duplicates"].select("group_no", scope="school_code").unique()
    together = lazy["duplicates"].join(groups, on="group_no", maintain_order="left")
    met = pl.concat((together.select("scope", "school_code"), names.select(OWN, "school_code")))
    stem = pl.col("file").str.split("/").list.last().str.replace(r"\.[^.]+$", "")
    filed = lazy["problems"].with_columns(school_name=stem)
    return {
        **{name: lazy[name].filter(subject="student").with_columns(OWN) for name in OF_ANYONE},
        "tasks": lazy["tasks"].with_columns(OWN),
        "duplicates": together,
        "problems": filed.join(names, on="school_name", maintain_order="left").with_columns(OWN),
        "school_names": met.unique().join(names, on="school_code").sort("scope", "school_code"),
        **{name: lazy[name].filter(ours).with_columns(OWN) for name in LISTS},
    }
