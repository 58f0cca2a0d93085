"""Empty workbooks: every input table, recognised, with drop-downs, text formats and notes."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from aidkit.county import read_county_settings
from aidkit.errors import UsageError
from aidkit.intake import read_county
from aidkit.labels import project_labels
from aidkit.tables import INPUTS
from aidkit.templates import make_templates
from aidkit.templates.workbook import CREATED


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("init") / "清溪县"
    make_templates(made, '清溪"县"')
    return made


def sheet(folder: Path, name: str) -> Worksheet:
    (path,) = folder.rglob(name)
    page = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def header(page: Worksheet, text: str) -> str:
    """The letter of a column."""
    return next(str(cell.column_letter) for cell in page[3] if cell.value == text)


def choices(page: Worksheet, letter: str) -> str | None:
    for rule in page.data_validations.dataValidation:
        if f"{letter}4" in str(rule.sqref).split(":") and rule.type == "list":
            return str(rule.formula1).strip('"')
    return None


def test_every_input_table_has_a_workbook_that_intake_recognises(folder: Path) -> None:
    intake = read_county(folder)
    assert intake.problems.rows() == []
    assert sorted(intake.counts["table"]) == sorted(INPUTS)
    assert intake.counts["good_rows"].sum() == 0


def test_files_are_listed_and_have_equal_bytes(folder: Path, tmp_path: Path) -> None:
    made = make_templates(tmp_path / "again", '清溪"县"')
    assert made == sorted(path for path in (tmp_path / "again").rglob("*") if path.is_file())
    for path in made:
        same = folder / path.relative_to(tmp_path / "again")
        assert path.read_bytes() == same.read_bytes()
        if path.suffix == ".xlsx":
            assert openpyxl.load_workbook(path).properties.created == CREATED


def test_settings_can_be_read_and_choose_no_province(folder: Path) -> None:
    settings = read_county_settings(folder)
    assert settings.name == '清溪"县"'
    assert settings.region == "cn"
    assert settings.adopts == ()
    # It is printed in letters to families, also where nobody has changed it.
    assert settings.contact == "县学生资助管理中心"


def test_what_the_settings_offer_can_be_used_as_it_stands(tmp_path: Path) -> None:
    make_templates(tmp_path / "county", "清溪县")
    path = tmp_path / "county" / "county.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("^#(?! )", "", text, flags=re.MULTILINE), encoding="utf-8")
    settings = read_county_settings(tmp_path / "county")
    assert settings.kinds == ("contiguous_poor",)
    quotas = dict(settings.quotas)
    assert quotas["teacher_hardship_city"].places == 5
    assert quotas["boarder_allowance"].base == "boarders"


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"")
    with pytest.raises(UsageError):
        make_templates(tmp_path, "清溪县")
    assert [path.name for path in tmp_path.iterdir()] == ["old.xlsx"]


def test_codes_are_text_and_dates_are_dates(folder: Path) -> None:
    page = sheet(folder, "学生名册/学校名称.xlsx")
    for text in ("学籍号", "身份证号", "学校标识码", "银行卡号", "监护人电话"):
        letter = header(page, text)
        assert page.column_dimensions[letter].number_format == "@", text
    for name, text in (
        ("教师资助申请表", "工号"),
        ("高校学生登记表", "学籍号"),
        ("困难职工档案表", "子女身份证号"),
        ("已受助登记表", "学籍号或工号"),
    ):
        other = sheet(folder, f"{name}.xlsx")
        assert other.column_dimensions[header(other, text)].number_format == "@", text
    born = page.column_dimensions[header(page, "出生日期")]
    assert born.number_format == "yyyy-mm-dd"


def test_choices_drop_down_with_the_words_of_the_vocabulary(folder: Path) -> None:
    page = sheet(folder, "学生名册/学校名称.xlsx")
    grades = project_labels().names("grade").values()
    assert choices(page, header(page, "年级")) == ",".join(grades)
    assert choices(page, header(page, "是否寄宿")) == "是,否"
    assert choices(page, header(page, "姓名")) is None
    for name, text, vocabulary in (
        ("教师资助申请表", "联合推荐单位", "funder"),
        ("资助变动登记表", "变动类别", "award_change"),
        ("收费登记表", "收费项目", "fee_kind"),
        ("困难职工档案表", "档案级别", "union_level"),
    ):
        page = sheet(folder, f"{name}.xlsx")
        words = project_labels().names(vocabulary).values()
        assert choices(page, header(page, text)) == ",".join(words)


def test_headers_stay_in_sight_and_carry_notes(folder: Path) -> None:
    for path in folder.rglob("*.xlsx"):
        page = openpyxl.load_workbook(path).worksheets[0]
        assert page.freeze_panes == "A4"
        assert all(cell.comment for cell in page[3])
    groups = sheet(folder, "家庭经济情况表.xlsx")
    note = groups[f"{header(groups, '困难类型')}3"].comment
    assert note is not None
    assert "顿号" in note.text
    assert "特困供养" in note.text


def test_a_filled_in_row_is_read(folder: Path, tmp_path: Path) -> None:
    """What the guide says works: fill in a template, hand it in."""
    make_templates(tmp_path / "county", "清溪县")
    (path,) = (tmp_path / "county").rglob("学校名单.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(["9901010001", "青源小学", "小学", "公办", "村"])
    book.save(path)
    schools = read_county(tmp_path / "county").tables["schools"]
    assert schools["school_name"].to_list() == ["青源小学"]


def test_the_guide_names_only_files_that_exist(folder: Path) -> None:
    guide = (folder / "说明.md").read_text(encoding="utf-8")
    names = re.findall(r"`([^`]+?\.(?:xlsx|toml))`", guide)
    assert len(names) >= 3
    for name in names:
        assert list(folder.rglob(name)), name
