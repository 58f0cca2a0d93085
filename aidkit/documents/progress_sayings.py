"""A pupil's progress in the words of a family: honest, and without anything to be ashamed of."""

from collections.abc import Collection
from dataclasses import dataclass

from aidkit.progress.letter_marks import LEVELS, POINTS, LetterMarks


@dataclass(frozen=True)
class ProgressSaying:
    """What a letter says of how a pupil moved.

    Attributes:
        headline: In a few words.
        text: What it means, and what parents can do.
    """

    headline: str
    text: str


_BANDS = {
    "clearly_better": ProgressSaying(
        "进步明显",
        "这次的成绩明显好于按孩子自己以前的考试可以预期的。这是孩子努力的结果，"
        "请在家里也好好肯定，问问孩子这段时间哪些办法有用，一起坚持下去。",
    ),
    "better": ProgressSaying(
        "有进步",
        "这次的成绩好于按孩子自己以前的考试可以预期的。请肯定孩子的努力，鼓励孩子坚持下去。",
    ),
    "steady": ProgressSaying(
        "保持稳定",
        "这次的成绩与按孩子自己以前的考试可以预期的差不多。学习的内容一直在加深，能跟上就值得肯定；"
        "请继续关心孩子的作息和作业习惯。",
    ),
    "attention": ProgressSaying(
        "这次有些起伏",
        "这次的成绩低于按孩子自己以前的考试可以预期的。一次考试受身体、心情等许多因素影响，"
        "不说明孩子不行。请先听孩子说说，多鼓励，不责备；再和班主任一起看看哪里需要帮助。",
    ),
}

_REASONS = {
    "withdrawn": "这次考试没有交出完整的答卷，所以不作比较。请和孩子聊聊当时的情况，下次考试再看。",
    "no_outcome": "这次考试的成绩不完整，所以不作比较。补考或下次考试以后再看。",
    "no_baseline": "还没有以前的考试可以对照，所以这次不作比较。",
    "few_exams": "可以对照的考试太少，比较起来不可靠，所以这次不作比较。",
    "few_pupils": "参加考试的人数太少，比较起来不可靠，所以这次不作比较。",
}

_NO_COMPARISON = "这次不作比较"
_UNKNOWN = "可以对照的成绩不够，所以这次不作比较。"
_CEILING = "孩子以前的成绩已经接近满分，再进步也难以从分数上看出来，这不是停滞。"

_EXPECTED = "（“可以预期的”，是从同年级以前成绩相近的学生算出来的。）"


def say_progress(band: str, reason: str | None, *, ceiling: bool) -> ProgressSaying:
    """What to tell the parents.

    Args:
        band: One of `progress.bands.BANDS`.
        reason: One of `progress.bands.REASONS` where the band is `not_assessed`.
        ceiling: So near full marks before that a rise could not show.
    """
    saying = _BANDS.get(band)
    if saying is None:
        return ProgressSaying(_NO_COMPARISON, _REASONS.get(reason or "", _UNKNOWN))
    more = _CEILING if ceiling and band == "steady" else ""
    return ProgressSaying(saying.headline, saying.text + more + _EXPECTED)


def reading_note(ways: Collection[str], marks: LetterMarks, *, exams: int) -> str:
    """How to read the marks of a letter.

    Args:
        ways: Those of `letter_marks.WAYS` that the letter uses.
        marks: What the levels are.
        exams: How many exams it tells of.
    """
    said = []
    if LEVELS in ways:
        levels = [f"{name} {least:.0%} 以上" for name, least in marks.levels[:-1]]
        said.append(f"等级按得分占满分的多少：{'、'.join(levels)}，其余{marks.levels[-1][0]}。")
    if POINTS in ways:
        said.append("分数写作“得分 / 满分”。")
    if exams > 1:
        said.append("两次试卷的难易不同，不能直接相比。")
    return "".join(said)
