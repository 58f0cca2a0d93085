"""A county with two funds, and three vouchers in one of them."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from aidkit.cli import fund_words
from aidkit.project import find_project
from tests.cli.officer import GIFT, OPEN, PAID, posted
from tests.fund.county import make_county


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county folder with two funds, in a project of its own."""
    shutil.copytree(find_project().params, tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fund_words, "clock", lambda: dt.date(2026, 12, 31))
    return make_county(tmp_path / "data" / "demo")


@pytest.fixture
def book(county: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The county with three vouchers."""
    for words in (OPEN, GIFT, PAID):
        code, told = posted(words, capsys)
        assert code == 0, told
    return county
