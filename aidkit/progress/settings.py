"""How progress is told, as `params/progress.toml` and the county's own file of that name say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aidkit.intake.cells import MOST_MARKS
from aidkit.labels import project_labels
from aidkit.progress.letter_marks import LetterMarks, read_letter_marks
from aidkit.toml import TomlTable, close_to, read_toml

FILE = "progress.toml"

STAGES = {"k": "kindergarten", "p": "primary", "j": "junior", "s": "senior", "v": "vocational"}
"""First letter of a grade to its stage, whatever the type of the school."""

TIES = ("share_better", "share_worse")
PRIZES = ("first", "second", "third")

_EXAMINED = ("primary", "junior", "senior", "vocational")
DEFAULT = "default"
"""Stands for the subjects that a stage does not name."""


@dataclass(frozen=True)
class ProgressSettings:
    """What is declared of exams, groups, prizes and the fair measure.

    Attributes:
        full_scores: Stage or grade to subject to full marks; `default` for the other subjects.
        zero_all_subjects: Zeros in all scored subjects of an exam are a withdrawal.
        zero_nothing_later: A zero is a withdrawal where the subject was examined again and the
            student never got a point.
        county_wide: Names of exams that the whole county sits and marks alike.
        least_subject_share: Share of the pupils of a grade's most examined subject that makes
            another one part of its total.
        entry_share: Share of the grade that is the group where no pairs name it.
        pupil_prizes: Percent of those who rise that get the first, second, third prize.
        teacher_prizes: Percent of the teachers with results that get them.
        least_days_helped: Days from the start of a pair to the term's last exam from which the
            pair counts for its teacher.
        ties: `share_better` or `share_worse`: which prize equals on a border share.
        confidence: Of printed intervals, 0 to 1.
        band_z: Standard errors beyond which growth is told from none.
        prize_z: Standard errors beyond which it is clear, and worth a prize.
        least_pupils: Scored pupils that a grade must have to be assessed.
        least_exams: Exams that a pupil must have sat, the outcome with them.
        ceiling_share: Share of full marks from which a rise cannot show.
        floor_share: Share of full marks up to which a fall cannot show.
        estimate_reliability: Whether results are asked before the declared figure is used.
        reliability: Stage to the reliability of one exam's total, 0 to 1.
        letter_marks: How letters to parents tell what a pupil got.
    """

    full_scores: Mapping[str, Mapping[str, float]]
    zero_all_subjects: bool
    zero_nothing_later: bool
    county_wide: tuple[str, ...]
    least_subject_share: float
    entry_share: float
    pupil_prizes: tuple[int, int, int]
    teacher_prizes: tuple[int, int, int]
    least_days_helped: int
    ties: str
    confidence: float
    band_z: float
    prize_z: float
    least_pupils: int
    least_exams: int
    ceiling_share: float
    floor_share: float
    estimate_reliability: bool
    reliability: Mapping[str, float]
    letter_marks: LetterMarks

    def full_score(self, grade: str, subject: str) -> float | None:
        """Full marks of a subject in a grade; None where the grade's stage declares none."""
        for place in (grade, STAGES.get(grade[:1], "")):
            declared = self.full_scores.get(place, {})
            if subject in declared:
                return declared[subject]
        return self.full_scores.get(STAGES.get(grade[:1], ""), {}).get(DEFAULT)

    def declared_reliability(self, grade: str) -> float:
        """Declared reliability of one exam's total in a grade; the least of all where none is."""
        return self.reliability.get(STAGES.get(grade[:1], ""), min(self.reliability.values()))


def read_progress_settings(params: Path, county: Path | None = None) -> ProgressSettings:
    """Read the shipped settings, and over them what a county settled itself.

    Args:
        params: The project's folder of params.
        county: A county folder; it may have `params/progress.toml` with some of the keys.

    Raises:
        ParamsError: A key is missing, wrong or unknown, or figures contradict each other.
    """
    shipped = read_toml(params / FILE)
    path = county / "params" / FILE if county else None
    own = read_toml(path) if path and path.is_file() else TomlTable(shipped.file, "", {})
    zeros, exams, group, prizes, measure, letters = (
        _filled(own, shipped, name)
        for name in ("zeros", "exams", "group", "prizes", "measure", "letters")
    )
    stages = _filled(own, shipped, "reliability")
    settings = ProgressSettings(
        full_scores=_full_scores(own.table_or_empty("full_scores"), shipped.table("full_scores")),
        zero_all_subjects=zeros.flag("all_subjects"),
        zero_nothing_later=zeros.flag("nothing_later"),
        county_wide=exams.texts("county_wide"),
        least_subject_share=_share(exams, "least_subject_share"),
        entry_share=_share(group, "entry_share"),
        pupil_prizes=_prizes(prizes.table("pupils")),
        teacher_prizes=_prizes(prizes.table("teachers")),
        least_days_helped=prizes.natural("least_days_helped"),
        ties=prizes.choice("ties", TIES),
        confidence=_share(measure, "confidence"),
        band_z=_errors(measure, "band_z"),
        prize_z=_errors(measure, "prize_z"),
        least_pupils=measure.natural("least_pupils"),
        least_exams=measure.natural("least_exams"),
        ceiling_share=_share(measure, "ceiling_share"),
        floor_share=_share(measure, "floor_share"),
        estimate_reliability=stages.flag("estimate"),
        reliability={stage: _share(stages, stage) for stage in _EXAMINED},
        letter_marks=read_letter_marks(letters, _EXAMINED),
    )
    for table in (own, shipped, zeros, exams, group, prizes, measure, letters, stages):
        table.done()
    if settings.prize_z < settings.band_z:
        raise measure.fault(
            "prize_z", "评奖的要求比有进步还低。", "prize_z 不能小于 band_z，一般是 1.645。"
        )
    if settings.ceiling_share <= settings.floor_share:
        raise measure.fault(
            "ceiling_share", "ceiling_share 不大于 floor_share。", "一般是 0.95 和 0.05。"
        )
    return settings


def _filled(own: TomlTable, shipped: TomlTable, key: str) -> TomlTable:
    """A county's section with what it leaves unsaid taken from the shipped one."""
    section, base = own.table_or_empty(key), shipped.table_or_empty(key)
    return section.filled_from(base, [name for name in base.keys if name not in section.keys])


def _full_scores(own: TomlTable, shipped: TomlTable) -> dict[str, dict[str, float]]:
    labels = project_labels()
    places = {*_EXAMINED, *labels.names("grade")}
    known = {DEFAULT, *labels.names("subject")}
    found = {}
    for place in dict.fromkeys([*shipped.keys, *own.keys]):
        section = _filled(own, shipped, place)
        if place not in places:
            raise section.fault("", f"“{place}”不是学段，也不是年级。", close_to(place, places))
        found[place] = {name: _marks(section, name, known) for name in section.keys}
    return found


def _marks(section: TomlTable, subject: str, known: set[str]) -> float:
    if subject not in known:
        raise section.fault(subject, f"不认识的学科“{subject}”。", close_to(subject, known))
    marks = section.decimal(subject)
    if not 0 < marks <= MOST_MARKS:
        raise section.fault(subject, f"满分 {marks} 不合理。", f"请写 0 到 {MOST_MARKS} 之间的数。")
    return float(marks)


def _share(table: TomlTable, key: str) -> float:
    share = table.decimal(key)
    if not 0 < share < 1:
        raise table.fault(key, f"“{key}”应在 0 和 1 之间。", "例如 20% 写成 0.20。")
    return float(share)


def _errors(table: TomlTable, key: str) -> float:
    errors = table.decimal(key)
    if not 0 < errors <= 5:
        raise table.fault(key, f"“{key}”应在 0 和 5 之间。", "单位是测量标准误，例如 1.645。")
    return float(errors)


def _prizes(table: TomlTable) -> tuple[int, int, int]:
    first, second, third = (table.whole(prize) for prize in PRIZES)
    table.done()
    if min(first, second, third) < 0 or first + second + third != 100:
        raise table.fault("", "一二三等的比例合计不是 100。", "请写三个不小于 0 的整数，合计 100。")
    return first, second, third
