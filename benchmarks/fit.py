"""Costs that add up: a fixed one, one a school, one a pupil, none of them negative."""

from collections.abc import Sequence
from itertools import combinations


def fit(places: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """The costs that come nearest to measured sums, each error taken in proportion to its sum.

    Args:
        places: For each measurement how often each cost occurs in it.
        values: What was measured, all positive.

    Returns:
        One cost a column; of all choices of columns without a negative cost the nearest.
    """
    rows = [[n / value for n in row] for row, value in zip(places, values, strict=True)]
    best, least = [0.0] * len(rows[0]), float(len(rows))
    for number in range(1, len(rows[0]) + 1):
        for columns in combinations(range(len(rows[0])), number):
            found = _nearest([[row[n] for n in columns] for row in rows])
            if found is None or min(found) < 0:
                continue
            costs = [0.0] * len(rows[0])
            for column, cost in zip(columns, found, strict=True):
                costs[column] = cost
            error = sum((sum(map(_product, row, costs)) - 1) ** 2 for row in rows)
            if error < least:
                best, least = costs, error
    return best


def _nearest(rows: list[list[float]]) -> list[float] | None:
    """Least squares with all right sides 1, by the normal equations; None without an answer."""
    width = len(rows[0])
    matrix = [
        [*(sum(row[i] * row[j] for row in rows) for j in range(width)), sum(row[i] for row in rows)]
        for i in range(width)
    ]
    for n in range(width):
        pivot = max(range(n, width), key=lambda i: abs(matrix[i][n]))
        if abs(matrix[pivot][n]) < 1e-30:
            return None
        matrix[n], matrix[pivot] = matrix[pivot], matrix[n]
        matrix[n] = [value / matrix[n][n] for value in matrix[n]]
        for i in range(width):
            if i != n:
                factor = matrix[i][n]
                matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[n], strict=True)]
    return [row[-1] for row in matrix]


def _product(one: float, other: float) -> float:
    return one * other
