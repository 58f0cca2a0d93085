"""Tables of Markdown, each computed from the one before as it is printed.

So that whoever reads the page can check it with a pocket calculator, and a test does.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from benchmarks.fit import fit

SCHOOLS_PER_COUNTY = 70
"""200,000 schools in about 2,850 counties, each of which is one run."""

PUPILS_PER_SCHOOL = 800
PLACES = (("一个县", 70), ("一个市", 500), ("一个省", 15_000), ("全国", 200_000))
"""Name and number of schools."""

MACHINES = (1, 10, 100)

COUNTED = ("学校（所）", "学生（人）")
PAGES, STAGES = "网页（页）", ("读表和认定（秒）", "报告（秒）", "做网站（秒）")
MEMORY, RESULTS, SITE = "内存（MiB）", "结果（MiB）", "网站（MiB）"
COSTLY = (PAGES, *STAGES, MEMORY, RESULTS, SITE)
"""What is measured, in the order of the fields of `Measured`."""


@dataclass(frozen=True)
class Measured:
    """One county, measured."""

    schools: int
    pupils: int
    pages: int
    tables_seconds: float
    reports_seconds: float
    site_seconds: float
    memory_mib: float
    results_mib: float
    site_mib: float


@dataclass(frozen=True)
class Costs:
    """What a run, a school and a thousand pupils cost of one thing."""

    run: float
    school: float
    thousand_pupils: float

    def of(self, schools: float, pupils: float, runs: float = 1) -> float:
        """What some schools and pupils cost in so many runs."""
        return runs * self.run + schools * self.school + pupils / 1000 * self.thousand_pupils


def tables(measured: Sequence[Measured]) -> str:
    """All of them; costs follow from the measurements as printed, the rest from those costs."""
    columns = [_cells(one) for one in measured]
    rows = zip((*COUNTED, *COSTLY), *columns, strict=True)
    first = _table(("", *(f"样例 {n}" for n in range(1, len(measured) + 1))), list(rows))
    costs = costs_of([[float(_plain(cell)) for cell in column] for column in columns])
    head = ("", "每个县", "每所学校", "每千名学生")
    second = _table(head, [(name, *map(_digits, astuple(c))) for name, c in costs.items()])
    return "\n\n".join(
        (
            "**测得**：样例县的一个学期，从头做起。",
            first,
            "**算出**：三项相加最接近上表的单位用量。",
            second,
            f"**推算**：每校 {PUPILS_PER_SCHOOL} 名学生，每县 {SCHOOLS_PER_COUNTY} 所学校，"
            "一个县运行一次；每台电脑 2 核。",
            *expected(costs),
        )
    )


def costs_of(columns: Sequence[Sequence[float]]) -> dict[str, Costs]:
    """Costs of each thing by its name, rounded as they are printed.

    Args:
        columns: For each county schools, pupils and what was measured, in the table's order.
    """
    places = [(1.0, schools, pupils / 1000) for schools, pupils, *_ in columns]
    found = zip(COSTLY, zip(*(column[2:] for column in columns), strict=True), strict=True)
    return {
        name: Costs(*(float(_plain(_digits(cost))) for cost in fit(places, values)))
        for name, values in found
    }


def expected(costs: dict[str, Costs]) -> tuple[str, str]:
    """What larger places would take: people and time; memory and storage."""
    county = (SCHOOLS_PER_COUNTY, SCHOOLS_PER_COUNTY * PUPILS_PER_SCHOOL)
    alone = sum(costs[stage].of(*county) for stage in STAGES)
    times, spaces = [], []
    for place, schools in PLACES:
        pupils, runs = schools * PUPILS_PER_SCHOOL, math.ceil(schools / SCHOOLS_PER_COUNTY)
        seconds = sum(costs[stage].of(schools, pupils, runs) for stage in STAGES)
        pages = _two(costs[PAGES].of(schools, pupils, runs))
        # A county runs on one machine: more machines than counties do not help.
        on_machines = [_time(max(seconds / machines, alone)) for machines in MACHINES]
        times.append((place, f"{schools:,}", f"{pupils:,}", f"{pages:,}", *on_machines))
        held = (costs[MEMORY].of(*county), costs[MEMORY].of(schools, pupils))
        kept = (costs[name].of(schools, pupils, runs) for name in (RESULTS, SITE))
        spaces.append((place, *map(_bytes, (*held, *kept))))
    people = ("", "学校", "学生", "网页", *(f"{machines} 台" for machines in MACHINES))
    room = ("", "内存，一县一次", "内存，不分县", "结果", "网站")
    return _table(people, times), _table(room, spaces)


def _cells(one: Measured) -> tuple[str, ...]:
    schools, pupils, pages, *seconds, memory, results, site = astuple(one)
    counts = (f"{count:,}" for count in (schools, pupils, pages))
    sizes = (f"{memory:,.0f}", f"{results:.1f}", f"{site:.1f}")
    return (*counts, *(f"{second:.1f}" for second in seconds), *sizes)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _digits(cost: float) -> str:
    """Three significant digits."""
    if cost == 0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(cost))))
    return f"{cost:,.{min(places, 4)}f}"


def _plain(text: str) -> str:
    return text.replace(",", "")


def _two(number: float) -> int:
    """Two significant digits: more would be pretence."""
    if number < 100:
        return round(number)
    places = math.floor(math.log10(number)) - 1
    return int(round(number / 10**places) * 10**places)


def _time(seconds: float) -> str:
    for size, unit in ((86_400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= 1.5 * size:
            return _about(seconds / size, unit)
    return _about(seconds, "秒")


def _bytes(mib: float) -> str:
    for size, unit in ((2**20, "TiB"), (2**10, "GiB")):
        if mib >= size:
            return _about(mib / size, unit)
    return _about(mib, "MiB")


def _about(number: float, unit: str) -> str:
    return f"{number:.1f} {unit}" if number < 10 else f"{_two(number):,} {unit}"
