"""A pupil who left a grade in which nobody is left: counted inside, withheld outside."""

import polars as pl
import pytest

from tests.disclosure import worlds


@pytest.mark.parametrize("everywhere", [False, True])
def test_who_left_an_empty_grade_is_counted_and_withheld(everywhere: bool) -> None:
    given = worlds.world([("primary", 90, 0.3), ("primary", 90, 0.3)], 5)
    grade = pl.col("grade") == "p3"
    code = given["schools"]["school_code"][0]
    here = grade & (pl.col("school_code") == code)
    aided = given["decisions"].filter("awarded", program_id="tiered")["person_no"].implode()
    one = given["facts"].filter(here, pl.col("person_no").is_in(aided))["person_no"][0]
    facts = (
        given["facts"]
        .filter(~(grade if everywhere else here) | (pl.col("person_no") == one))
        .with_columns(enrolled=pl.col("person_no") != one)
    )
    there = pl.col("person_no").is_in(facts["person_no"].implode())
    world = given.copy()
    world["facts"], world["decisions"] = facts, given["decisions"].filter(there)
    own = pl.col("breakdown") == "grade", pl.col("group") == "p3", pl.col("school_code") == code
    told = worlds.disclosed(world, threshold=5)["aid"]
    assert told.filter(*own).select("persons", "suppressed").rows() == [(None, True)]
    assert not told["suppressed"].all()
    assert worlds.in_full(world)["aid"].filter(*own)["persons"].to_list() == [1]
