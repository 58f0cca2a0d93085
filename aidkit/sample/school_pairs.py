"""Schools of the county seat that help schools of towns and villages."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from aidkit.calendar import Term
from aidkit.sample.rolls import LAST_DAY
from aidkit.sample.schools import School

MOST_PAIRS = 8

ONCE = (
    ("lecture", "学科教学专题讲座"),
    ("lecture", "班级管理专题讲座"),
    ("management", "校务管理经验交流"),
    ("management", "听取教学管理情况"),
    ("teaching", "联合教研活动"),
    ("teaching", "同课异构研讨"),
)
"""What helpers do once each in most terms."""

LEFT_UNDONE = 0.15


@dataclass(frozen=True, slots=True)
class SchoolPair:
    """One school that helps another."""

    helper: School
    helped: School
    day: dt.date


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that one school did for another."""

    pair: SchoolPair
    day: dt.date
    item: str
    quantity: int | None = None
    good: int | None = None
    qualified: int | None = None
    content: str | None = None


def pair_schools(schools: list[School]) -> list[SchoolPair]:
    """A helper of the same type in a larger place for schools of towns and villages."""
    rank = {"county_seat": 0, "town": 1, "village": 2}
    day = dt.date(2025, 9, 10)
    found = []
    for n, helped in enumerate(schools):
        larger = [
            school
            for school in schools
            if school.school_type == helped.school_type
            and rank[school.locality] < rank[helped.locality]
        ]
        if larger:
            found.append(SchoolPair(larger[n % len(larger)], helped, day))
    return found[:MOST_PAIRS] or [SchoolPair(schools[-1], schools[0], day)]


def activities(rng: Random, pairs: list[SchoolPair], term: Term) -> list[Activity]:
    """What was done in a term, in order of time; most of what is due, not all."""
    found = []
    for pair in pairs:
        days = _days(rng, term)
        for day in days[:4]:
            lessons = rng.choice((2, 3, 3, 4))
            found.append(Activity(pair, day, "lessons", lessons, content="送教上门"))
        for item, content in ONCE:
            if rng.random() > LEFT_UNDONE:
                found.append(Activity(pair, rng.choice(days), item, content=content))
        found += [
            Activity(pair, dt.date(day.year, day.month, 5 + rng.randrange(8)), "school_visit")
            for day in _first_days(term)
            if rng.random() > LEFT_UNDONE
        ]
        if term.season == "autumn":
            trainees = rng.choice((1, 2))
            found.append(Activity(pair, days[0], "trainee", trainees, content="跟岗一周"))
        observed = rng.randint(5, 9)
        good = rng.randint(1, observed // 2 + 1)
        poor = rng.random() < LEFT_UNDONE
        found.append(
            Activity(pair, days[-1], "observed", observed, good, observed - poor, "集中听课评课")
        )
    found.sort(
        key=lambda a: (a.day, a.pair.helper.code, a.pair.helped.code, a.item, a.content or "")
    )
    return found


def _first_days(term: Term) -> list[dt.date]:
    """The first day of each school month whose 13th the county has seen."""
    first = term.starts.year * 12 + term.starts.month - 1
    days = [dt.date(m // 12, m % 12 + 1, 1) for m in range(first, first + 5)]
    return [day for day in days if day + dt.timedelta(12) <= LAST_DAY]


def _days(rng: Random, term: Term) -> list[dt.date]:
    """Seven days of a term, in order."""
    last = min(LAST_DAY, term.starts + dt.timedelta(125))
    span = (last - term.starts).days
    return sorted(term.starts + dt.timedelta(d) for d in rng.sample(range(10, span), 7))
