"""The list of a notice: allowed columns only, as a CSV file whose digest is its proof.

It lies beside the register as `<county>/notices/lists/<digest>.csv`: internal, never published as
such. Its name says what must stand in it, so that a changed list is not taken for the posted one.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.money import fen_of_text, yuan
from aidkit.project import replacing

HEADERS = {
    "number": "编号",
    "name": "姓名",
    "school": "学校",
    "grade": "年级",
    "class": "班级",
    "program": "项目",
    "amount_fen": "金额（元）",
}
"""Column to its header."""

LONGEST_DIGITS = 4
"""Digits in a row that a class or a school may have; more are a number of a person."""

_DIGITS = re.compile(rf"\d{{{LONGEST_DIGITS + 1},}}")


@dataclass(frozen=True)
class Line:
    """One person of a list; what its notice does not show is empty.

    Attributes:
        number: In the notice; it stays the same when others are taken off.
        name: The person.
        school: Name of the school.
        grade: What people call it.
        class_name: Only where two of one name are in one grade of one school.
        program: Short title.
        amount_fen: None where the notice has no amounts.
    """

    number: int
    name: str
    school: str = ""
    grade: str = ""
    class_name: str = ""
    program: str = ""
    amount_fen: int | None = None

    def cell(self, column: str) -> str:
        """A column as the list prints it."""
        if column == "amount_fen":
            return "" if self.amount_fen is None else yuan(self.amount_fen).replace(",", "")
        return str(getattr(self, {"class": "class_name"}.get(column, column)))


def told_apart(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with the class only where it tells two of one name apart."""
    alike = Counter((line.name, line.school, line.grade) for line in lines)
    return tuple(
        line if alike[line.name, line.school, line.grade] > 1 else replace(line, class_name="")
        for line in lines
    )


def still_alike(lines: Iterable[Line]) -> list[str]:
    """Names that several lines have with the same school, grade and class: numbers tell them."""
    alike = Counter((line.name, line.school, line.grade, line.class_name) for line in lines)
    return sorted({key[0] for key, times in alike.items() if times > 1})


def list_bytes(lines: Iterable[Line], columns: Collection[str]) -> bytes:
    """A list as CSV that Excel opens with Chinese intact; equal lists have equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS[column] for column in columns)
    for line in lines:
        writer.writerow(line.cell(column) for column in columns)
    return text.getvalue().encode("utf-8-sig")


def lines_of(content: bytes, columns: Sequence[str], where: str) -> tuple[Line, ...]:
    """The lines of a list.

    Args:
        content: A CSV file as `list_bytes` makes it.
        columns: The columns it must have: those of its kind of notice, and no other.
        where: The file, for messages.

    Raises:
        InputError: Other columns, a line without number or name, a number twice, an amount that
            is none, or a long number in a cell.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise InputError(
            "名单读不了。", where=where, remedy="请另存为 CSV UTF-8（逗号分隔）。"
        ) from None
    headers = [HEADERS[column] for column in columns]
    if not rows or rows[0] != headers:
        raise InputError(
            f"名单的列应当是：{'、'.join(headers)}。",
            where=f"{where}，第 1 行",
            remedy="这种公示只能写这些列；身份证号、电话、住址、困难原因等都不能写。",
        )
    lines = [
        _line(row, columns, f"{where}，第 {number} 行")
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    for number, times in Counter(line.number for line in lines).items():
        if times > 1:
            raise InputError(f"编号 {number} 有两行。", where=where, remedy="请给每人一个编号。")
    return tuple(sorted(lines, key=lambda line: line.number))


def stored_at(folder: Path, digest: str) -> Path:
    """Where a list lies, by its digest."""
    return folder / "lists" / f"{digest}.csv"


def store_list(folder: Path, content: bytes) -> str:
    """Put a list beside the register; returns its digest."""
    digest = digest_of(content)
    with replacing(stored_at(folder, digest)) as file:
        file.write(content)
    return digest


def stored_list(folder: Path, digest: str, columns: Sequence[str]) -> tuple[Line, ...]:
    """A list back.

    Raises:
        InputError: It is lost or was changed.
    """
    path = stored_at(folder, digest)
    content = path.read_bytes() if path.is_file() else None
    if content is None or digest_of(content) != digest:
        lost = "不见了" if content is None else "被改过，与登记的校验码不符"
        raise InputError(
            f"公示的名单{lost}。",
            where=str(path),
            remedy="请用备份换回这个文件；名单要用命令更正。",
        )
    return lines_of(content, columns, path.name)


def _line(row: Sequence[str], columns: Sequence[str], where: str) -> Line:
    cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
    if len(row) != len(columns) or not cells.get("name") or not cells["number"].isdecimal():
        raise InputError(
            "这一行缺少编号、姓名，或者列数不对。",
            where=where,
            remedy="新增的人编号接在最后一个后面，不要用别人用过的编号。",
        )
    for column, cell in cells.items():
        if column not in {"number", "amount_fen"} and _DIGITS.search(cell):
            raise InputError(
                f"“{HEADERS[column]}”里有一长串数字。",
                where=where,
                remedy="公示里不能有学籍号、身份证号、电话、银行卡号；请删去。",
            )
    try:
        amount = fen_of_text(cells["amount_fen"]) if cells.get("amount_fen") else None
    except ValueError:
        raise InputError(
            f"金额“{cells['amount_fen']}”读不懂。", where=where, remedy="请写成 1250.00。"
        ) from None
    return Line(
        number=int(cells["number"]),
        name=cells["name"],
        school=cells.get("school", ""),
        grade=cells.get("grade", ""),
        class_name=cells.get("class", ""),
        program=cells.get("program", ""),
        amount_fen=amount,
    )
