"""The gate over a thousand pages that were never read before, and whether it takes any for a leak.

Usage, from the checkout: python -m benchmarks.gate --date 2026-11-22

The pages are those of the sample county's site, each several times, with other figures in every
cell: clean, and no two the same. The gate knows all persons of the county.
"""

import random
import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, none_of

PAGES, SECONDS = 1000, 10

_FIGURE = re.compile(r"(?<=>)\d[\d,.]*(?=<)")


def rows(bench: Bench) -> Iterator[Row]:
    """Seconds, the slowest of several times; pages that it stops wrongly."""
    root = bench.project("county")
    bench.build(root)
    pages = bench.of(PAGES, 30)
    site = bench.scratch("gate") / "site"
    multiply(root / "site" / "_site", site, pages)
    ran = [side("sides.gate", root, site).figures for _ in range(bench.pairs)]
    slowest = max(each["seconds"] for each in ran)
    what = f"发布前的检查：{pages:,} 页没有读过的网页，认识全县的人"
    yield Row(what, f"{slowest:.1f} 秒", slowest, SECONDS, SECONDS / 2, " 秒", at_most=True)
    yield none_of("检查误报的页", ran[0]["findings"], pages)


def multiply(source: Path, folder: Path, pages: int) -> None:
    """Copy a site, and pages of it with other figures until there are so many.

    Args:
        source: The site.
        folder: The new one; it must not exist.
        pages: How many pages it shall have.
    """
    shutil.copytree(source, folder)
    # On the home page donors are named by their consent, on no other page of its name.
    originals = sorted(set(source.rglob("*.html")) - {source / "index.html"})
    rolls = random.Random(1)
    for number, place in zip(range(len(originals) + 1, pages), count(), strict=False):
        original = originals[place % len(originals)]
        inside = original.relative_to(source)
        # A folder deeper, as names may stand on a page by its own path only.
        path = folder / inside.parent / f"{inside.parent.name}-{number}" / inside.name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = original.read_text(encoding="utf-8")
        path.write_text(_FIGURE.sub(lambda found: _other(found[0], rolls), text), encoding="utf-8")


def _other(figure: str, rolls: random.Random) -> str:
    return "".join(str(rolls.randint(1, 9)) if char.isdigit() else char for char in figure)


if __name__ == "__main__":
    raise SystemExit(main({"gate": rows}))
