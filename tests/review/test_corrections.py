"""Published figures that differ, against a plain comparison cell by cell."""

import dataframely as dy
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aidkit.review.corrections import corrections


class Aid(dy.Schema):
    """One row is a school and a group."""

    school = dy.String(primary_key=True)
    group = dy.String(primary_key=True)
    persons = dy.Int64(nullable=True)
    fen = dy.Int64(nullable=True)
    parts = dy.List(dy.String())


Rows = dict[tuple[str, str], tuple[int | None, int | None]]
FIGURES = st.none() | st.integers(0, 3)
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), st.tuples(FIGURES, FIGURES)
)


def table(rows: Rows) -> pl.DataFrame:
    given = [(*key, *figures, ["not compared"]) for key, figures in rows.items()]
    return pl.DataFrame(given, schema=Aid.create_empty().schema, orient="row")


@given(ROWS | st.none(), ROWS | st.none())
def test_each_figure_that_differs_is_told_once(then: Rows | None, now: Rows | None) -> None:
    tables = [{} if side is None else {"aid": table(side)} for side in (then, now)]
    told = corrections(tables[0], tables[1], {"aid": Aid})
    expected = set()
    for key in {*(then or {}), *(now or {})}:
        before, after = ((side or {}).get(key, (None, None)) for side in (then, now))
        for column, one, other in zip(("persons", "fen"), before, after, strict=True):
            if one != other:
                texts = (None if figure is None else str(figure) for figure in (one, other))
                expected.add(("aid", key, column, *texts))
    found = [(name, tuple(key), *rest) for name, key, *rest in told.rows()]
    assert len(found) == len(expected)
    assert set(found) == expected


def test_a_table_that_nobody_asks_for_is_not_compared() -> None:
    rows: Rows = {("a", "x"): (1, 1)}
    assert corrections({"aid": table(rows)}, {}, {}).is_empty()


def test_a_column_that_is_new_tells_its_figures() -> None:
    rows: Rows = {("a", "x"): (1, 2)}
    told = corrections({"aid": table(rows).drop("fen")}, {"aid": table(rows)}, {"aid": Aid})
    assert told.rows() == [("aid", ["a", "x"], "fen", None, "2")]
