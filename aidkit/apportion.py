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


def apportion_up_to(total: int, weights: Sequence[int], most: Sequence[int]) -> list[int]:
    """Split as `apportion` does, but give no part more than it can use.

    What a part cannot use is split again over the others by the same weights, until nothing is
    left or no part can use more. Parts without weight come last, evenly.

    Args:
        total: What is split, 0 or more.
        weights: One for each part, none negative.
        most: What each part can use, none negative.

    Raises:
        ValueError: A negative number.
    """
    parts = [0] * len(weights)
    if min(total, *most, 0) < 0:
        raise ValueError((total, most))
    while left := min(total, sum(most)) - sum(parts):
        wanting = [n for n, part in enumerate(parts) if part < most[n]]
        shares = [weights[n] for n in wanting]
        more = apportion(left, shares if any(shares) else [1] * len(shares))
        for n, part in zip(wanting, more, strict=True):
            parts[n] = min(parts[n] + part, most[n])
    return parts
