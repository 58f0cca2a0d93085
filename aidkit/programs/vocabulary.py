"""The closed vocabulary of conditions: what a program file may say, and its Chinese.

What each condition means is in `aidkit.conditions`; both know the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs.version import AnyOf, Argument, Condition

ArgumentKind = Literal["true", "yes_no", "codes", "yuan", "percent", "years", "day", "programs"]


@dataclass(frozen=True)
class Entry:
    """How one condition is written.

    Attributes:
        label: What is still missing when it fails, a short Chinese noun.
        kind: What its argument must be.
        vocabulary: For codes: the vocabulary of `params/labels.toml`.
        phrase: What is required, Chinese; `{}` stands for the argument in words.
        together: All codes are required, not one of them.
        bare: The phrase leaves out what it is about; the label says it.
        of_teachers: Label and phrase where the person is a teacher, if they differ.
    """

    label: str
    kind: ArgumentKind
    vocabulary: str
    phrase: str
    together: bool = False
    bare: bool = False
    of_teachers: str = ""


VOCABULARY: Mapping[str, Entry] = {
    "enrolled": Entry("在籍在校", "true", "", "在籍在校", of_teachers="在岗"),
    "stage_in": Entry("学段", "codes", "stage", "就读{}"),
    "grade_in": Entry("年级", "codes", "grade", "就读{}"),
    "ownership_in": Entry("学校性质", "codes", "ownership", "就读{}学校"),
    "locality_in": Entry("学校所在地", "codes", "locality", "学校在{}"),
    "boarder_is": Entry("寄宿情况", "yes_no", "", "{}寄宿"),
    "any_special_group": Entry("困难类型", "codes", "special_group", "属于{}"),
    "income_per_head_at_most": Entry("家庭人均年收入", "yuan", "", "不超过 {} 元", bare=True),
    "panel_tier_in": Entry("认定档次", "codes", "tier", "经评审认定为{}"),
    "applied": Entry("有效申请", "true", "", "有带承诺书的申请"),
    "applied_or_listed": Entry(
        "有效申请", "codes", "special_group", "有带承诺书的申请，或部门名单确认为{}"
    ),
    "applied_by": Entry("按期申请", "day", "", "在 {}前（含当天）申请"),
    "listed_group_in": Entry("部门名单", "codes", "special_group", "部门名单确认为{}"),
    "income_after_illness_at_most": Entry(
        "扣除大病自付后的人均年收入", "percent", "", "不超过当地低保标准的 {}", bare=True
    ),
    "in_union_file": Entry("困难职工档案", "true", "", "家庭已列入工会困难职工档案"),
    "residence_in": Entry("户口性质", "codes", "residence", "为{}", bare=True),
    "household_in": Entry("户籍所在地", "codes", "household_place", "户籍在{}"),
    "major_in": Entry("专业类别", "codes", "major", "就读{}"),
    "county_in": Entry("县区类别", "codes", "county_kind", "县区属于{}"),
    "college_place_in": Entry("院校所在地", "codes", "household_place", "院校在{}"),
    "papers": Entry("证明材料", "codes", "paper", "交齐{}", together=True),
    "record_in": Entry("综合表现", "codes", "record", "为{}", bare=True),
    "awarded_before": Entry("以前受助", "programs", "", "以前受过{}资助"),
    "not_awarded_for_years": Entry("近年未受助", "years", "", "前 {} 年没有受过本项目资助"),
    "not_helped_this_year_by": Entry("本年未受其他资助", "codes", "funder", "今年没有受过{}资助"),
    "post_in": Entry("岗位", "codes", "post", "为{}", bare=True),
    "employment_in": Entry("在职情况", "codes", "employment", "{}"),
    "school_type_in": Entry("任教学校", "codes", "school_type", "在{}任教"),
    "hardship_cause_in": Entry("致困原因", "codes", "hardship_cause", "因{}致困"),
    "debt_at_least": Entry("负债", "yuan", "", "不低于 {} 元", bare=True),
    "place_tier_in": Entry("学校艰苦程度", "codes", "tier", "为{}", bare=True),
}
"""Every condition, in the order in which explanations name them."""

TIER_LABELS = {
    "panel_tier": "认定档次（评审没有定档，或定的这一档没有标准）",
    "tier_rule": "认定档次（没有一档的条件满足）",
    "panel_amount": "认定金额",
}
"""What `missing` holds besides conditions: no tier or amount by the panel, no tier by rule."""

UNITS = {
    "yuan_per_year": "学年",
    "yuan_per_term": "学期",
    "yuan_per_month": "月",
    "yuan_once": "次",
}
PAID = {
    "yuan_per_year": ("half_each_term", "in_autumn", "in_spring"),
    "yuan_per_term": ("each_term", "in_autumn", "in_spring"),
    "yuan_per_month": ("monthly",),
    "yuan_once": ("in_autumn", "in_spring", "when_decided"),
}
"""How each unit can be paid; a file must say both, so that neither is misread."""

PAID_WORDS = {
    "half_each_term": "每学期一半",
    "each_term": "",
    "monthly": "每学期 5 个月",
    "in_autumn": "秋季学期发",
    "in_spring": "春季学期发",
    "when_decided": "认定后发",
}
SUBJECTS = {"student": "在校学生", "freshman": "高校学生", "teacher": "教师"}
LEAVERS = {"month": "按实际月数", "day": "按实际天数", "term": "按整个学期"}
ROUNDING = {"down": "舍去不足一分", "half_up": "四舍五入到分", "up": "进到一分"}
FOLLOWS = {"school": "随学校", "household": "随户籍"}
BASES = {"exact": "定额", "average": "平均标准", "at_least": "最低标准"}
QUOTA_BASES = {"students": "在校生数", "boarders": "寄宿生数"}
SPLITS = QUOTA_BASES | {"candidates": "符合条件的人数"}
SHARE_KINDS = {"retired": "退休教师"}
ORDERS = {
    "tier": "认定档次高的在前",
    "first_time": "以前没有受助的在前",
    "full_time_teacher": "专任教师在前",
    "listed": "部门名单确认的在前",
    "special_groups": "困难类型多的在前",
    "income_per_head": "家庭人均年收入低的在前",
    "debt": "负债多的在前",
    "applied_on": "申请早的在前",
}
"""How a quota can be ordered."""

TIES = {"lot": "抽签（由学期、项目和编号算出，谁都可以重算）"}
RELATIONS = {"stack": "可叠加", "higher_of": "就高不就低", "exclusive": "不重复享受"}
TARGETS = {
    "persons_per_year": "每年资助人数",
    "raised_per_year": "每年筹集资金（元）",
    "visits_per_year": "每年走访次数",
}

CHANNELS = {
    "bank_card": "打入银行卡",
    "guardian_or_school": "发给监护人，或由学校代发",
    "food": "提供膳食，不发现金",
    "waived": "直接免收",
    "wage_account": "打入工资账户",
    "principal": "校长亲手交给本人",
    "loan": "助学贷款，须归还",
    "cash_or_meal_card": "现金或打入饭卡",
    "books": "免费提供课本",
}
STATUSES = {"verified": "见于所列文件", "unverified": "未核实"}
DATE_STATUSES = {"stated": "来源载明", "assumed": "推定"}
LEVELS = {"central": "中央", "province": "省", "city": "市", "county": "县"}


def label_of(name: str, subject: str = "student") -> str:
    """The Chinese noun for a name in `Decisions.missing` of a subject's program."""
    if name in TIER_LABELS:
        return TIER_LABELS[name]
    entry = VOCABULARY[name]
    return (subject == "teacher" and entry.of_teachers) or entry.label


def required(
    condition: Condition | AnyOf,
    labels: Labels,
    titles: Mapping[str, str] | None = None,
    *,
    subject: str = "student",
    named: bool = False,
) -> str:
    """What a condition requires, as a Chinese phrase.

    Args:
        condition: The condition.
        labels: Codes and their Chinese.
        titles: Short titles by program id, for conditions that name programs; an id that is
            missing stands as it is.
        subject: Whom the program is for.
        named: Say before a bare phrase what it is about, for where nothing else does.
    """
    if isinstance(condition, AnyOf):
        ways = (
            "，且".join(required(c, labels, titles, subject=subject, named=named) for c in way)
            for way in condition.alternatives
        )
        return "；或".join(ways)
    entry = VOCABULARY[condition.name]
    if subject == "teacher" and entry.of_teachers:
        return entry.of_teachers
    phrase = entry.phrase.format(_in_words(condition.argument, entry, labels, titles or {}))
    return entry.label + phrase if named and entry.bare else phrase


def _in_words(argument: Argument, entry: Entry, labels: Labels, titles: Mapping[str, str]) -> str:
    match argument:
        case bool():
            return "" if argument else "不"
        case int() if entry.kind == "yuan":
            return yuan(argument)
        case int():
            return f"{argument}%" if entry.kind == "percent" else str(argument)
        case str():
            month, day = argument.split("-")
            return f"{int(month)} 月 {int(day)} 日"
    if entry.kind == "programs":
        words = [f"“{titles.get(code, code)}”" for code in argument]
    else:
        words = [labels.label(entry.vocabulary, code) for code in argument]
    *front, last = words
    return ("和" if entry.together else "或").join(filter(None, ("、".join(front), last)))
