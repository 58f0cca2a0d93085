"""Input tables and a county folder to open runs with."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.awards.conftest import invented
from tests.awards.followers import tables

__all__ = ["county", "invented", "make_tables"]

MakeTables = Callable[..., dict[str, pl.DataFrame]]


@pytest.fixture
def make_tables() -> MakeTables:
    """Input tables by name from dictionaries; every other table is empty."""

    return tables


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county folder in Henan that adopted the three tiers."""
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "county.toml").write_text(
        'name = "示例县"\nregion = "cn/henan/demo"\npublisher = "示例县资助中心"\n'
        'contact = "0000"\nadopts = ["tiered_aid"]\n',
        encoding="utf-8",
    )
    return folder
