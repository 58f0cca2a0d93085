"""Where both rules differ, who rose by luck comes first."""

import pytest

from aidkit.progress.disagreement import VERDICTS, disagreements
from tests.progress.learners import progress_of


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ({"rank_prize": "first", "fair_prize": "second"}, "both"),
        ({}, "neither"),
        ({"rank_prize": "first"}, "rank_only"),
        ({"fair_prize": "third", "rank_change": -1}, "fair_only"),
        ({"rank_change": None, "fair_prize": "third"}, "not_assessed"),
        ({"rank_prize": "first", "band": "not_assessed"}, "not_assessed"),
    ],
)
def test_the_word_of_both_rules(row: dict[str, object], verdict: str) -> None:
    found = disagreements(progress_of(row))
    assert found["verdict"].to_list() == [verdict]
    assert verdict in VERDICTS


def test_differences_come_first_and_only_the_group_is_told() -> None:
    found = disagreements(
        progress_of(
            {"rank_prize": "first", "fair_prize": "first", "rank_change": 9},
            {"rank_prize": "third", "rank_change": 1},
            {"rank_prize": "first", "rank_change": 5},
            {"fair_prize": "first", "rank_change": 0},
            {"in_group": False, "rank_prize": "first"},
        )
    )
    assert found["student_no"].to_list() == ["02", "01", "03", "00"]
