"""A ledger of a million vouchers: ours beside hledger and bean-check on the same vouchers.

Usage, from the checkout: python -m benchmarks.ledger --date 2026-11-22
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import CHECKOUT, Ran, run, side
from benchmarks.row import Row, times_faster, unmeasured

VOUCHERS = 1_000_000
"""Of two postings each."""

HLEDGER = "账簿：入账、审计和年度报表，与 hledger check 加 incomestatement 比"
BEANCOUNT = "账簿：审计和年度报表，与 bean-check 比"


def rows(bench: Bench) -> Iterator[Row]:
    """Posted, audited and told; then in turn with each of the others."""
    vouchers = bench.of(VOUCHERS, 300)
    folder = bench.scratch("ledger")
    county = folder / "county"
    made = side("sides.ledger", "make", county, vouchers)
    told = side("sides.ledger", "told", county)
    yield Row(f"账簿：{vouchers:,} 张凭证入账", _figures(made))
    yield Row(f"账簿：{vouchers:,} 张凭证，审计和年度报表", _figures(told))
    peak = max(made.figures["peak_mib"], told.figures["peak_mib"])
    yield Row("账簿：内存峰值", f"{peak:,.0f} MiB", peak, 1024, None, " MiB", at_most=True)
    side("sides.ledger", "texts", county, folder)
    yield _beside_hledger(bench, folder, vouchers)
    yield _beside_beancount(bench, folder)


def _beside_hledger(bench: Bench, folder: Path, vouchers: int) -> Row:
    program, book = shutil.which("hledger"), folder / "book.journal"
    if program is None:
        return unmeasured(HLEDGER, "没有装 hledger（apt install hledger）", target=2)
    ratios, memory = [], 0.0
    for number in range(bench.pairs):
        county = folder / f"again{number}"
        posted = side("sides.ledger", "make", county, vouchers)
        ours = posted.seconds + side("sides.ledger", "told", county).seconds
        shutil.rmtree(county)
        theirs = [
            run([program, "-f", book, *words], cwd=folder, watched=True)
            for words in (("check",), ("incomestatement", "--yearly"))
        ]
        ratios.append(sum(ran.seconds for ran in theirs) / ours)
        memory = max(ran.peak_mib for ran in theirs)
    return times_faster(HLEDGER, ratios, target=2, note=f"；它用 {memory:,.0f} MiB")


def _beside_beancount(bench: Bench, folder: Path) -> Row:
    program, book = _bean_check(), folder / "book.beancount"
    if program is None:
        return unmeasured(BEANCOUNT, "没有装 beancount（测试依赖）", target=20)
    ratios, memory = [], 0.0
    for _ in range(bench.pairs):
        ours = side("sides.ledger", "told", folder / "county")
        # Its cache would answer the second time without looking.
        theirs = run([program, "--no-cache", book], cwd=CHECKOUT, watched=True)
        ratios.append(theirs.seconds / ours.seconds)
        memory = theirs.peak_mib
    return times_faster(BEANCOUNT, ratios, target=20, note=f"；它用 {memory:,.0f} MiB")


def _bean_check() -> Path | None:
    beside = Path(sys.executable).with_name("bean-check")
    found = beside if beside.is_file() else shutil.which("bean-check")
    return Path(found) if found else None


def _figures(ran: Ran) -> str:
    return f"{ran.figures['seconds']:.1f} 秒，{ran.figures['peak_mib']:,.0f} MiB"


if __name__ == "__main__":
    raise SystemExit(main({"ledger": rows}))
