"""What `params/disclosure.toml` declares: the threshold and the tables that may name persons."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidkit.errors import ParamsError

PERMITTED_COLUMNS = {
    "donors": ("number", "donor", "amount_fen", "donated_on"),
    "fund_gifts": ("number", "consent", "donor", "donated_on", "kind", "amount_fen"),
}
"""Named table to the only columns it may ever show; no declaration can add to them."""

LEAST_THRESHOLD = 3
"""Below this a count says almost directly who is meant."""


@dataclass(frozen=True)
class NamedTable:
    """A declared public table that names persons.

    Attributes:
        columns: Columns that it shows, out of `PERMITTED_COLUMNS`.
        pages: Paths below the site's root where the names may stand; `*` stands for any text.
    """

    columns: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """The rules of disclosure.

    Attributes:
        threshold: Counts from 1 to `threshold - 1` are not published.
        width: The least and the greatest count that a withheld cell can have in the eyes of who
            reads all that is published are at least so far apart.
        named_tables: Declared tables that name persons, by name.
    """

    threshold: int
    width: int
    named_tables: dict[str, NamedTable]


def read_settings(path: Path) -> Settings:
    """Read `disclosure.toml`.

    Raises:
        ParamsError: Not TOML, an unknown key, a threshold below 3, a width that small counts
            cannot have, a named table that is not foreseen, or a column beyond the permitted ones.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ParamsError(f"读不了公布规则：{fault}", where=path.name) from None
    _only(raw, {"threshold", "width", "named_tables"}, path.name)
    threshold = raw.get("threshold")
    if type(threshold) is not int or threshold < LEAST_THRESHOLD:
        raise ParamsError(
            f"threshold 要写成不小于 {LEAST_THRESHOLD} 的整数。",
            where=f"{path.name}：threshold",
            remedy="常用的是 5。",
        )
    width = raw.get("width")
    # Counts that are too small go from 1 to threshold - 1: they cannot be told to be further apart.
    if type(width) is not int or not 1 <= width <= threshold - 2:
        raise ParamsError(
            f"width 要写成 1 到 {threshold - 2} 的整数（threshold 减 2）。",
            where=f"{path.name}：width",
            remedy="常用的是 2：未公布的人数至少有三种可能。",
        )
    declared = raw.get("named_tables", {})
    named = {name: _named_table(name, entry, path.name) for name, entry in declared.items()}
    return Settings(threshold, width, named)


def _named_table(name: str, entry: Any, file: str) -> NamedTable:
    where = f"{file}：named_tables.{name}"
    permitted = PERMITTED_COLUMNS.get(name)
    if permitted is None:
        raise ParamsError(
            f"没有名为“{name}”的实名表。",
            where=where,
            remedy=f"只能声明：{'、'.join(PERMITTED_COLUMNS)}。",
        )
    if not isinstance(entry, dict):
        raise ParamsError("实名表要写成一节，含 columns 和 pages。", where=where)
    _only(entry, {"columns", "pages"}, where)
    columns = _texts(entry, "columns", where)
    if beyond := [column for column in columns if column not in permitted]:
        raise ParamsError(
            f"实名表不允许公布这些列：{'、'.join(beyond)}。",
            where=f"{where}.columns",
            remedy=f"只能从这些列里选：{'、'.join(permitted)}。",
        )
    return NamedTable(columns, _texts(entry, "pages", where))


def _only(entry: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(entry.keys() - known):
        raise ParamsError(
            f"不认识的键：{'、'.join(unknown)}。",
            where=where,
            remedy=f"只能写：{'、'.join(sorted(known))}。",
        )


def _texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = entry.get(key)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ParamsError(f"{key} 要写成一列文字。", where=f"{where}.{key}")
    return tuple(texts)
