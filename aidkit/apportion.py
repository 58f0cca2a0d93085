"""Split a whole number in proportion, so that the parts sum to it exactly."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split by largest remainder; of equal remainders the first in order gets the unit.

    Every part is its exact share rounded down or up.

    Args:
        total: What is split, 0 or more.
        weights: One for each part, none negative; all zero only if the total is.

    Raises:
        ValueError: A negative number, or nothing to split by.
    """
    whole = sum(weights)
    if total < 0 or min(weights, default=0) < 0 or (total and not whole):
        raise ValueError((total, weights))
    if not total:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: -(total * weights[n] % whole))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts
