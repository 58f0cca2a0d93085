"""Persons who may be one, and families or teachers who get the same thing twice; to look at."""

from collections.abc import Iterable, Mapping

import dataframely as dy
import polars as pl

from aidkit.programs import Version
from aidkit.tables import Duplicates

KINDS = ("same_id", "same_card", "same_family", "same_teacher")

_PERSON = ("subject", "person_no", "name", "school_code")
_FAMILY = ("household", "by_phone", "by_address")
"""What siblings have in common: one of these is enough."""

_UNION = "union"


def find_duplicates(
    tables: Mapping[str, pl.DataFrame],
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    versions: Iterable[Version],
) -> dy.DataFrame[Duplicates]:
    """Groups of persons of the whole county that somebody has to look at; nothing is taken away.

    - `same_id`: one ID number with several 学籍号 or staff numbers.
    - `same_card`: one account for several students who have nothing in common that siblings have:
      the household on the list of 脱贫户, or guardian together with phone or address.
    - `same_family`: a family in the union's file with aid of the union and of somebody else, where
      no version says that both may be had.
    - `same_teacher`: a teacher with two awards, where no version says that both may be had.

    Args:
        tables: Input tables by name.
        facts: `tables.Facts`.
        decisions: `tables.Decisions` from these facts.
        versions: All that decided.
    """
    versions = tuple(versions)
    persons = _persons(tables, facts)
    awards = _awards(facts, decisions, versions)
    allowed = _allowed(versions)
    titles = {version.program.id: version.program.short_title for version in versions}
    found = {
        "same_id": _same_id(persons, awards),
        "same_card": _same_card(persons),
        "same_family": _same_family(persons, tables["union_file"], awards, allowed, titles),
        "same_teacher": _same_teacher(persons, awards, allowed, titles),
    }
    rows = pl.concat(
        frame.select(
            *_PERSON,
            "message",
            kind=pl.lit(kind),
            # Groups are numbered in this order, whatever the order of the rows.
            key=pl.format("{} {}", pl.lit(KINDS.index(kind)), "key"),
        )
        for kind, frame in found.items()
    )
    # Who is on a roll and has a place at a university already is one person.
    one_each = rows.sort("key", "person_no", "school_code", "subject").unique(
        ["key", "person_no", "school_code"], keep="last", maintain_order=True
    )
    numbered = one_each.with_columns(group_no=pl.col("key").rank("dense").cast(pl.Int64))
    return Duplicates.validate(
        numbered.select(Duplicates.column_names()).sort("group_no", "person_no", "school_code"),
        cast=True,
    )


def _persons(tables: Mapping[str, pl.DataFrame], facts: pl.DataFrame) -> pl.DataFrame:
    """Everybody of the term with what tells persons apart and families together."""
    terms = facts["term"].unique().to_list()
    here = pl.col("term").is_null() | pl.col("term").is_in(terms)
    own = ("name", "school_code", "id_number", "card_no")
    home = ("guardian", "guardian_phone", "address")
    households = (
        tables["monitored_households_list"]
        .filter(here)
        .group_by("id_number")
        .agg(household=pl.col("household_head").min())
    )
    students = tables["students"].filter(here)
    freshmen = tables["freshmen"].filter(here)
    teachers = tables["teachers"].filter(here)
    persons = pl.concat(
        [
            students.select(*own, *home, person_no="student_no", subject=pl.lit("student")),
            freshmen.select(*own, *home[:2], person_no="student_no", subject=pl.lit("freshman")),
            teachers.select(*own, person_no="teacher_no", subject=pl.lit("teacher")),
        ],
        how="diagonal",
    )
    return persons.join(households, on="id_number", how="left").with_columns(
        pl.col("school_code").fill_null(""),
        by_phone=pl.concat_str("guardian", "guardian_phone", separator=" "),
        by_address=pl.concat_str("guardian", "address", separator=" "),
    )


def _awards(
    facts: pl.DataFrame, decisions: pl.DataFrame, versions: Iterable[Version]
) -> pl.DataFrame:
    """Aid of this calendar year that is not for everybody: `person_no`, `program_id`, `funder`."""
    programs = {version.program for version in versions}
    special = {program.id: program.funder for program in programs if not program.universal}
    decided = decisions.filter(
        pl.col("awarded") & pl.col("program_id").is_in(list(special))
    ).select(
        "person_no",
        "program_id",
        funder=pl.col("program_id").replace_strict(special, default="", return_dtype=pl.String),
    )
    this_year = pl.col("term").str.head(4).cast(pl.Int64)
    registered = (
        facts.select("person_no", "aid_received", this_year=this_year)
        .explode("aid_received")
        .unnest("aid_received")
        .filter(pl.col("year") == pl.col("this_year"))
        .select("person_no", "program_id", "funder")
    )
    return pl.concat([decided, registered]).unique()


def _allowed(versions: Iterable[Version]) -> pl.DataFrame:
    """Pairs of programs that may be had together, both ways."""
    pairs = {
        pair
        for version in versions
        for relation in version.relations
        if relation.kind == "stack"
        for other in relation.others
        for pair in ((version.program.id, other), (other, version.program.id))
    }
    schema = {"program_id": pl.String, "program_id_other": pl.String}
    return pl.DataFrame(sorted(pairs), schema=schema, orient="row")


def _same_id(persons: pl.DataFrame, awards: pl.DataFrame) -> pl.DataFrame:
    of_teacher = pl.col("subject") == "teacher"
    rows = persons.filter(pl.col("id_number").is_not_null()).with_columns(
        key=pl.concat_str(of_teacher.cast(pl.String), "id_number"),
        given=pl.col("person_no").is_in(awards["person_no"].unique().to_list()),
    )
    numbers = pl.col("person_no").n_unique().over("key")
    message = pl.format(
        "同一个身份证号有 {} 个{}，分在 {} 所学校，其中 {} 个本年度有资助。请核对，只留一个。",
        numbers,
        pl.when(of_teacher).then(pl.lit("工号")).otherwise(pl.lit("学籍号")),
        pl.col("school_code").n_unique().over("key"),
        pl.col("person_no").filter("given").n_unique().over("key"),
    )
    return rows.with_columns(message=message).filter(numbers > 1)


def _same_card(persons: pl.DataFrame) -> pl.DataFrame:
    rows = persons.filter(
        (pl.col("subject") != "teacher") & pl.col("card_no").is_not_null()
    ).with_columns(key="card_no")
    shared = pl.any_horizontal(
        (pl.col(name).n_unique().over("key") == 1) & pl.col(name).is_not_null()
        for name in ("id_number", *_FAMILY)
    )
    numbers = pl.col("person_no").n_unique().over("key")
    return rows.filter((numbers > 1) & ~shared).with_columns(
        message=pl.format(
            "{} 名学生用同一个银行账号，看不出是兄弟姐妹。请核对账号和户名。", numbers
        )
    )


def _same_family(
    persons: pl.DataFrame,
    union_file: pl.DataFrame,
    awards: pl.DataFrame,
    allowed: pl.DataFrame,
    titles: Mapping[str, str],
) -> pl.DataFrame:
    members = _union_families(persons.filter(pl.col("subject") != "teacher"), union_file)
    got = members.join(awards, on="person_no")
    of_union = got.filter(pl.col("funder") == _UNION)
    of_others = got.filter(pl.col("funder") != _UNION)
    pairs = of_union.join(of_others, on="key", suffix="_other").join(
        allowed, on=["program_id", "program_id_other"], how="anti"
    )
    told = pairs.group_by("key").agg(
        pl.concat_list("person_no", "person_no_other").explode().unique().sort(),
        message=pl.format(
            "同一个困难职工家庭既有工会资助（{}），又有其他资助（{}）。请核对是否重复享受。",
            _titles(pl.col("program_id"), titles),
            _titles(pl.col("program_id_other"), titles),
        ),
    )
    return told.explode("person_no").join(persons, on="person_no")


def _union_families(pupils: pl.DataFrame, union_file: pl.DataFrame) -> pl.DataFrame:
    """The students of each family in the union's file: `key`, `person_no`.

    The children it names; whoever shares household or guardian with one of them; and whoever's
    guardian has the worker's name, where only one guardian of the county has it.
    """
    filed = union_file.select(
        "id_number", "worker", key=pl.coalesce("worker_id_number", "worker")
    ).unique()
    named = filed.join(pupils, on="id_number")
    siblings = [
        named.filter(pl.col(name).is_not_null()).select("key", name).unique().join(pupils, on=name)
        for name in _FAMILY
    ]
    one_of_the_name = pl.col("guardian_phone").n_unique().over("guardian") == 1
    own = pupils.filter(one_of_the_name & pl.col("guardian_phone").is_not_null()).join(
        filed.select("key", guardian="worker").unique(), on="guardian"
    )
    return pl.concat([rows.select("key", "person_no") for rows in (named, *siblings, own)]).unique()


def _same_teacher(
    persons: pl.DataFrame,
    awards: pl.DataFrame,
    allowed: pl.DataFrame,
    titles: Mapping[str, str],
) -> pl.DataFrame:
    teachers = persons.filter(pl.col("subject") == "teacher").with_columns(
        # One teacher with two staff numbers is still one teacher.
        key=pl.coalesce("id_number", "person_no")
    )
    got = teachers.join(awards, on="person_no").with_columns(pl.col("program_id").fill_null(""))
    pairs = (
        got.join(got, on="key", suffix="_other")
        .filter(pl.col("program_id") < pl.col("program_id_other"))
        .join(allowed, on=["program_id", "program_id_other"], how="anti")
    )
    told = pairs.group_by("key").agg(
        pl.concat_list("person_no", "person_no_other").explode().unique().sort(),
        message=pl.format(
            "同一名教师本年度有几项资助（{}），没有规定可以叠加。请核对是否重复享受。",
            _titles(pl.concat_list("program_id", "program_id_other").explode(), titles),
        ),
    )
    return told.explode("person_no").join(teachers.drop("key"), on="person_no")


def _titles(ids: pl.Expr, titles: Mapping[str, str]) -> pl.Expr:
    """The titles of a group's programs, each once; what is none of ours is 其他资助."""
    named = ids.fill_null("").replace_strict(titles, default="其他资助", return_dtype=pl.String)
    return named.unique().sort().str.join("、")
