"""A demo that was made before the sample county had funds."""

from pathlib import Path

import pytest

from aidkit.cli import commands
from aidkit.cli.places import DEMO
from aidkit.project import Project


def test_an_old_demo_says_that_it_has_no_fund_and_how_to_get_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DEMO / "params").mkdir(parents=True)
    commands._statements_of_sample(Project(tmp_path))
    said = capsys.readouterr().out
    assert "没有基金" in said
    assert "--fresh" in said
