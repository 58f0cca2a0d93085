"""A term's parameters: `params/terms/<term>.yaml` and what the command line changes in it."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import yaml

from aidkit.calendar import Term
from aidkit.errors import ParamsError, UsageError
from aidkit.project import Project

NAMES = ("term", "county", "published_on", "next_update")
"""The parameters of a term; every notebook declares them, schools add `school_code`."""

DAYS = frozenset({"published_on", "next_update"})


def term_parameters(project: Project, term: Term, changes: Mapping[str, str]) -> dict[str, str]:
    """Read a term's parameters and lay the changes of the command line over them.

    Args:
        project: Where `params/terms` lies.
        term: The term to run.
        changes: `-p name=value` and `--county`.

    Raises:
        UsageError: The term has no file, or a change names no parameter.
        ParamsError: A value is a number or date where quoted text belongs, or no date where one
            belongs, or one is missing.
    """
    path = project.params / "terms" / f"{term.code}.yaml"
    if not path.is_file():
        raise UsageError(
            f"没有 {term.label}的参数文件。",
            where=f"params/terms/{path.name}",
            remedy="请复制上学期的文件，改成这个名字，再改里面的学期和日期。",
        )
    unknown = sorted(set(changes) - set(NAMES))
    if unknown:
        raise UsageError(
            f"没有名为“{'、'.join(unknown)}”的参数。", remedy=f"可以改的参数：{'、'.join(NAMES)}。"
        )
    for name in sorted(DAYS.intersection(changes)):
        _check_day(name, changes[name], f"-p {name}")
    parameters = {**read_parameters(path), **changes}
    if parameters["term"] != term.code:
        raise ParamsError(
            f"参数里的学期是 {parameters['term']}，要运行的是 {term.code}。",
            where=f"params/terms/{path.name}" if "term" not in changes else "-p term",
            remedy=f'请写成 term: "{term.code}"。',
        )
    return parameters


def read_parameters(path: Path) -> dict[str, str]:
    """Read one parameter file, all of whose values must be quoted text.

    Raises:
        ParamsError: Not YAML, an unknown or missing name, or a value that is not text.
    """
    where = f"params/terms/{path.name}"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise ParamsError(f"参数文件读不懂：{fault}", where=where) from None
    if not isinstance(raw, dict):
        raise ParamsError("参数文件应当是“名称: 值”的形式。", where=where)
    for name, value in raw.items():
        if name not in NAMES:
            raise ParamsError(
                f"参数“{name}”不认识。", where=where, remedy=f"可用：{'、'.join(NAMES)}"
            )
        if not isinstance(value, str):
            raise ParamsError(
                f"参数“{name}”的值 {value} 没有加引号，被读成了数字或日期。",
                where=where,
                remedy=f'请写成 {name}: "{value}"（连同英文双引号）。',
            )
    missing = [name for name in NAMES if name not in raw]
    if missing:
        raise ParamsError(f"参数文件缺少“{'、'.join(missing)}”。", where=where)
    for name in sorted(DAYS):
        _check_day(name, raw[name], where)
    return dict(raw)


def _check_day(name: str, value: str, where: str) -> None:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        raise ParamsError(
            f"参数“{name}”不是日期：{value}", where=where, remedy='请写成 "2026-11-20" 的样子。'
        ) from None
