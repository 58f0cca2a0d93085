"""Codes and their Chinese, both ways: headers and cells are read, reports printed with it."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aidkit.errors import ParamsError
from aidkit.project import find_project

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_REMARK = re.compile(r"\((?!(单位|个人|姓名)/)[^()]*\)")


@dataclass(frozen=True)
class ColumnLabel:
    """How a column is called: standard header, accepted synonyms, note for whoever fills it in."""

    header: str
    synonyms: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Labels:
    """All Chinese of tables and vocabularies.

    Attributes:
        titles: Table name to its Chinese title.
        columns: Table name to column name to its label.
        vocabularies: Vocabulary name to code to (label, synonyms).
        called: Table name to what people call such a table besides its title.
    """

    titles: Mapping[str, str]
    columns: Mapping[str, Mapping[str, ColumnLabel]]
    vocabularies: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]]
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, vocabulary: str, code: str) -> str:
        """The Chinese of a code.

        Raises:
            ParamsError: The vocabulary has no such code.
        """
        try:
            return self.vocabularies[vocabulary][code][0]
        except KeyError:
            raise ParamsError(
                f"词表“{vocabulary}”里没有代码“{code}”。",
                where="params/labels.toml",
                remedy="请补上这个代码的中文。",
            ) from None

    def tier(self, code: str) -> str:
        """The Chinese of a tier: of a panel's, or of a case that a rule tells apart.

        Raises:
            ParamsError: Neither vocabulary has the code.
        """
        return self.label("case" if code in self.vocabularies["case"] else "tier", code)

    def codes(self, vocabulary: str) -> dict[str, str]:
        """Every accepted spelling (as `plain`) of a vocabulary to its code."""
        return _spellings(self.vocabularies[vocabulary])

    def names(self, vocabulary: str) -> dict[str, str]:
        """Code to label, in the order of the file: for printing and drop-downs."""
        return {code: label for code, (label, _) in self.vocabularies[vocabulary].items()}

    def headers(self, table: str) -> dict[str, str]:
        """Every accepted header (as `plain`) of a table to its column name."""
        return _spellings(
            {name: (label.header, label.synonyms) for name, label in self.columns[table].items()}
        )


def folded(text: str) -> str:
    """Fold what people write differently: width, spaces, invisible marks; brackets stay."""
    return re.sub(r"\s+", "", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def plain(text: str) -> str:
    """`folded` without bracketed remarks: for headers, where a remark changes nothing."""
    return _REMARK.sub("", folded(text)).strip(":：*")


def read_labels(path: Path) -> Labels:
    """Read a labels file.

    Raises:
        ParamsError: Not TOML, a key is missing, or one spelling stands for two codes.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        labels = Labels(
            titles={name: table["title"] for name, table in raw["tables"].items()},
            columns={
                name: {
                    column: ColumnLabel(entry["header"], tuple(entry["synonyms"]), entry["note"])
                    for column, entry in table["columns"].items()
                }
                for name, table in raw["tables"].items()
            },
            vocabularies={
                name: {code: (e["label"], tuple(e["synonyms"])) for code, e in entries.items()}
                for name, entries in raw["vocabularies"].items()
            },
            called={name: tuple(table.get("called", ())) for name, table in raw["tables"].items()},
        )
        for table in labels.columns:
            labels.headers(table)
        for vocabulary in labels.vocabularies:
            labels.codes(vocabulary)
    except tomllib.TOMLDecodeError as fault:
        raise ParamsError(f"对照表不是正确的 TOML：{fault}", where=str(path)) from None
    except KeyError as fault:
        raise ParamsError(f"对照表缺少键 {fault}。", where=str(path)) from None
    except ValueError as fault:
        raise ParamsError(
            f"对照表里“{fault}”对应两个代码。", where=str(path), remedy="请去掉其中一个同义词。"
        ) from None
    return labels


@cache
def project_labels() -> Labels:
    """The labels of the project around the working directory, read once."""
    return read_labels(find_project().params / "labels.toml")


def _spellings(entries: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for code, (label, synonyms) in entries.items():
        for spelling in {plain(label), *map(plain, synonyms)}:
            if spellings.setdefault(spelling, code) != code:
                raise ValueError(spelling)
    return spellings
