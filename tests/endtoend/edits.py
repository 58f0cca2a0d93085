"""What somebody may do to a project between two runs; each edit is chosen by whole numbers."""

import json
import re
import shutil
from pathlib import Path

import openpyxl

TERM_FOLDER = "2026年秋季学期"


def pick(paths: list[Path], number: int) -> Path:
    """One of the paths, the same for the same number."""
    return sorted(paths)[number % len(paths)]


def workbooks(county: Path) -> list[Path]:
    """Every workbook of a county."""
    return [path for path in county.rglob("*.xlsx") if not path.name.startswith("~$")]


def change_cell(county: Path, book: int, row: int, column: int, how: int) -> None:
    """Blank a cell, fill it with nonsense, or with what stands in another row of its column."""
    path = pick(workbooks(county), book)
    opened = openpyxl.load_workbook(path)
    sheet = opened.worksheets[book % len(opened.worksheets)]
    first, last = 3, max(sheet.max_row, 3)
    place = first + row % (last - first + 1), 1 + column % sheet.max_column
    other = sheet.cell(first + (row // 7) % (last - first + 1), place[1]).value
    cell = sheet.cell(*place)
    if not isinstance(cell, openpyxl.cell.MergedCell):
        cell.value = (None, "乱写的", other, other, other)[how % 5]
    opened.save(path)


def change_rows(county: Path, book: int, row: int, how: int) -> None:
    """Remove a row, or write one a second time at the end."""
    path = pick(workbooks(county), book)
    opened = openpyxl.load_workbook(path)
    sheet = opened.worksheets[0]
    place = 3 + row % max(sheet.max_row - 2, 1)
    if how % 2:
        sheet.delete_rows(place)
    else:
        sheet.append([cell.value for cell in sheet[place]])
    opened.save(path)


def move_file(county: Path, book: int, how: int) -> None:
    """Remove, rename or double a workbook; or put something unreadable beside it."""
    path = pick(workbooks(county), book)
    if how % 4 == 0:
        path.unlink()
    elif how % 4 == 1:
        path.rename(path.with_name(f"新{path.name}"))
    elif how % 4 == 2:
        shutil.copyfile(path, path.with_name(f"又{path.name}"))
    else:
        path.with_name(f"坏{book % 3}.xlsx").write_text("不是工作簿", encoding="utf-8")


def change_number(folder: Path, file: int, place: int) -> None:
    """Make a figure of a program or of the county's own figures larger."""
    path = pick([p for p in folder.rglob("*.toml") if not p.name.endswith(".cases.toml")], file)
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(r"(?m)^(\w*(?:amount|fen|places|percent|yuan)\w* = )(\d+)", text))
    if not found:
        path.write_text(f"{text}# 一句说明\n", encoding="utf-8")
        return
    match = found[place % len(found)]
    text = f"{text[: match.start(2)]}{int(match[2]) + 1 + place % 5}{text[match.end(2) :]}"
    path.write_text(text, encoding="utf-8")


def change_label(params: Path, place: int) -> None:
    """Call something else by another Chinese word."""
    path = params / "labels.toml"
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(r'label = "([^"]+)"|^\w+ = "([^"]+)"', text, re.MULTILINE))
    match = found[place % len(found)]
    end = match.end() - 1
    path.write_text(f"{text[:end]}新{text[end:]}", encoding="utf-8")


def change_settings(county: Path, name: int) -> None:
    """The county has another name, publisher or contact."""
    path = county / "county.toml"
    text = path.read_text(encoding="utf-8")
    key = ("name", "publisher", "contact")[name % 3]
    text = re.sub(rf'(?m)^({key} = ")', rf"\g<1>{'新老'[name % 2]}", text)
    path.write_text(text, encoding="utf-8")


def change_notebook(folder: Path, which: int, how: int) -> None:
    """Add a cell that shows a number, reads a file beside, or fails; or take the last one out."""
    path = pick(list(folder.glob("*/*.ipynb")), which)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    added = [f"{how}", "1 / 0" if how % 5 == 0 else f"{how} + 1"]
    if path.parent.name == "internal":
        beside = "import aidkit.project, pathlib; pathlib.Path('notes.txt')"
        added += [f"{beside}.exists()", f"print(open('notes.txt').read(), {how})"]
        added += ["import helper; helper.WORD"]
    if cells[-1]["id"].startswith("added"):
        cells.pop()
    else:
        code = added[how % len(added)]
        cell = {"cell_type": "code", "id": f"added{how % 9}", "metadata": {}, "outputs": []}
        cells.append({**cell, "execution_count": None, "source": [code]})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def change_beside(root: Path, how: int) -> None:
    """What a notebook may read beside the tables: a text, a module of its own."""
    if how % 3 == 0:
        (root / "notes.txt").unlink(missing_ok=True)
    elif how % 3 == 1:
        (root / "notes.txt").write_text(f"{how}", encoding="utf-8")
    else:
        (root / "helper.py").write_text(f"WORD = '{how}'\n", encoding="utf-8")


def change_code(package: Path, which: int) -> None:
    """Another wording in aidkit itself."""
    path = package / ("internal/__init__.py", "public/__init__.py", "show/parts.py")[which % 3]
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.replace('各级财政应承担', '各级财政承担')}\n# {which}\n", "utf-8")


def spoil_results(term: Path, which: int, how: int) -> None:
    """Change, cut short or remove a file of the results."""
    files = [path for path in term.rglob("*") if path.is_file()]
    if not files:
        return
    path = pick(files, which)
    content = path.read_bytes()
    # Not in place: what was taken over has a second name elsewhere while a run is under way.
    path.unlink()
    if how % 3:
        path.write_bytes(content + b" " if how % 3 == 1 else content[: len(content) // 2])


def spoil_cache(cache: Path, which: int) -> None:
    """A kept file is damaged, or all are gone."""
    files = [path for path in cache.rglob("*") if path.is_file()]
    if not files or which % 3 == 0:
        shutil.rmtree(cache, ignore_errors=True)
        return
    path = pick(files, which)
    content = bytearray(path.read_bytes())
    if content:
        content[which % len(content)] ^= 1
    path.write_bytes(bytes(content))


def touch_all(county: Path) -> None:
    """New times, old content."""
    for path in workbooks(county):
        path.touch()
