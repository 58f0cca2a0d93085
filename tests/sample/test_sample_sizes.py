"""The sample county in its other sizes: tiny, where a term takes seconds, and wide, as it is read.

`county` and `small` have tests of their own; here is what the two others are for.
"""

from collections import Counter
from pathlib import Path

import pytest

from aidkit.errors import UsageError
from aidkit.intake import read_county
from aidkit.sample import make_county
from aidkit.sample.county import build_county
from aidkit.sample.rolls import TERMS
from aidkit.sample.schools import schools_of
from aidkit.sample.sheets import Book
from aidkit.sample.wide import TOWNS, villages
from tests.sample.test_sample_county import possible_names


@pytest.fixture(scope="module")
def wide() -> list[Book]:
    return build_county(2026, "wide")


def test_tiny_has_two_schools_sixty_pupils_and_something_on_every_sheet(tmp_path: Path) -> None:
    make_county(tmp_path / "tiny", size="tiny")
    intake = read_county(tmp_path / "tiny")
    assert intake.problems.rows() == []
    assert not [name for name, frame in intake.tables.items() if frame.is_empty()]
    assert intake.tables["schools"].height == 2
    pupils = intake.tables["students"]["term"].value_counts()
    assert pupils.height == len(TERMS)
    assert pupils["count"].is_between(45, 65).all()
    assert not [
        book.path for book in build_county(2026, "tiny") for sheet in book.sheets if not sheet.rows
    ]


def test_chance_makes_no_tiny_county_impossible() -> None:
    for seed in range(60):
        build_county(seed, "tiny")


def test_wide_has_three_hundred_schools_most_of_them_small(wide: list[Book]) -> None:
    schools = schools_of("wide")
    assert len({school.name for school in schools}) == len(schools) == 300
    assert len({school.code for school in schools}) == 300
    assert all(len(s.code) == 10 and s.code.startswith("99010") for s in schools)
    for term in TERMS:
        heads = Counter(
            row[sheet.columns.index("school_code")]
            for book in wide
            if book.path.startswith(f"{term.label.replace(' ', '')}/学生名册/")
            for sheet in book.sheets
            for row in sheet.rows
        )
        assert len(heads) == 300
        assert 17_000 <= heads.total() <= 19_500
        assert sum(count < 60 for count in heads.values()) > 200
        assert sum(count < 25 for count in heads.values()) > 80


def test_places_of_the_wide_county_are_many_and_no_persons(wide: list[Book]) -> None:
    """The gate would take a village named like a pupil for a leak."""
    places = [village for own in villages().values() for village in own]
    assert len(set(places)) == len(places) == 13 * len(TOWNS)
    prose = "，".join([*places, *TOWNS, *(school.name for school in schools_of("wide"))])
    words = {prose[n : n + length] for n in range(len(prose)) for length in (2, 3)}
    assert not possible_names() & words


def test_nothing_stands_twice_in_the_wide_county(wide: list[Book]) -> None:
    for book in wide:
        for sheet in book.sheets:
            rows = [tuple(map(repr, row)) for row in sheet.rows]
            assert len(set(rows)) == len(rows), book.path


def test_faults_are_planted_where_the_schools_for_them_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有带错误的"):
        make_county(tmp_path / "tiny", size="tiny", dirty=True)
    assert not (tmp_path / "tiny").exists()
