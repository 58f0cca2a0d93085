"""Marks in letters: levels where schooling is compulsory, points elsewhere."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.documents.test_progress_letters import LEVELLED, one_letter, sat


def test_compulsory_schools_tell_levels_and_no_points() -> None:
    letter = one_letter(
        *sat(0, "学期末", {"chinese": (85, 0.3), "mathematics": (84.5, 0), "english": (0, -2)}),
        *sat(0, "期末", {"chinese": ("sick", 0), "mathematics": (60, 0)}, grade="j1"),
        marks=LEVELLED,
    )
    assert [(line.before, line.now) for line in letter.subjects] == [
        *(("病假", "优秀"), ("合格", "良好"), ("", "待合格")),
    ]
    assert "得分 / 满分" not in letter.note
    assert "优秀 85% 以上、良好 70% 以上、合格 60% 以上，其余待合格" in letter.note
    assert "不能直接相比" in letter.note


def test_who_came_from_a_compulsory_school_has_both() -> None:
    letter = one_letter(
        *sat(0, "学期末", {"chinese": (85, 0.3)}, grade="s1"),
        *sat(0, "期末", {"chinese": (100, 0.3)}, grade="j3"),
        marks=LEVELLED,
    )
    assert (letter.subjects[0].before, letter.subjects[0].now) == ("优秀", "85 / 100")
    assert "优秀 85% 以上" in letter.note
    assert "得分 / 满分" in letter.note
    assert "相比" not in one_letter(*sat(0, "学期末", {"chinese": (85, 0.3)})).note


@given(st.integers(1, 150), st.data())
def test_a_level_is_that_of_its_share(full: int, data: st.DataObject) -> None:
    """By exact fractions, as they are declared: no level is lost to rounding."""
    score = data.draw(st.integers(0, full))
    said = LEVELLED.said("primary", float(score), float(full))
    share = Fraction(score, full)
    borders = [(name, Fraction(str(least))) for name, least in LEVELLED.levels]
    assert said == next(name for name, least in borders if share >= least)
