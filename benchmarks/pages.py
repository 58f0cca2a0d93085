"""A site of three hundred pages by the offline publisher, beside Quarto where there is one.

Usage, from the checkout: python -m benchmarks.pages --date 2026-11-22

Both publish the same staged folder, the offline publisher with nothing kept of earlier times.
"""

import shutil
from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, times_faster, unmeasured

KEPT_OUT = ("_site*", "._site*", ".quarto")


def rows(bench: Bench) -> Iterator[Row]:
    """The wide county's site: a page a school, a report a school, and some more."""
    root = bench.project("wide")
    bench.build(root)
    site = bench.scratch("site") / "site"
    shutil.copytree(root / "site", site, ignore=shutil.ignore_patterns(*KEPT_OUT))
    ours, ratios, pages = [], [], 0
    for _ in range(bench.pairs):
        made = side("sides.publish", site, bench.scratch("offline"), "offline")
        pages = made.figures["pages"]
        ours.append(1000 * made.seconds / pages)
        if shutil.which("quarto"):
            other = side("sides.publish", site, bench.scratch("quarto"), "quarto")
            ratios.append(other.seconds / other.figures["pages"] / (made.seconds / pages))
    what = f"{pages} 页的网站，从头离线发布，与 Quarto 比"
    note = f"每页 {min(ours):.1f} 至 {max(ours):.1f} 毫秒"
    if ratios:
        yield times_faster(what, ratios, target=15, stretch=25, note=f"，{note}")
    else:
        yield unmeasured(what, f"本机没有 Quarto；离线发布{note}", target=15)


if __name__ == "__main__":
    raise SystemExit(main({"pages": rows}))
