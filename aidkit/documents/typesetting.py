"""Data and a template beside this file → PDF, the same bytes every time."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import typst

from aidkit.errors import UsageError

FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
)
"""Chinese fonts of Linux, Windows and macOS; the first one that the machine has is taken."""

SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "SimSun",
    "STSong",
    "Songti SC",
)
"""宋体 and its like, for official papers: before all others."""


class NoFontError(UsageError):
    """The machine has no Chinese font: no PDF can be made."""


def typeset(
    template: str,
    data: Mapping[str, object],
    made_on: dt.date,
    *,
    first: Sequence[str] = (),
) -> bytes:
    """Typeset `<template>.typ` with data.

    All texts reach the template as JSON, so that no name can be read as markup.

    Args:
        template: Name of the template without `.typ`.
        data: What the template prints; `font` is added.
        made_on: Date that the document bears as that of its making.
        first: Fonts that are taken before `FONTS`.

    Raises:
        NoFontError: The machine has no Chinese font.
    """
    fonts, families = _fonts()
    chinese = [family for family in (*first, *FONTS) if family in families]
    if not chinese:
        raise NoFontError(
            "本机没有中文字体，做不了 PDF。",
            remedy="请安装 Noto Sans CJK SC（Debian、Ubuntu：fonts-noto-cjk），再运行一次。",
        )
    stamp = dt.datetime.combine(made_on, dt.time(), dt.UTC)
    return typst.compile(
        Path(__file__).with_name(f"{template}.typ"),
        font_paths=fonts,
        sys_inputs={"data": json.dumps({**data, "font": chinese[0]}, ensure_ascii=False)},
        timestamp=stamp,
    )


@cache
def _fonts() -> tuple[typst.Fonts, frozenset[str]]:
    fonts = typst.Fonts()
    return fonts, frozenset(fonts.families())
