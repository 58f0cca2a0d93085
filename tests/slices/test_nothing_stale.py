"""A slice is linked to the last one only where both hold the same: whatever changes is seen."""

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.pipeline.cuts import Cuts, Frames, persons_of
from aidkit.pipeline.slice_digests import digests_by
from aidkit.project import Project
from aidkit.tables.slices import COUNTY, Audience, read_slice, slice_columns
from tests.slices.conftest import AUTUMN, Made


def other(column: pl.Series) -> pl.Series:
    """The column with another value in its first row."""
    values: list[Any] = column.to_list()
    match first := values[0]:
        case None:
            filled = column.drop_nulls()
            values[0] = filled[0] if len(filled) else pl.select(pl.lit(1).cast(column.dtype)).item()
        case bool():
            values[0] = not first
        case int():
            values[0] = first + 1
        case str():
            values[0] = first + "改"
        case dt.date():
            values[0] = first + dt.timedelta(days=1)
        case list():
            values[0] = first + first if first else [column.list.explode().drop_nulls()[0]]
        case _:
            raise AssertionError(column.dtype)
    return pl.Series(column.name, values, dtype=column.dtype)


def held(cuts: Cuts) -> dict[str, Mapping[str, bytes]]:
    return dict(cuts.packed(list(cuts.digests)))


def cut(audience: Audience, tables: Frames) -> Cuts:
    columns = slice_columns(audience, COUNTY)
    shown = set(columns) - set(persons_tables(tables))
    persons = {name: tables[name] for name in persons_tables(tables)}
    return Cuts(audience, {name: tables[name] for name in shown}, persons, rests_on="")


def persons_tables(tables: Frames) -> list[str]:
    return [name for name in tables if name in PERSONAL]


PERSONAL = {*slice_columns("internal", COUNTY)} - {*slice_columns("public", COUNTY)}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_slices_with_equal_digests_hold_the_same(made: Made, audience: Audience) -> None:
    tables = read_slice(made.project, made.county, AUTUMN, audience)
    if audience == "internal":
        tables |= persons_of(made.internal, made.public)
    whole = cut(audience, tables)
    before = held(whole)
    tried = 0
    for name, columns in slice_columns(audience, COUNTY).items():
        for column in columns:
            table = tables[name]
            if not table.height or (name, column) == ("settings", "term"):
                continue
            changed = cut(audience, {**tables, name: table.with_columns(other(table[column]))})
            after = held(changed)
            same = {scope for scope in before.keys() & after if before[scope] == after[scope]}
            equal = whole.digests.items() & changed.digests.items()
            assert {scope for scope, _ in equal} == same, (name, column)
            assert COUNTY not in same, (name, column)
            tried += 1
    assert tried > (70 if audience == "internal" else 40)


ROWS = pl.DataFrame(
    {
        "scope": ["a", "a", "b", None],
        "name": ["甲", None, "", "n"],
        "sum": [1, None, 0, 7],
        "list": [["x"], [], None, [None]],
    }
)
OTHERS: dict[str, pl.DataFrame] = {
    "order": pl.concat([ROWS[1], ROWS[0], ROWS[2:]]),
    "null is not empty": ROWS.with_columns(pl.col("name").fill_null("")),
    "null is not zero": ROWS.with_columns(pl.col("sum").fill_null(0)),
    "null is not its name": ROWS.with_columns(pl.col("name").fill_null("null")),
    "null in a list": ROWS.with_columns(list=pl.Series([["x"], [None], None, []])),
    "a quote": ROWS.with_columns(name=pl.Series(['甲",null],"', None, "", ""])),
    "one row more": pl.concat([ROWS[0], ROWS]),
    "one row less": ROWS[1:],
    "another type": ROWS.with_columns(pl.col("sum").cast(pl.Int32)),
    "another name": ROWS.rename({"sum": "total"}),
}


def digests(table: pl.DataFrame, **more: pl.DataFrame) -> dict[str, str]:
    tables = {name: frame.lazy() for name, frame in {"t": table, **more}.items()}
    return digests_by(tables, ["a", "b", "c"], rests_on="")


@pytest.mark.parametrize("case", OTHERS)
def test_other_rows_have_another_digest(case: str) -> None:
    assert digests(OTHERS[case])["a"] != digests(ROWS)["a"]


def test_a_scope_s_digest_rests_on_its_rows_alone() -> None:
    more = pl.concat([ROWS[2:], ROWS.filter(scope="a"), ROWS[2:]])
    assert digests(more)["a"] == digests(ROWS)["a"]
    assert digests(more)["b"] != digests(ROWS)["b"]
    assert digests(more)["c"] == digests(ROWS)["c"]


def test_rows_of_one_table_are_not_those_of_another() -> None:
    none = ROWS.clear()
    assert digests(ROWS, u=none)["a"] != digests(none, u=ROWS)["a"]


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_no_table_of_a_slice_holds_floats(made: Made, audience: Audience) -> None:
    for name, table in read_slice(made.project, made.county, AUTUMN, audience).items():
        assert "Float" not in repr(table.schema), name


def written(at: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / at).read_text(encoding="utf-8")
        assert old in text
        (root / at).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def raised(at: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        table = pl.read_parquet(root / at)
        more = pl.col("persons") + 1
        here = pl.col("school_code") != "all"
        (root / at).unlink()
        table.with_columns(
            pl.when(here).then(more).otherwise("persons").alias("persons")
        ).write_parquet(root / at)

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "label": written("params/labels.toml", '"一级"', '"甲级"'),
    "contact": written("data/demo/county.toml", 'contact = "', 'contact = "请找'),
    "threshold": written("params/disclosure.toml", "threshold = 5", "threshold = 6"),
    "earlier": raised("reports/demo/2026-spring/public/aid.parquet"),
    "earlier in full": raised("reports/demo/2026-spring/internal/aggregates/aid.parquet"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_slices_rest_on_beside_the_term_s_tables_is_seen(
    made: Made, tmp_path: Path, change: str
) -> None:
    last = made.slices(tmp_path / "last", made.internal)
    root = Path(shutil.copytree(made.project.root, tmp_path / "root"))
    CHANGES[change](root)
    changed = replace(made, project=Project(root), county=root / "data" / "demo")
    anew = changed.slices(tmp_path / "anew", made.internal)
    after = changed.slices(tmp_path / "after", made.internal, tmp_path / "last")
    assert {n: p.read_bytes() for n, p in after.items()} == {
        n: p.read_bytes() for n, p in anew.items()
    }
    assert [name for name in after if not after[name].samefile(last[name])]


@pytest.mark.parametrize("of", ["package_digest", "environment"])
def test_another_program_makes_all_slices_anew(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    last = made.slices(tmp_path / "last", made.internal)
    monkeypatch.setattr(f"aidkit.pipeline.slice_digests.{of}", lambda: "other")
    after = made.slices(tmp_path / "after", made.internal, tmp_path / "last")
    assert not [name for name in after if after[name].samefile(last[name])]
