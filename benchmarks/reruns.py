"""What it costs to run a term again: nothing changed, or one school's workbook of three hundred.

Usage, from the checkout: python -m benchmarks.reruns --date 2026-11-22

In each pair a whole run, where everything is made again, and a run that finds out by itself what
to do. The changed workbook is a school's panel's: one tier, changed and changed back in turn.
After each pair both must have left the same bytes.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl

from benchmarks.bench import COUNTY, TERM, Bench, digests_below
from benchmarks.command import main
from benchmarks.processes import aidkit
from benchmarks.row import Row, broken, share_of

TITLE, TIER, OTHER = "三级资助", "三级", "二级"
"""The program whose panel decides again, the tier it had given, the tier it gives now."""

RESTS_ON = ("run.json", "rests_on.json")
"""Files of a term's results that say what they rest on."""


def rows(bench: Bench) -> Iterator[Row]:
    """Unchanged, then with one changed workbook; each also with the site."""
    root = bench.project("wide")
    bench.build(root)
    yield from unchanged(bench, root)
    yield from one_changed(bench, root)


def unchanged(bench: Bench, root: Path) -> Iterator[Row]:
    """Nothing changed since."""
    runs, with_site, seconds = [], [], []
    for _ in range(bench.pairs):
        full = aidkit(root, "run", TERM, "--force").seconds
        again = aidkit(root, "run", TERM).seconds
        whole = full + bench.build(root).seconds
        runs.append(again / full)
        with_site.append((again + bench.build(root).seconds) / whole)
        seconds.append(again)
    note = f"，{min(seconds):.2f} 至 {max(seconds):.2f} 秒"
    yield share_of("一个学期没有变化，再运行", runs, target=2, stretch=0.5, note=note)
    yield share_of("同上，连同做网站", with_site)


def one_changed(bench: Bench, root: Path) -> Iterator[Row]:
    """One school's panel decided otherwise since."""
    book = workbook_of_a_panel(root / COUNTY)
    versions = (book.read_bytes(), decided_otherwise(book))
    if versions[1] is None:
        raise RuntimeError(f"{book.name}: no tier to change")
    runs, with_site, seconds = [], [], []
    try:
        for pair in range(bench.pairs):
            book.write_bytes(versions[(pair + 1) % 2] or b"")
            rerun = aidkit(root, "run", TERM).seconds
            build = bench.build(root).seconds
            made = results(root)
            full = aidkit(root, "run", TERM, "--force").seconds
            whole = full + bench.build(root).seconds
            if made != results(root):
                yield broken("只改一校以后再运行，与全部重做相比", _difference(made, results(root)))
            runs.append(rerun / full)
            with_site.append((rerun + build) / whole)
            seconds.append(rerun)
    finally:
        book.write_bytes(versions[0] or b"")
        aidkit(root, "run", TERM)
    note = f"，{min(seconds):.1f} 至 {max(seconds):.1f} 秒"
    schools = len(list((root / COUNTY).glob("*/学生名册/*.xlsx"))) // 3
    what = f"{schools} 所学校里一校的认定表改了一个档次，再运行（连同人数保护）"
    yield share_of(what, runs, target=5, stretch=2, note=note)
    yield share_of("同上，连同做网站", with_site)


def workbook_of_a_panel(county: Path) -> Path:
    """The workbook of one school's panel this term, or of all where they share one."""
    books = sorted(county.glob("2026年秋季学期/困难认定结果*/*小学.xlsx"))
    books += sorted(county.glob("2026年秋季学期/困难认定结果表.xlsx"))
    return next(book for book in books if decided_otherwise(book))


def decided_otherwise(book: Path) -> bytes | None:
    """The workbook with one other tier; None where there is none of the kind to change."""
    workbook = openpyxl.load_workbook(book)
    for row in workbook.worksheets[0].iter_rows():
        titles = [cell for cell in row if re.search(TITLE, str(cell.value or ""))]
        tiers = [cell for cell in row if cell.value == TIER]
        if titles and tiers:
            tiers[0].value = OTHER
            memory = BytesIO()
            workbook.save(memory)
            return memory.getvalue()
    return None


def results(root: Path) -> dict[str, str]:
    """Digests of all that the term and the site consist of, but for what it rests on.

    That is not the same: between the two runs the term was published.
    """
    found = {}
    for folder in (root / "reports" / Path(COUNTY).name / TERM, root / "site" / "_site"):
        for path, digest in digests_below(folder).items():
            if Path(path).name not in RESTS_ON:
                found[f"{folder.name}/{path}"] = digest
    return found


def _difference(one: dict[str, str], other: dict[str, str]) -> str:
    differing = sorted(
        path for path in one.keys() | other.keys() if one.get(path) != other.get(path)
    )
    return f"{len(differing)} 个文件不同，第一个是 {differing[0]}"


if __name__ == "__main__":
    raise SystemExit(main({"reruns": rows}))
