"""Parameters of notebooks: text, because a code or date read as a number is another one."""

from collections.abc import Collection
from pathlib import Path

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.project import Project


def term_of(term: object) -> Term:
    """The term that a parameter names.

    Raises:
        UsageError: Not text, or not a term.
    """
    text = text_of("term", term)
    try:
        return Term.parse(text)
    except ValueError:
        raise UsageError(
            f"参数 term 不是学期：{text}", remedy='请写成 "2026-autumn" 或 "2026-spring"。'
        ) from None


def county_of(project: Project, county: object) -> Path:
    """The county folder that a parameter names.

    Raises:
        UsageError: Not text.
    """
    return project.county(text_of("county", county))


def text_of(name: str, value: object) -> str:
    """A parameter that must be text.

    Raises:
        UsageError: It is a number, a date or empty.
    """
    if not isinstance(value, str) or not value.strip():
        raise UsageError(
            f"参数 {name} 应当是文字，读到的是 {type(value).__name__}：{value!r}",
            where=name,
            remedy=f"在 YAML 里给值加英文双引号；命令行用 -r {name} 值（不要用 -p）。",
        )
    return value


def school_of(code: object, codes: Collection[str]) -> str:
    """The school that a parameter names.

    Raises:
        UsageError: Not text, or no such school in this county and term.
    """
    text = text_of("school_code", code)
    if text not in codes:
        known = "、".join(sorted(codes)[:30])
        raise UsageError(
            f"这个学期没有学校标识码为 {text} 的学校。",
            where="school_code",
            remedy=f"现有学校标识码：{known}",
        )
    return text
