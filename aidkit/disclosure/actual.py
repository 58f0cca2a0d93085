"""The county's aid by actual time, rounded: two builds of a term must not tell of one leaver.

Data of a term are corrected after they were published. If one person more has left, the exact sum
of the next build less that of the last would be what this person lost, and so what aid it had. So
the number is told down to a multiple of the threshold, and what all of them lack of a whole term's
money to a unit that is more than as many of them as the threshold could lack.
"""

from aidkit.disclosure.ledger import dominated, small

_STEPS = (1, 2, 5)


def by_actual_time(
    whole: int | None, cuts: list[int], threshold: int
) -> tuple[int | None, int | None, bool]:
    """Persons who get less than a whole term's aid, and the county's sum: nulls where withheld.

    Args:
        whole: Fen of all aid of the county for a whole term; None: it is not shown.
        cuts: What each of them lacks of it.
        threshold: See `disclose`; 0: nothing is withheld or rounded.

    Returns:
        Persons, fen, and whether both are withheld: too few make the difference, or one of them
        most of it.
    """
    if whole is None or small(len(cuts), threshold) or dominated(cuts):
        return None, None, True
    if not threshold or not cuts:
        return len(cuts), whole - sum(cuts), False
    unit = _unit(threshold * max(cuts))
    lacking = (sum(cuts) + unit // 2) // unit * unit
    return len(cuts) // threshold * threshold, whole - lacking, False


def _unit(least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below."""
    ten = 1
    while True:
        for step in _STEPS:
            if step * ten >= least:
                return step * ten
        ten *= 10
