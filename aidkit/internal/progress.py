"""A school's report on progress: the documents' rule and the fair measure, side by side."""

from dataclasses import dataclass

import polars as pl

from aidkit.internal.learners import Learners, learners_banner, open_learners
from aidkit.internal.progress_change import change_section
from aidkit.internal.progress_classes import classes_section
from aidkit.internal.progress_fair import disagreements_section, fair_section
from aidkit.internal.progress_rank import luck_words, ranking_section
from aidkit.internal.progress_teachers import left_out_section, teachers_section
from aidkit.show.marks import KeyFigure, key_figures
from aidkit.show.numbers import count
from aidkit.show.parameters import text_of
from aidkit.show.parts import Part, bullets, section

READER = "本校校长、学校帮扶负责人、年级组长和班主任"


@dataclass(frozen=True)
class SchoolProgress:
    """A school's report on progress; every method is one section.

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
        assessed = self._measured.filter(pl.col("band") != "not_assessed")
        better = assessed.filter(pl.col("band").is_in(["clearly_better", "better"])).height
        return learners_banner(
            self.view,
            title=f"{self.view.school_name} {count(assessed.height)} 名学生可以评定，"
            f"{count(better)} 名有进步",
            kind="学业进步报告",
            reader=READER,
            below="给班主任的，只给本班的那一张。",
            published_on=self.published_on,
            next_update=self.next_update,
        )

    def key_points(self) -> Part:
        """How many were measured, who of the group rose, and how to read it."""
        group = self._measured.filter("in_group")
        risen = group.filter(pl.col("rank_change") > 0).height
        bands = dict(self._measured.group_by("band").len().iter_rows())
        names = self.view.labels.names("progress_band")
        strip = [
            KeyFigure("参加评定的学生", count(self._measured.height), "人"),
            *(KeyFigure(label, count(bands.get(code, 0)), "人") for code, label in names.items()),
            KeyFigure("受帮扶的学困生", count(group.height), "人"),
            KeyFigure("其中名次上升", count(risen), "人"),
        ]
        said = (
            "文件的办法（名次进退）和公平的办法（与自己以前比）并排列出，评奖由学校决定用哪一种。",
            luck_words(self.view),
            "考试总有偶然：一个学生的一次进退说明不了多少，看区间。",
        )
        return section("要点", "key-points", key_figures(strip), bullets(filter(None, said)))

    def ranking(self) -> Part:
        """The documents' rule, and beside it what luck alone would give."""
        return ranking_section(self.view)

    def fair(self) -> Part:
        """The fair measure of the group."""
        return fair_section(self.view)

    def disagreements(self) -> Part:
        """Where the rules disagree."""
        return disagreements_section(self.view)

    def classes(self) -> Part:
        """A sheet for each class teacher."""
        return classes_section(self.view)

    def change(self) -> Part:
        """The school and its classes in numbers, without what tells of few."""
        return change_section(self.view)

    def teachers(self) -> Part:
        """The sheet of the teachers' prizes."""
        return teachers_section(self.view)

    def left_out(self) -> Part:
        """What could not be used, and who is not assessed for what reason."""
        return left_out_section(self.view)

    @property
    def _measured(self) -> pl.DataFrame:
        return self.view.frames["progress"]


def open_progress(
    term: str, county: str, school_code: str, *, published_on: str, next_update: str
) -> SchoolProgress:
    """Open a school's report on progress, as the last run stored it.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        school_code: The school.
        published_on: Date of the report, ISO.
        next_update: Date of the next one, ISO.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
        MissingTablesError: There is no slice of the school, or another version of aidkit made it.
    """
    code = text_of("school_code", school_code)
    dates = text_of("published_on", published_on), text_of("next_update", next_update)
    return SchoolProgress(open_learners(term, county, code, about="progress"), *dates)
