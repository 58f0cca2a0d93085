"""What a notice says besides its list: policy, conditions; nothing that tells of a person."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from aidkit.errors import UsageError
from aidkit.labels import Labels
from aidkit.notices.notice import Objection
from aidkit.programs.version import AnyOf, Version, ways
from aidkit.programs.vocabulary import CHANNELS, required

REASONS = (
    *("残疾", "残障", "残病", "孤残", "智障", "聋", "盲人", "失明", "瘫痪", "自闭", "脑瘫", "抑郁"),
    *("低保", "最低生活保障", "特困供养", "建档立卡", "脱贫户", "脱贫家庭", "脱贫人口"),
    *("监测户", "监测对象", "监测家庭", "致贫", "烈士", "烈属", "优抚", "疫情", "受灾", "因灾"),
    *("孤儿", "遗孤", "无人抚养", "单亲", "留守", "丧亲", "丧偶", "丧父", "丧母", "双亡", "离异"),
    *("去世", "病故", "失联", "服刑", "戒毒", "入狱", "负债", "因病", "患病", "大病", "重病"),
    *("慢性病", "精神病", "心脏病", "糖尿病", "血友病", "白血病", "癌", "肿瘤", "尿毒症"),
    *("癫痫", "肝炎", "艾滋"),
)
"""Words of a title that would tell why each person on the list is poor."""

TELLING = frozenset({"any_special_group", "listed_group_in", "hardship_cause_in", "debt_at_least"})
"""Conditions that would tell why a person is poor; see `programs.vocabulary`."""

GENERAL = "条件：属于依据文件规定的资助对象"
"""What a notice says where its condition would put a reason beside every name."""

PROPOSED = "拟"
"""Without it a title would say that what is only proposed was decided."""

BESIDE = ("特困", "五保", "低收入", "困境儿童", "突发")
"""Words that may stand above a list, as a program is called so, but not in each line of it."""


def policy_lines(versions: Iterable[Version]) -> tuple[str, ...]:
    """The documents that versions rest on, each once."""
    return tuple(dict.fromkeys(str(version.source) for version in versions))


def condition_lines(
    versions: Iterable[Version], labels: Labels, titles: Mapping[str, str]
) -> tuple[str, ...]:
    """What versions ask of whoever gets it, and how it is paid; each once.

    A clause that can only be met by a reason for hardship would tell it of everybody on the list:
    there the notice says no more than that its documents name who gets it.
    """
    lines: dict[str, None] = {}
    for version in versions:
        for clause in version.conditions:
            some = "满足其一：" if isinstance(clause, AnyOf) else ""
            subject = version.program.subject
            words = required(clause, labels, titles, subject=subject, named=True)
            tells = all(any(one.name in TELLING for one in way) for way in ways(clause))
            lines[GENERAL if tells else f"条件：{some}{words}"] = None
        if version.tier_from == "panel":
            lines["档次：以评审小组的认定结果为准"] = None
        lines[f"发放：{CHANNELS[version.channel]}"] = None
    return tuple(lines)


def left_words(on: dt.date, end: dt.date, left: int) -> str:
    """How long a notice still stands; on its last day and before a weekend no working day is left.

    Args:
        on: A day on which it stands.
        end: Its last day.
        left: Working days from the one to the other.
    """
    if left:
        return f"还剩 {left} 个工作日"
    return "最后一天" if on == end else f"还剩 {(end - on).days} 天，没有工作日"


def order_words(columns: Collection[str]) -> str:
    """In which order a list stands, and that it is not that of need.

    Args:
        columns: Of the list.
    """
    if "grade" in columns:
        return "按学校、年级和姓名排列，先后与困难程度无关；同校同年级有重名的才写班级。"
    return "按学校和姓名排列，先后与困难程度无关。"


def change_words(objection: Objection) -> str:
    """What an answered objection changed in the list."""
    told = (
        ("取消", len(objection.taken_off)),
        ("增补", objection.added),
        ("更正学校、年级或金额", objection.changed),
    )
    return "，".join(f"{verb} {count} 人" for verb, count in told if count) or "名单不变"


def refuse_reasons(title: str, *, in_lines: bool = False) -> None:
    """Refuse words that would put a reason for hardship beside every name of a list.

    Args:
        title: A title, or what a column says.
        in_lines: Whether it stands in each line of the list.

    Raises:
        UsageError: It has such a word.
    """
    squeezed = "".join(title.split())
    if found := [word for word in (*REASONS, *(BESIDE if in_lines else ())) if word in squeezed]:
        raise UsageError(
            f"“{title}”里有困难原因（{'、'.join(found)}），写在名单上方，就等于给每个人写明了原因。",
            where=title,
            remedy="自己起的标题请去掉这些字；项目或依据的名称就有原因的，只公布人数和金额，不列姓名。",
        )


def refuse_decided(title: str) -> None:
    """Refuse a title that does not say that the list is only proposed.

    Raises:
        UsageError: It does not.
    """
    if PROPOSED not in title:
        raise UsageError(
            f"标题“{title}”没有写“{PROPOSED}”：公示在审批以前，名单是拟定的。",
            where="--title",
            remedy="例如：2026 年秋季学期寄宿生生活补助拟受助学生公示。",
        )
