"""A decision in the words of a letter to the family: kind, short, and without a word of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aidkit.awards.explain import family_lines, less_than_whole
from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs import Version
from aidkit.programs.vocabulary import BASES, CHANNELS


@dataclass(frozen=True)
class Saying:
    """What a letter says of one program.

    Attributes:
        result: One sentence: what was decided.
        amount: `625.00 元`, or empty.
        reasons: Why, and what to do about what lacks; one sentence each.
        papers: What has to be handed in for the program, for a family that can still hand it in.
    """

    result: str
    amount: str
    reasons: tuple[str, ...]
    papers: str


def say(
    row: Mapping[str, Any], version: Version, titles: Mapping[str, str], labels: Labels
) -> Saying:
    """Put one row of `tables.Decisions` into the family's words.

    Args:
        row: The decision.
        version: The program version that decided.
        titles: Short titles by program id.
        labels: Codes and their Chinese.
    """
    first, *reasons, _ = family_lines(row, titles)
    if version.status == "unverified":
        reasons.append("这个标准还没有核对到正式文件，实际发放以学校最后的通知为准。")
    elif version.basis != "exact" and row["awarded"]:
        reasons.append(f"这是{BASES[version.basis]}，实际发放以学校最后的通知为准。")
    return Saying(
        result=_granted(row, version, labels) if row["awarded"] else first.partition("：")[2],
        amount=f"{yuan(row['amount_fen'])} 元" if row["amount_fen"] else "",
        reasons=tuple(reasons),
        papers=_papers(version, labels) if row["outcome"] == "not_eligible" else "",
    )


def _granted(row: Mapping[str, Any], version: Version, labels: Labels) -> str:
    tier = f"，{_tier(row['tier'], labels)}" if row["tier"] else ""
    if version.channel == "loan":
        return f"可以申请贷款{tier}；这笔钱将来要归还。"
    if version.waives:
        fees = "、".join(labels.label("fee_kind", code) for code in version.waives)
        return f"免收{fees}{tier}；已经收了的，学校全部退还。"
    return f"可以享受{tier}，{CHANNELS[version.channel]}{less_than_whole(row)}。"


def _tier(code: str, labels: Labels) -> str:
    return labels.label("tier" if code in labels.names("tier") else "case", code)


def _papers(version: Version, labels: Labels) -> str:
    papers = "、".join(labels.label("paper", code) for code in version.evidence)
    return f"这一项的材料：{papers}；与您家情况无关的不用交。" if papers else ""
