"""Lay out an empty county folder."""

import json
from pathlib import Path

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.labels import project_labels
from aidkit.project import find_project, replacing
from aidkit.tables import INPUTS
from aidkit.templates.fund import FUND_FILE
from aidkit.templates.guide import PARAMS_LINE, SETTINGS, guide
from aidkit.templates.workbook import template

COUNTY_WIDE = ("schools", "teachers")
FUND = (
    "donations",
    "payouts",
    "goods_received",
    "goods_given",
    "goods_taken",
    "fund_movements",
    "bank_statement",
)
BY_SCHOOL = {"students": "学生名册", "scores": "考试成绩"}
"""Tables that each school keeps in a workbook of its own, and the folder for them."""


def make_templates(folder: Path, name: str) -> list[Path]:
    """Make an empty county: one workbook for every input table, settings and a guide.

    The term's folder is that of the latest term of `params/terms`.

    Args:
        folder: Where to; absent or empty.
        name: What reports call the county.

    Returns:
        Every file made, in order of path.

    Raises:
        UsageError: The folder holds something, or the project has no term.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "这个文件夹不是空的，没有写入模板。",
            where=folder.name,
            remedy="请换一个空文件夹，或先把里面的内容移走。",
        )
    term = _latest_term()
    when = term.label.replace(" ", "")
    files: dict[str, bytes] = {
        "county.toml": SETTINGS.format(name=json.dumps(name, ensure_ascii=False)).encode(),
        "params/README.md": PARAMS_LINE.encode(),
        "params/funds/love_fund.toml": FUND_FILE.format(
            name=json.dumps(f"{name}教育爱心基金", ensure_ascii=False)
        ).encode(),
        "说明.md": guide(name, term).encode(),
    }
    titles = project_labels().titles
    for table in INPUTS:
        if table in COUNTY_WIDE:
            path = f"{titles[table]}.xlsx"
        elif table in FUND:
            path = f"基金/{titles[table]}.xlsx"
        elif table in BY_SCHOOL:
            path = f"{when}/{BY_SCHOOL[table]}/学校名称.xlsx"
        else:
            path = f"{when}/{titles[table]}.xlsx"
        files[path] = template(table)
    for path, content in files.items():
        with replacing(folder / path) as file:
            file.write(content)
    return sorted(folder / path for path in files)


def _latest_term() -> Term:
    terms = [Term.parse(path.stem) for path in (find_project().params / "terms").glob("*.yaml")]
    if not terms:
        raise UsageError(
            "项目里还没有学期。",
            where="params/terms",
            remedy="请先写一份学期文件，例如 params/terms/2026-autumn.yaml。",
        )
    return max(terms)
