"""What a notice says besides its list: policy, conditions; nothing that tells of a person."""

from collections.abc import Iterable, Mapping

from aidkit.errors import UsageError
from aidkit.labels import Labels
from aidkit.programs.version import AnyOf, Version
from aidkit.programs.vocabulary import CHANNELS, required

REASONS = (
    *("残疾", "残障", "低保", "孤儿", "事实无人抚养", "特困供养", "建档立卡", "脱贫户", "单亲"),
    *("留守", "烈士", "大病", "重病", "患病", "艾滋", "疫情", "受灾", "丧亲", "离异", "服刑"),
)
"""Words of a title that would tell why each person on the list is poor."""

BESIDE = ("特困", "五保", "低收入", "困境儿童", "突发")
"""Words that may stand above a list, as a program is called so, but not in each line of it."""


def policy_lines(versions: Iterable[Version]) -> tuple[str, ...]:
    """The documents that versions rest on, each once."""
    return tuple(dict.fromkeys(str(version.source) for version in versions))


def condition_lines(
    versions: Iterable[Version], labels: Labels, titles: Mapping[str, str]
) -> tuple[str, ...]:
    """What versions ask of whoever gets it, and how it is paid; each once."""
    lines: dict[str, None] = {}
    for version in versions:
        for clause in version.conditions:
            some = "满足其一：" if isinstance(clause, AnyOf) else ""
            subject = version.program.subject
            words = required(clause, labels, titles, subject=subject, named=True)
            lines[f"条件：{some}{words}"] = None
        if version.tier_from == "panel":
            lines["档次：以评审小组的认定结果为准"] = None
        lines[f"发放：{CHANNELS[version.channel]}"] = None
    return tuple(lines)


def refuse_reasons(title: str, *, in_lines: bool = False) -> None:
    """Refuse words that would put a reason for hardship beside every name of a list.

    Args:
        title: A title, or what a column says.
        in_lines: Whether it stands in each line of the list.

    Raises:
        UsageError: It has such a word.
    """
    if found := [word for word in (*REASONS, *(BESIDE if in_lines else ())) if word in title]:
        raise UsageError(
            f"“{title}”里有困难原因（{'、'.join(found)}），写在名单上方，就等于给每个人写明了原因。",
            where=title,
            remedy="标题可用 --title 另起；项目名称就有原因的，只公布人数和金额，不列姓名。",
        )
