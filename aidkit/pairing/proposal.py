"""Who could help whom: pairs that last are kept, the others go by weak subject within the limit."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from aidkit.pairing.pairs import held_on
from aidkit.pairing.settings import PairingRules
from aidkit.tables.pairing import Proposals


@dataclass(frozen=True)
class _Helper:
    teacher_no: str
    name: str
    subject: str | None
    party_member: bool


@dataclass(frozen=True)
class _Offer:
    """A free helper for a pupil: the subject, and whether it is the helper's own."""

    helper: _Helper
    subject: str | None
    how: str


def propose(
    learners: pl.DataFrame,
    pairs: pl.DataFrame,
    staff: pl.DataFrame,
    *,
    rules: PairingRules,
    as_of: dt.date,
) -> dy.DataFrame[Proposals]:
    """Propose a helper for each pupil of a group.

    A pair stays while its years last, and longer while the pupil is in the group. Of the others
    the one in greatest need comes first; first everybody is offered a helper for the weakest
    subject, then for the next, then any helper of the school. Of several the one with the fewest
    pupils is taken, party members who have none before others; nobody gets more than the limit.

    Args:
        learners: One row for each pupil of the group: `student_no`, `name`, `school_code`,
            `grade`, `class_name`, `weak` (subjects, the weakest first; may be empty) and `need`
            (lower is needier; null is unknown and comes last).
        pairs: `tables.pairing.Pairs` of `tutor_pairs`, so far.
        staff: `staff_of` the term.
        rules: The limits.
        as_of: The day of the proposal.
    """
    rule = rules.loads["tutor"]
    kept = _kept(learners, pairs, staff, rules.years, as_of)
    desk = _Desk(staff, rule.posts, rule.most, kept["teacher_no"])
    waiting = (
        learners.join(kept, on="student_no", how="anti")
        .sort("need", "student_no", nulls_last=True)
        .select("student_no", "school_code", "weak")
        .rows()
    )
    offers = desk.serve((no, school, tuple(weak or ())) for no, school, weak in waiting)
    until = _years_after(as_of, rules.years)
    fresh = [
        (no, o.subject, o.helper.teacher_no, o.helper.name, o.how, until)
        if (o := offers.get(no))
        else (no, next(iter(weak or ()), None), None, None, "nobody", None)
        for no, _, weak in waiting
    ]
    columns = ["student_no", "subject", "teacher_no", "teacher_name", "how", "until"]
    types = {name: Proposals.columns()[name].dtype for name in columns}
    who = ["student_no", "name", "school_code", "grade", "class_name"]
    new = learners.select(who).join(
        pl.DataFrame(fresh, schema=types, orient="row"), on="student_no"
    )
    names = Proposals.column_names()
    rows = pl.concat([kept.select(names), new.select(names)])
    rows = rows.sort("school_code", "grade", "class_name", "student_no", "teacher_no")
    return Proposals.validate(rows, cast=True)


def _kept(
    learners: pl.DataFrame, pairs: pl.DataFrame, staff: pl.DataFrame, years: int, as_of: dt.date
) -> pl.DataFrame:
    until = pl.col("paired_on").dt.offset_by(f"{years}y")
    in_group = pl.col("student_no").is_in(learners["student_no"].unique().sort().implode())
    return (
        held_on(pairs, as_of)
        .with_columns(until=until, how=pl.lit("kept"))
        .filter(in_group | (pl.col("until") > as_of))
        .join(staff, on="teacher_no", how="semi")
    )


class _Desk:
    """The helpers of each school, and how many pupils each has so far."""

    def __init__(
        self, staff: pl.DataFrame, posts: tuple[str, ...], most: int | None, taken: pl.Series
    ) -> None:
        self._most = most
        self._load = Counter(taken.to_list())
        self._of_school: dict[str, list[_Helper]] = defaultdict(list)
        helpers = staff.filter(pl.col("post").is_in(posts)) if posts else staff
        for no, name, school, subject, member in helpers.select(
            "teacher_no", "name", "school_code", "subject", "party_member"
        ).iter_rows():
            self._of_school[school].append(_Helper(no, name, subject, member is True))

    def serve(self, waiting: Iterable[tuple[str, str, tuple[str, ...]]]) -> dict[str, _Offer]:
        """Offers by pupil for those waiting: number, school, weak subjects, the neediest first."""
        pupils = list(waiting)
        offers: dict[str, _Offer] = {}
        for nth in range(max((len(weak) for *_, weak in pupils), default=0)):
            for number, school, weak in pupils:
                if number not in offers and nth < len(weak):
                    self._offer(offers, number, school, weak[nth])
        for number, school, weak in pupils:
            if number not in offers and (helper := self._free(school)):
                offers[number] = _Offer(helper, next(iter(weak), None), "other_subject")
        return offers

    def _offer(self, offers: dict[str, _Offer], number: str, school: str, subject: str) -> None:
        if helper := self._free(school, subject):
            offers[number] = _Offer(helper, subject, "by_subject")

    def _free(self, school: str, subject: str | None = None) -> _Helper | None:
        """Take a free helper of a school, of one subject or any."""
        free = [
            helper
            for helper in self._of_school[school]
            if (subject is None or helper.subject == subject)
            and (self._most is None or self._load[helper.teacher_no] < self._most)
        ]
        if not free:
            return None
        first = min(free, key=self._turn)
        self._load[first.teacher_no] += 1
        return first

    def _turn(self, helper: _Helper) -> tuple[int, bool, str]:
        load = self._load[helper.teacher_no]
        # A party member with a pupil has done what is asked, like everybody else.
        return load, not (helper.party_member and load == 0), helper.teacher_no


def _years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years on; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
