"""Every column and every choice has its Chinese; one spelling never means two things."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.labels import plain, project_labels, read_labels
from aidkit.tables import INPUTS
from aidkit.tables.columns import vocabulary_of

OWN = ("source_file", "source_sheet", "source_row", "term")


@pytest.mark.parametrize("table", INPUTS)
def test_columns_of_labels_and_schema_agree(table: str) -> None:
    columns = [name for name in INPUTS[table].columns() if name not in OWN]
    assert list(project_labels().columns[table]) == columns


@pytest.mark.parametrize("table", INPUTS)
def test_every_vocabulary_exists(table: str) -> None:
    for column in INPUTS[table].columns().values():
        if vocabulary := vocabulary_of(column):
            assert project_labels().codes(vocabulary)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        (" 姓　名 ", "姓名"),
        ("家庭年收入（元）", "家庭年收入"),
        ("学籍号*", "学籍号"),
        ("\u200b年级", "年级"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert plain(written) == folded


def test_one_spelling_for_two_codes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(
        '[tables]\n[vocabularies.sex]\nmale = { label = "男", synonyms = [] }\n'
        'female = { label = "女", synonyms = ["男"] }\n',
        encoding="utf-8",
    )
    with pytest.raises(ParamsError, match="男"):
        read_labels(path)
