"""Words as numbers sort, compare and come back as the words do."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.calendar import Term
from aidkit.progress.coded import coded, coded_like, spelled
from aidkit.progress.reliability import reliability
from aidkit.progress.roles import exam_roles
from aidkit.progress.simulation import TERM, Conditions, exam_results, truth
from aidkit.progress.sittings import sittings, subject_sittings
from tests.progress.learners import SETTINGS

WORDS = st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=3)))


def frame(words: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"word": words, "n": range(len(words))}, schema_overrides={"word": pl.String}
    )


@given(WORDS)
def test_they_come_back_as_they_were_and_sort_as_they_did(words: list[str | None]) -> None:
    numbers = coded(frame(words))
    assert isinstance(numbers.schema["word"], pl.Enum)
    assert spelled(numbers).equals(frame(words))
    assert spelled(numbers.sort("word", "n")).equals(frame(words).sort("word", "n"))
    assert coded(numbers).equals(numbers)


@given(WORDS, WORDS)
def test_two_frames_join_as_their_words_do(one: list[str | None], other: list[str | None]) -> None:
    left, right = frame(one), frame(other).unique("word").select("word", m="n")
    numbers = coded(left)
    found = numbers.join(coded_like(right, numbers), on="word").sort("n")
    assert spelled(found).equals(left.join(right, on="word").sort("n"))


def test_the_empty_word_is_always_one_of_them() -> None:
    """Units of county-wide exams have it for a name."""
    found = coded(frame(["b"])).with_columns(word=pl.lit(""))
    assert found["word"].to_list() == [""]
    either = pl.when(pl.col("n") == 0).then(pl.lit("")).otherwise("word")
    assert coded(frame(["b", "a"])).select(either.alias("word"))["word"].to_list() == ["", "a"]


@pytest.mark.parametrize("wide", [(), ("期末",)])
def test_exams_say_the_same_in_words_and_in_numbers(wide: tuple[str, ...]) -> None:
    conditions = Conditions(12, 0.8, 0.35, classes=2, grades=3)
    whole = exam_results(truth(conditions, 1), conditions, 1)
    # Some were ill in one subject, some are on no sheet of it, one subject is of few.
    nth = pl.int_range(pl.len())
    results = (
        whole.with_columns(
            state=pl.when(nth % 11 == 0).then(pl.lit("sick")).otherwise("state"),
            score=pl.when(nth % 11 != 0).then("score"),
        )
        .filter(nth % 13 != 0)
        .filter((pl.col("subject") != "english") | (nth % 3 == 0))
    )
    settings = replace(SETTINGS, county_wide=wide)
    told = []
    for rows in (results, coded(results)):
        roles = exam_roles(rows, Term.parse(TERM), settings)
        sat = sittings(rows, roles, settings)
        shares = reliability(sat, rows, settings).sort(pl.all())
        told.append((roles, sat, subject_sittings(rows, roles, settings), shares))
    for words, numbers in zip(*told, strict=True):
        assert words.equals(numbers)
        assert words.schema == numbers.schema
