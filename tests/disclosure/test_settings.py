"""What `params/disclosure.toml` may declare."""

from pathlib import Path

import pytest

from aidkit.disclosure import read_settings
from aidkit.errors import ParamsError
from aidkit.project import find_project

DONORS = '[named_tables.donors]\ncolumns = ["number", "donor", "amount_fen"{}]\npages = ["a"]\n'


def test_shipped_settings() -> None:
    settings = read_settings(find_project().params / "disclosure.toml")
    assert (settings.threshold, settings.width) == (5, 2)
    assert "reports/*/county.html" in settings.named_tables["donors"].pages


@pytest.mark.parametrize(
    "column", ["phone", "id_number", "card_no", "address", "birth_date", "special_groups", "note"]
)
def test_personal_columns_are_refused(tmp_path: Path, column: str) -> None:
    path = tmp_path / "disclosure.toml"
    path.write_text("threshold = 5\nwidth = 2\n" + DONORS.format(f', "{column}"'), encoding="utf-8")
    with pytest.raises(ParamsError, match=column):
        read_settings(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "threshold = 2",
        "threshold = 5",
        "threshold = 5\nwidth = 0",
        "threshold = 5\nwidth = 4",
        "threshold = 5\nwidth = 2.0",
        "threshold = 5\nwidth = true",
        "threshold = 5.0",
        'threshold = "5"',
        "threshold = true",
        "threshold = 5\nwidth = 2\nsecret = 1",
        "threshold = 5\nwidth = 2\n[named_tables.pupils]\ncolumns = []\npages = []",
        "threshold = 5\nwidth = 2\n[named_tables.donors]\ncolumns = []",
        "threshold = 5\nwidth = 2\n[named_tables.donors]\ncolumns = 'donor'\npages = []",
        "threshold = 5\nwidth = 2\n[named_tables]\ndonors = 3",
        "threshold = ",
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "disclosure.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError):
        read_settings(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError):
        read_settings(tmp_path / "disclosure.toml")
