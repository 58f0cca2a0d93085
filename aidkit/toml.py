"""Read a TOML table key by key; a wrong or left-over key ends in an error that names it."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.errors import ParamsError

MOST_FEN = 10**11
"""A thousand million yuan: above any figure of a program."""

_LINE = re.compile(r"at line (\d+)")


class TomlTable:
    """One table of a params file.

    Attributes:
        file: The file, as messages name it.
        place: Where the table lies, e.g. `version[2].conditions`; empty at the top.
    """

    def __init__(self, file: str, place: str, entries: Mapping[str, Any]) -> None:
        self.file = file
        self.place = place
        self._entries = dict(entries)
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._entries

    def fault(self, key: str, message: str, remedy: str) -> ParamsError:
        """An error about a key of this table, to be raised by the caller."""
        place = ".".join(part for part in (self.place, key) if part)
        return ParamsError(message, where=f"{self.file}：{place}", remedy=remedy)

    def text(self, key: str) -> str:
        """A text that must not be blank."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, f"“{key}”应是文字。", "请用引号写上文字。")
        return value

    def text_or(self, key: str, default: str) -> str:
        """A text, or the default where the key is absent."""
        return self.text(key) if key in self else default

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key) if key in self else None

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """One of a few codes."""
        return self._allowed(key, self.text(key), list(allowed))

    def choices(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of codes that is not empty and names none twice."""
        codes = self.ids(key)
        known = list(allowed)
        return tuple(self._allowed(key, code, known) for code in codes)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fault(key, f"“{key}”应是文字的列表。", '请写成 ["…", "…"]。')
        return tuple(value)

    def ids(self, key: str) -> tuple[str, ...]:
        """A list of names that is not empty and names none twice."""
        names = self.texts(key)
        if not names or len(set(names)) < len(names):
            raise self.fault(key, f"“{key}”是空的或有重复。", "请列出至少一项，每项一次。")
        return names

    def texts_or_empty(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        return self.texts(key) if key in self else ()

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self.fault(key, f"“{key}”应是 true 或 false。", "请不要加引号。")
        return value

    def flag_or(self, key: str, default: bool) -> bool:
        """True or false, or the default where the key is absent."""
        return self.flag(key) if key in self else default

    def date(self, key: str) -> dt.date:
        """A day."""
        value = self._take(key)
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise self.fault(key, f"“{key}”应是日期。", "请写成 2024-03-01，不加引号。")
        return value

    def term(self, key: str) -> Term:
        """A school term."""
        text = self.text(key)
        try:
            return Term.parse(text)
        except ValueError:
            raise self.fault(key, f"学期“{text}”写法不对。", "请写成 2024-spring。") from None

    def optional_date(self, key: str) -> dt.date | None:
        """A day, or None where the key is absent."""
        return self.date(key) if key in self else None

    def dates_or_empty(self, key: str) -> tuple[dt.date, ...]:
        """Days, each once; none where the key is absent."""
        value = self._take(key) if key in self else []
        days = value if isinstance(value, list) else [None]
        if not all(type(day) is dt.date for day in days) or len(set(days)) < len(days):
            raise self.fault(
                key, f"“{key}”应是几个日期，每个一次。", "请写成 [2024-03-01, 2024-03-02]。"
            )
        return tuple(days)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that the table has, in the order of the file."""
        return tuple(self._entries)

    def holds_list(self, key: str) -> bool:
        """Whether a key, where it is present, holds a list."""
        return isinstance(self._entries.get(key), list)

    def holds_table(self, key: str) -> bool:
        """Whether a key, where it is present, holds a table."""
        return isinstance(self._entries.get(key), dict)

    def filled_from(self, other: "TomlTable", keys: Iterable[str]) -> "TomlTable":
        """This table with some keys of another one in place of its own or of none."""
        taken = {key: other._entries[key] for key in keys}
        return TomlTable(self.file, self.place, self._entries | taken)

    def only(self, *keys: str) -> "TomlTable":
        """This table with no other keys than these."""
        kept = {key: value for key, value in self._entries.items() if key in keys}
        return TomlTable(self.file, self.place, kept)

    def without(self, *keys: str) -> "TomlTable":
        """This table without some keys."""
        return self.only(*(key for key in self._entries if key not in keys))

    def optional_choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """One of a few codes, or None where the key is absent."""
        return self.choice(key, allowed) if key in self else None

    def choice_or(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of a few codes, or the default where the key is absent."""
        return self.choice(key, allowed) if key in self else default

    def choices_or_empty(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Codes, each once; empty where the key is absent."""
        return self.choices(key, allowed) if key in self else ()

    def decimal(self, key: str) -> Decimal:
        """A number, exact."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(key, f"“{key}”应是数字。", "请写不带引号、不带 % 的数字。")
        return Decimal(value)

    def natural(self, key: str) -> int:
        """A whole number from 1."""
        value = self.whole(key)
        if value < 1:
            raise self.fault(key, f"“{key}”不能小于 1。", "请写 1 以上的整数。")
        return value

    def optional_natural(self, key: str) -> int | None:
        """A whole number from 1, or None where the key is absent."""
        return self.natural(key) if key in self else None

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, f"“{key}”应是整数。", "请写不带引号的整数。")
        return value

    def fen(self, key: str) -> int:
        """Yuan in the file, fen in the answer."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(key, f"“{key}”应是金额（元）。", "请写不带引号、不带单位的数字。")
        fen = Decimal(value) * 100
        if not fen.is_finite() or not 0 <= fen <= MOST_FEN:
            raise self.fault(key, f"“{key}”的 {value} 元太大或为负。", "金额的单位是元，不能为负。")
        if fen != fen.to_integral_value():
            raise self.fault(key, f"“{key}”的 {value} 元不是整分。", "金额最多两位小数。")
        return int(fen)

    def optional_fen(self, key: str) -> int | None:
        """Yuan in the file, fen in the answer; None where the key is absent."""
        return self.fen(key) if key in self else None

    def table(self, key: str) -> "TomlTable":
        """A table below this one."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.fault(key, f"“{key}”应是一个表。", f"请写成 [{key}] 或 {{ … }}。")
        return TomlTable(self.file, ".".join(filter(None, (self.place, key))), value)

    def table_or_empty(self, key: str) -> "TomlTable":
        """A table below this one; an empty one where the key is absent."""
        place = ".".join(filter(None, (self.place, key)))
        return self.table(key) if key in self else TomlTable(self.file, place, {})

    def tables(self, key: str) -> list["TomlTable"]:
        """A list of tables that is not empty."""
        value = self._take(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            raise self.fault(key, f"“{key}”应是一个或几个表。", f"请写成 [[{key}]]。")
        stem = ".".join(filter(None, (self.place, key)))
        return [TomlTable(self.file, f"{stem}[{n}]", v) for n, v in enumerate(value, 1)]

    def tables_or_empty(self, key: str) -> list["TomlTable"]:
        """A list of tables; empty where the key is absent or `[]`."""
        return self.tables(key) if key in self and self._entries[key] != [] else []

    def done(self) -> None:
        """Refuse keys that nobody asked for.

        Raises:
            ParamsError: There is one; the remedy names the key that it looks like.
        """
        for key in self._entries:
            if key not in self._asked:
                raise self.fault(key, f"不认识的键“{key}”。", close_to(key, self._asked))

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._entries:
            raise self.fault(key, f"缺少“{key}”。", f"请补上“{key}”。")
        return self._entries[key]

    def _allowed(self, key: str, code: str, allowed: list[str]) -> str:
        if code not in allowed:
            raise self.fault(key, f"“{key}”里的“{code}”不是允许的写法。", close_to(code, allowed))
        return code


def read_toml(path: Path) -> TomlTable:
    """Read a params file; decimals stay exact.

    Raises:
        ParamsError: Not UTF-8 or not TOML.
    """
    try:
        # Old versions of Notepad put a mark before the first character.
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise ParamsError(
            "文件不是 UTF-8 编码。", where=str(path), remedy="请另存为，编码选 UTF-8。"
        ) from None
    except tomllib.TOMLDecodeError as fault:
        line = _LINE.search(str(fault))
        place = f"第 {line[1]} 行附近" if line else "文件末尾"
        raise ParamsError(
            f"{place}写法不对，不是正确的 TOML。",
            where=str(path),
            remedy="请看引号、括号和等号是否成对，对照 params/programs 里的其他文件改正。",
        ) from None
    return TomlTable(str(path), "", entries)


def close_to(wrong: str, allowed: Iterable[str]) -> str:
    """The remedy for a misspelt name: the one that it looks like, or all of them."""
    known = sorted(allowed)
    if close := get_close_matches(wrong, known, n=1, cutoff=0.6):
        return f"是不是想写“{close[0]}”？"
    return f"可以写：{'、'.join(known)}。"
