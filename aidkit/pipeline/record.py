"""The run record: hashes of everything that went in and came out, so a run can be repeated."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from aidkit import __version__
from aidkit.errors import MissingTablesError
from aidkit.project import Project, replacing

RECORD = "run.json"


def foundations(
    project: Project, county: Path, folder: Path, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """Hashes of all that a term's notebooks rest on, tables included.

    Args:
        project: Whose programs, notebooks and package make the results.
        county: The folder of workbooks.
        folder: The term's results; its tables are made.
        parameters: The term's parameters.
    """
    counts = pl.read_parquet(folder / "internal" / "tables" / "counts.parquet")
    inputs = {"county.toml", *counts["file"]}
    return {
        "aidkit": __version__,
        "parameters": dict(parameters),
        "inputs": {name: _digest(county / name) for name in sorted(inputs)},
        "params": _digests(project.params, ("*.toml",)),
        "county_params": _digests(county / "params", ("*.toml",)),
        "notebooks": _digests(project.notebooks, ("*.ipynb",)),
        "package": _digests(Path(__file__).parents[1], ("*.py",)),
        "tables": _digests(folder, ("*.parquet",)),
    }


def write_record(folder: Path, ground: Mapping[str, Any]) -> None:
    """Write `run.json` beside a term's complete results: the foundations and every output."""
    record = {**ground, "outputs": _digests(folder, ("*.parquet", "*.ipynb"))}
    with replacing(folder / RECORD) as file:
        file.write(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode())


def rests_on(folder: Path, ground: Mapping[str, Any]) -> bool:
    """Whether a complete earlier run rests on the same foundations."""
    try:
        record = read_record(folder)
    except MissingTablesError:
        return False
    return {key: value for key, value in record.items() if key != "outputs"} == ground


def read_record(folder: Path) -> dict[str, Any]:
    """Read the record of a complete run and check that its results are still what it made.

    Raises:
        MissingTablesError: No complete run, or a result was changed or removed since.
    """
    path = folder / RECORD
    if not path.is_file():
        raise MissingTablesError(
            "这个学期还没有完整的运行结果。",
            where=f"{folder.parent.name}/{folder.name}",
            remedy=f"请先运行 aidkit run {folder.name}",
        )
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    changed = [
        name
        for name, digest in record["outputs"].items()
        if not (folder / name).is_file() or _digest(folder / name) != digest
    ]
    if changed:
        raise MissingTablesError(
            f"运行之后有 {len(changed)} 个结果文件被改动或删除，例如 {changed[0]}。",
            where=f"{folder.parent.name}/{folder.name}",
            remedy=f"请重新运行 aidkit run {folder.name}",
        )
    return record


def _digests(folder: Path, patterns: Iterable[str]) -> dict[str, str]:
    files = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
