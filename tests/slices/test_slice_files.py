"""What a slice file is: bytes that follow from its tables alone, and a check of whose it is."""

import datetime as dt
import io
import struct
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.errors import MissingTablesError
from aidkit.pipeline.slice_files import write_files
from aidkit.project import Project
from aidkit.tables.slices import (
    COUNTY,
    Audience,
    pack,
    pack_by,
    read_slice,
    slice_bytes,
    slice_columns,
)

TERM = Term.parse("2026-autumn")
SCHOOL = "9901010001"
ROWS: list[dict[str, Any]] = [
    {
        "school_code": SCHOOL if at % 3 else "9901010002",
        "name": f"{'本' if at % 3 else '别'}校学生名字很长很长很长很长{at}" if at % 7 else None,
        "sum": 7_000_000 + at if at % 5 else None,
        "boarder": (None, True, False)[at % 4 % 3],
        "programs": [f"项目{at}", "另一个项目"],
        "changes": [{"changed_on": dt.date(2026, 9, 1), "kind": None}] * (at % 4),
    }
    for at in range(90)
]
SCHEMA = pl.DataFrame(ROWS).schema
OWN = [row for row in ROWS if row["school_code"] == SCHOOL]


def stored(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as it comes from a file, which may leave something under nulls."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return pl.read_parquet(buffer.getvalue())


WHOLE = stored(pl.DataFrame(ROWS, schema=SCHEMA))
SECRET = "不公布的名字，长得不能放在格子里"
HIDDEN = pl.DataFrame(
    [{**r, "name": r["name"] or SECRET, "sum": r["sum"] or 987_654_321} for r in OWN], schema=SCHEMA
)
CUTS = {
    "filter": WHOLE.filter(school_code=SCHOOL),
    "partition": WHOLE.partition_by("school_code", as_dict=True)[SCHOOL,],
    "chunks": pl.concat([WHOLE[:50], WHOLE[50:]], rechunk=False).filter(school_code=SCHOOL),
    "slice": WHOLE.sort("school_code", maintain_order=True)[: len(OWN)],
    "hidden": HIDDEN.with_columns(
        name=pl.when(pl.col("name") != SECRET).then("name"),
        sum=pl.when(pl.col("sum") != 987_654_321).then("sum"),
    ),
    "set": HIDDEN.with_columns(
        HIDDEN["name"].set(HIDDEN["name"] == SECRET, None),
        HIDDEN["sum"].set(HIDDEN["sum"] == 987_654_321, None),
    ),
}


@pytest.mark.parametrize("cut", CUTS)
def test_equal_tables_give_equal_bytes_however_they_were_cut(cut: str) -> None:
    anew = pl.DataFrame(OWN, schema=SCHEMA)
    assert CUTS[cut].equals(anew)
    assert pack(CUTS[cut]) == pack(anew)
    assert pl.read_ipc_stream(pack(CUTS[cut])).equals(anew)


@pytest.mark.parametrize("cut", CUTS)
def test_nothing_else_is_in_them_not_even_under_nulls(cut: str) -> None:
    packed = pack(CUTS[cut])
    assert "本校学生".encode() in packed
    assert "别校学生".encode() not in packed
    assert SECRET.encode() not in packed
    assert struct.pack("<q", 987_654_321) not in packed


@pytest.mark.parametrize("others", [0, 1, 17, 64, 200])
def test_a_school_s_part_does_not_depend_on_the_others(others: int) -> None:
    more = [{**row, "school_code": "9901010002"} for row in ROWS] * 3
    mixed = [row for pair in zip_longest(OWN, more[:others]) for row in pair if row]
    whole = stored(pl.DataFrame(mixed, schema=SCHEMA))
    parts = pack_by(whole, "school_code")
    assert parts.keys() == ({SCHOOL, "9901010002"} if others else {SCHOOL})
    assert parts[SCHOOL] == pack(pl.DataFrame(OWN, schema=SCHEMA).drop("school_code"))


def put(root: Path, audience: Audience, scope: str, /, **changes: Any) -> Path:
    """A slice of almost empty tables, said to be of this scope unless `changes` say else."""
    columns = slice_columns(audience, scope)
    frames = {name: pl.DataFrame(schema=dict.fromkeys(own)) for name, own in columns.items()}
    kind = COUNTY if scope == COUNTY else "school"
    told = {"audience": audience, "scope": kind, "term": TERM.code, "school": scope, **changes}
    code = told.pop("school")
    if scope != COUNTY:
        row = dict.fromkeys(columns["schools"], "") | {"school_code": code}
        frames["schools"] = pl.DataFrame([row])
    frames["settings"] = pl.DataFrame([told], schema=dict.fromkeys(columns["settings"], pl.String))
    path = root / "reports" / "small" / TERM.code / "slices" / audience / f"{scope}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(slice_bytes({name: pack(frame) for name, frame in frames.items()}))
    return path


def read(root: Path, audience: Audience, scope: str = COUNTY) -> dict[str, pl.DataFrame]:
    return read_slice(Project(root), Path("data/small"), TERM, audience, scope)


def test_a_slice_comes_back(tmp_path: Path) -> None:
    put(tmp_path, "public", SCHOOL)
    assert read(tmp_path, "public", SCHOOL)["schools"]["school_code"].item() == SCHOOL


def test_the_run_under_way_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "public", COUNTY, county="原来的")
    work = tmp_path / "work"
    put(work, "public", COUNTY, county="新做的")
    monkeypatch.setenv("AIDKIT_WORK", str(work / "reports"))
    assert read(tmp_path, "public")["settings"]["county"].item() == "新做的"


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "internal"},
        {"scope": "county"},
        {"school": "9901010002"},
        {"term": "2026-spring"},
    ],
)
def test_another_s_slice_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    put(tmp_path, "public", SCHOOL, **wrong)
    with pytest.raises(MissingTablesError, match="另一个版本"):
        read(tmp_path, "public", SCHOOL)


def test_an_internal_slice_is_refused_where_a_public_one_should_lie(tmp_path: Path) -> None:
    inside = put(tmp_path, "internal", SCHOOL, audience="public")
    public = put(tmp_path, "public", SCHOOL)
    public.write_bytes(inside.read_bytes())
    with pytest.raises(MissingTablesError, match="另一个版本"):
        read(tmp_path, "public", SCHOOL)


@pytest.mark.parametrize("spoil", [lambda old: old[:-9], lambda _: b"", lambda _: b"PAR1" * 9])
def test_a_broken_slice_is_said_to_be_broken(tmp_path: Path, spoil: Any) -> None:
    path = put(tmp_path, "public", COUNTY)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(MissingTablesError, match="已损坏") as caught:
        read(tmp_path, "public")
    assert "aidkit run 2026-autumn --tables" in caught.value.remedy


def test_another_version_s_slice_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "public", COUNTY)
    held = dict(pl.read_parquet(path).iter_rows())
    held["aid"] = pack(pl.DataFrame(schema={"school_code": pl.String}))
    path.write_bytes(slice_bytes(held))
    with pytest.raises(MissingTablesError, match="另一个版本"):
        read(tmp_path, "public")


def test_a_missing_slice_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(MissingTablesError, match="2026 年秋季学期") as caught:
        read(tmp_path, "internal")
    assert caught.value.remedy == "请先运行 aidkit run 2026-autumn --tables"
    assert str(tmp_path) not in str(caught.value)


class Slices:
    """One of the county and one of a school, which holds this name."""

    def __init__(self, name: str) -> None:
        self.held = {"county": {"aid": b"whole"}, SCHOOL: {"aid": name.encode(), "roll": b""}}
        self.digests = {scope: repr(tables) for scope, tables in self.held.items()}
        self.asked: list[str] = []

    def packed(self, scopes: Collection[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        self.asked = sorted(scopes)
        return ((scope, self.held[scope]) for scope in scopes)


def put_files(folder: Path, name: str, last: Path | None = None) -> dict[str, Path]:
    write_files(folder, "public", Slices(name), last)
    return {path.stem: path for path in (folder / "slices" / "public").glob("*.parquet")}


def test_what_is_as_it_was_is_linked_and_the_rest_is_written(tmp_path: Path) -> None:
    old = put_files(tmp_path / "old", "eins")
    new = put_files(tmp_path / "new", "zwei", tmp_path / "old")
    assert new["county"].samefile(old["county"])
    assert not new[SCHOOL].samefile(old[SCHOOL])
    assert pl.read_parquet(old[SCHOOL])["frame"].to_list() == [b"eins", b""]
    assert pl.read_parquet(new[SCHOOL])["frame"].to_list() == [b"zwei", b""]


def test_what_is_linked_is_not_packed(tmp_path: Path) -> None:
    put_files(tmp_path / "old", "eins")
    slices = Slices("zwei")
    write_files(tmp_path / "new", "public", slices, tmp_path / "old")
    assert slices.asked == [SCHOOL]


@pytest.mark.parametrize("spoilt", ["county.parquet", "index.json"])
def test_a_spoilt_file_is_never_believed(tmp_path: Path, spoilt: str) -> None:
    old = put_files(tmp_path / "old", "eins")
    whole = {name: path.read_bytes() for name, path in old.items()}
    (tmp_path / "old" / "slices" / "public" / spoilt).write_bytes(b"[1]")
    new = put_files(tmp_path / "new", "eins", tmp_path / "old")
    assert {name: path.read_bytes() for name, path in new.items()} == whole
    assert not new["county"].samefile(old["county"])


def test_where_the_file_system_knows_no_links_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    old = put_files(tmp_path / "old", "eins")
    monkeypatch.setattr("os.link", refuse)
    new = put_files(tmp_path / "new", "eins", tmp_path / "old")
    assert not new["county"].samefile(old["county"])
    assert new["county"].read_bytes() == old["county"].read_bytes()


def test_a_school_that_is_no_more_has_no_slice(tmp_path: Path) -> None:
    put_files(tmp_path, "eins")
    slices = Slices("eins")
    del slices.digests[SCHOOL]
    write_files(tmp_path, "public", slices, None)
    assert [
        path.name for path in (tmp_path / "slices" / "public").iterdir() if path.suffix != ".json"
    ] == ["county.parquet"]


def test_a_lost_file_is_made_anew(tmp_path: Path) -> None:
    old = put_files(tmp_path / "old", "eins")
    whole = old[SCHOOL].read_bytes()
    old[SCHOOL].unlink()
    assert put_files(tmp_path / "new", "eins", tmp_path / "old")[SCHOOL].read_bytes() == whole


def test_a_part_cut_with_others_is_the_part_cut_alone() -> None:
    """Null in another scope's row leaves no trace, not even that there might have been nulls."""
    whole = pl.DataFrame(
        {
            "scope": ["one", "other", "other"],
            "text": ["有", None, "有"],
            "number": [1, 2, None],
            "list": [["有"], [None], None],
            "records": [[{"day": 1}], [{"day": None}], None],
        }
    )
    together = pack_by(whole, "scope")
    for scope in ("one", "other"):
        alone = whole.filter(scope=scope)
        assert together[scope] == pack_by(alone, "scope")[scope] == pack(alone.drop("scope"))
