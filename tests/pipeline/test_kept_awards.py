"""What was settled is believed only beside the very results and rules that it belongs to."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from aidkit.awards import Awards
from aidkit.pipeline.kept_awards import KeptAwards
from aidkit.tables import Decisions
from aidkit.tables.settled import Quotas

Fault = Callable[[KeptAwards, Path], KeptAwards]


def _cut(kept: KeptAwards, _: Path) -> KeptAwards:
    kept.file.write_bytes(kept.file.read_bytes()[:-1])
    return kept


def _edited(kept: KeptAwards, results: Path) -> KeptAwards:
    pl.DataFrame({"n": [2]}).write_parquet(results / "internal" / "tables" / "facts.parquet")
    return kept


def _gone(kept: KeptAwards, results: Path) -> KeptAwards:
    (results / "internal" / "tables" / "decisions.parquet").unlink()
    return kept


FAULTS: dict[str, Fault] = {
    "a byte is missing": _cut,
    "the facts are others": _edited,
    "the decisions are gone": _gone,
    "the rules are others": lambda kept, _: KeptAwards(kept.file, "other"),
    "never kept": lambda kept, _: KeptAwards(kept.file.with_name("none"), kept.key),
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results" / "internal" / "tables"
    folder.mkdir(parents=True)
    for number, name in enumerate(("facts", "decisions")):
        pl.DataFrame({"n": [number]}).write_parquet(folder / f"{name}.parquet")
    return tmp_path / "results"


@pytest.fixture
def kept(tmp_path: Path, results: Path) -> KeptAwards:
    kept = KeptAwards(tmp_path / "store" / "2026-autumn.awards", "key")
    settled = pl.DataFrame({"person_no": ["G1"]})
    kept.store(results, Awards(Decisions.create_empty(), Quotas.create_empty(), settled))
    return kept


def test_what_was_kept_comes_back(kept: KeptAwards, results: Path) -> None:
    earlier = kept.load(results)
    assert earlier is not None
    assert earlier.settled.to_dict(as_series=False) == {"person_no": ["G1"]}
    assert (earlier.facts["n"].item(), earlier.decisions["n"].item()) == (0, 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_else_is_believed(kept: KeptAwards, results: Path, fault: str) -> None:
    assert FAULTS[fault](kept, results).load(results) is None
