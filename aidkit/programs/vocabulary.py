"""The closed vocabulary of conditions: what a program file may say, and its Chinese.

What each condition means is in `aidkit.conditions`; both know the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs.version import AnyOf, Argument, Condition

ArgumentKind = Literal["true", "yes_no", "codes", "yuan"]


@dataclass(frozen=True)
class Entry:
    """How one condition is written.

    Attributes:
        label: What is still missing when it fails, a short Chinese noun.
        kind: What its argument must be.
        vocabulary: For codes: the vocabulary of `params/labels.toml`.
        phrase: What is required, Chinese; `{}` stands for the argument in words.
    """

    label: str
    kind: ArgumentKind
    vocabulary: str
    phrase: str


VOCABULARY: Mapping[str, Entry] = {
    "enrolled": Entry("在籍在校", "true", "", "在籍在校"),
    "stage_in": Entry("学段", "codes", "stage", "就读{}"),
    "grade_in": Entry("年级", "codes", "grade", "就读{}"),
    "ownership_in": Entry("学校性质", "codes", "ownership", "就读{}学校"),
    "locality_in": Entry("学校所在地", "codes", "locality", "就读学校在{}"),
    "boarder_is": Entry("寄宿情况", "yes_no", "", "{}寄宿"),
    "any_special_group": Entry("困难类型", "codes", "special_group", "属于{}"),
    "income_per_head_at_most": Entry("家庭人均年收入", "yuan", "", "不超过 {} 元"),
    "panel_tier_in": Entry("认定档次", "codes", "tier", "经评审认定为{}"),
    "applied": Entry("有效申请", "true", "", "有带承诺书的申请"),
    "applied_or_listed": Entry(
        "有效申请", "codes", "special_group", "有带承诺书的申请，或部门名单确认为{}"
    ),
}
"""Every condition, in the order in which explanations name them."""

TIER_LABELS = {"panel_tier": "认定档次", "tier_rule": "档次规则"}
"""What `missing` holds besides conditions: no tier by the panel, or none by the declared rule."""

UNITS = {"yuan_per_year": "学年", "yuan_per_term": "学期"}
PAID = {"yuan_per_year": "half_each_term", "yuan_per_term": "each_term"}
"""How each unit is paid; a file must say both, so that neither is misread."""

CHANNELS = {
    "bank_card": "打入银行卡",
    "guardian_or_school": "发给监护人，或由学校代发",
    "food": "提供膳食，不发现金",
    "waived": "直接免收",
    "books": "免费提供课本",
}
STATUSES = {"verified": "见于所列文件", "unverified": "未核实"}
DATE_STATUSES = {"stated": "来源载明", "assumed": "推定"}
LEVELS = {"central": "中央", "province": "省", "city": "市", "county": "县"}


def label_of(name: str) -> str:
    """The Chinese noun for a name in `Decisions.missing`."""
    return TIER_LABELS.get(name) or VOCABULARY[name].label


def required(condition: Condition | AnyOf, labels: Labels) -> str:
    """What a condition requires, as a Chinese phrase."""
    if isinstance(condition, AnyOf):
        ways = ("，且".join(required(c, labels) for c in way) for way in condition.alternatives)
        return "；或".join(ways)
    entry = VOCABULARY[condition.name]
    return entry.phrase.format(_in_words(condition.argument, entry, labels))


def _in_words(argument: Argument, entry: Entry, labels: Labels) -> str:
    if isinstance(argument, bool):
        return "" if argument else "不"
    if isinstance(argument, int):
        return yuan(argument)
    *front, last = (labels.label(entry.vocabulary, code) for code in argument)
    return "或".join(filter(None, ("、".join(front), last)))
