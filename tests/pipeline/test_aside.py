"""What is done aside is done before its block ends, and what goes wrong there is not lost."""

import pytest

from aidkit.pipeline.aside import Aside


def test_work_is_done_in_order_before_the_block_ends() -> None:
    done: list[int] = []
    with Aside() as aside:
        for number in range(50):
            aside(lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == list(range(50))


def test_what_went_wrong_is_raised() -> None:
    def fails() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), Aside() as aside:
        aside(fails)


def test_an_error_of_the_block_comes_first() -> None:
    def fails() -> None:
        raise OSError("disk full")

    with pytest.raises(ValueError, match="rules"), Aside() as aside:
        aside(fails)
        raise ValueError("rules")
