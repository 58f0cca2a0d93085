"""The internal reports on helping: who helps whom, what is due and done, who is missing."""

from dataclasses import dataclass

import polars as pl

from aidkit.internal.helping_care import care_section, households_section
from aidkit.internal.helping_conduct import READER, conduct_section
from aidkit.internal.helping_dropout import ALL, dropout_section, listed_section
from aidkit.internal.helping_pairs import (
    continuity_section,
    pairs_section,
    peers_section,
    proposal_section,
)
from aidkit.internal.helping_reminders import reminders_section
from aidkit.internal.helping_schools import schools_section
from aidkit.internal.helping_screening import screening_section
from aidkit.internal.helping_targets import targets_section
from aidkit.internal.helping_visits import held, logs_section, visits_section
from aidkit.internal.learners import Learners, learners_banner, open_learners
from aidkit.show.marks import KeyFigure, key_figures
from aidkit.show.numbers import count
from aidkit.show.parameters import text_of
from aidkit.show.parts import Part, join, section

SCHOOL_READER = "本校校长和帮扶负责人"
COUNTY_READER = "县级帮扶和控辍保学负责人"


@dataclass(frozen=True)
class SchoolHelping:
    """A school's report on helping; every method is one section.

    Attributes:
        view: The school's slice.
        published_on: ISO date.
        next_update: ISO date.
    """

    view: Learners
    published_on: str
    next_update: str

    def page(self) -> Part:
        """Title and who may read it."""
        late = _pupils(self.view, "overdue")
        pupils = held(self.view, "tutor_pairs")["student_no"].n_unique()
        helped = f"{self.view.school_name} {count(pupils)} 名学生有人结对帮扶"
        return learners_banner(
            self.view,
            title=f"{helped}，{count(late)} 人的走访逾期" if late else helped,
            kind="结对帮扶与走访",
            reader=SCHOOL_READER,
            below="班主任只给最后的提醒单中本班的那一张。",
            published_on=self.published_on,
            next_update=self.next_update,
        )

    def key_points(self) -> Part:
        """Four figures: pupils helped, pupils without a helper, visits and screenings overdue."""
        frames = self.view.frames
        pairs = held(self.view, "tutor_pairs")
        waiting = frames["proposals"].filter(pl.col("how") != "kept")
        late = frames["visits_due"].filter(state="overdue")
        classes = frames["screening_due"].filter(state="overdue")
        gaps = frames["care_coverage"].filter(pl.col("gap") != "none")
        proposed = "建议见“还没有人帮扶”一节" if waiting.height else ""
        helpers = f"结对教师 {count(pairs['teacher_no'].n_unique())} 人"
        of_care = f"建档立卡学生共 {count(frames['care_coverage'].height)} 人"
        screened = f"截至 {self.view.as_of}"
        return section(
            "要点",
            "key-points",
            key_figures(
                [
                    _figure("结对帮扶的学生", pairs["student_no"].n_unique(), "人", helpers),
                    _figure("还没有人帮扶", waiting.height, "人", proposed),
                    _figure("逾期的走访", late.height, "次", "按结对和月份计"),
                    _figure("逾期的班级排查", classes.height, "班次", screened),
                    _figure("包保有缺口", gaps.height, "人", of_care),
                ]
            ),
        )

    def pairs(self) -> Part:
        """Who helps whom, and how many each."""
        return pairs_section(self.view)

    def arranged(self) -> Part:
        """A proposal for who has nobody, what became of earlier pairs, pupils helping pupils."""
        parts = (proposal_section, continuity_section, peers_section)
        return join(part(self.view) for part in parts)

    def visits(self) -> Part:
        """Visits due, done and overdue."""
        return visits_section(self.view)

    def logs(self) -> Part:
        """What was worked on."""
        return logs_section(self.view)

    def screening(self) -> Part:
        """Monthly screening and what changed."""
        return screening_section(self.view)

    def care(self) -> Part:
        """Who answers for children of 建档立卡 families."""
        return care_section(self.view)

    def reminders(self) -> Part:
        """A sheet for each class."""
        return reminders_section(self.view)


@dataclass(frozen=True)
class CountyHelping:
    """The county's report on helping; every method is one section.

    Attributes:
        view: The county's slice: no pupil who is looked after for results is in it.
        published_on: ISO date.
        next_update: ISO date.
    """

    view: Learners
    published_on: str
    next_update: str

    def page(self) -> Part:
        """Title and who may read it."""
        missing = self.view.frames["absent"].height
        return learners_banner(
            self.view,
            title=f"{self.view.school_name} {count(missing)} 名学生辍学或去向不明"
            if missing
            else f"{self.view.school_name}没有辍学或去向不明的学生",
            kind="帮扶与控辍保学",
            reader=COUNTY_READER,
            below=f"最后一节只供{READER}使用，单独打印、单独保存。",
            published_on=self.published_on,
            next_update=self.next_update,
        )

    def key_points(self) -> Part:
        """Four figures: dropout, who is missing, listed children, targets of schools."""
        frames = self.view.frames
        county = frames["dropout_rates"].filter(school_code=ALL)
        rate = None if county.is_empty() else county["rate"].item(0)
        most = "" if county.is_empty() else f"控制线 {county['most_percent'].item(0)}%"
        listed = frames["listed_children"].filter(
            pl.col("whereabouts").is_in(["missing", "not_found", "namesake"])
        )
        targets = frames["school_targets"].filter(state="overdue")
        missing = frames["absent"]
        counted = f"其中计入本学期 {count(missing.filter('counted').height)} 人"
        return section(
            "要点",
            "key-points",
            key_figures(
                [
                    KeyFigure("辍学率", None if rate is None else f"{rate:.2f}", "%", most),
                    _figure("辍学或去向不明", missing.height, "人", counted),
                    _figure("名单上去向要核实的", listed["id_number"].n_unique(), "人", "学龄孩子"),
                    _figure("逾期的校际帮扶任务", targets.height, "项", f"截至 {self.view.as_of}"),
                ]
            ),
        )

    def schools(self) -> Part:
        """What is missing, school by school, without names."""
        return schools_section(self.view)

    def targets(self) -> Part:
        """Schools that help schools."""
        return targets_section(self.view)

    def dropout(self) -> Part:
        """The dropout rate and who is missing."""
        return dropout_section(self.view)

    def listed(self) -> Part:
        """Children on department lists."""
        return listed_section(self.view)

    def households(self) -> Part:
        """Children of the areas' registers with a gap."""
        return households_section(self.view)

    def conduct(self) -> Part:
        """Leaders and whom they look after."""
        return conduct_section(self.view)


def open_helping(
    term: str, county: str, school_code: str, *, published_on: str, next_update: str
) -> SchoolHelping:
    """Open a school's stored report on helping.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        school_code: The school.
        published_on: Date of the report, ISO.
        next_update: Date of the next one, ISO.

    Raises:
        UsageError: A parameter is not text.
        MissingTablesError: Nothing is stored of this school.
    """
    dates = text_of("published_on", published_on), text_of("next_update", next_update)
    return SchoolHelping(open_learners(term, county, school_code), *dates)


def open_helping_county(
    term: str, county: str, *, published_on: str, next_update: str
) -> CountyHelping:
    """Open the county's; arguments and errors as of `open_helping`."""
    dates = text_of("published_on", published_on), text_of("next_update", next_update)
    return CountyHelping(open_learners(term, county), *dates)


def _pupils(view: Learners, state: str) -> int:
    return view.frames["visits_due"].filter(state=state)["student_no"].n_unique()


def _figure(label: str, number: int, unit: str, says: str) -> KeyFigure:
    return KeyFigure(label, count(number), unit, says)
