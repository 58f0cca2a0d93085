"""An explanation taken apart into its rules, and the words for who may read how much of it.

`aidkit.awards.sentences` writes one line per rule: `标签：须…；实际…，符合。` What is not of a
known form is left out here, so that a line of a new kind never reaches the public unexamined.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ANY_OF = "满足其一即可："
GROUNDS = "依据："
CHANGE = "变动："
DOUBTS = ("标准未核实", "这个版本")

_RULE = re.compile(
    r"(?:^|[；：）且])(?P<label>[^：；。（）]+)：须(?P<needs>[^；]*(?:；或[^；]*)*)"
    r"；实际 ?(?P<seen>.*?)，(?P<verdict>符合|不符合|缺资料，不能认定|缺认定(?:档次|金额))"
    r"(?:，|（)?(?P<gap>[差缺晚] [^。；）]+)?）?(?=[。；])"
)


@dataclass(frozen=True)
class Rule:
    """One rule of an explanation.

    Attributes:
        label: What it is about, a Chinese noun.
        needs: What is required.
        seen: What the person has.
        verdict: `符合`, or what it lacks.
        gap: How much is lacking, e.g. `差 12.00 元`; may be empty.
    """

    label: str
    needs: str
    seen: str
    verdict: str
    gap: str

    @property
    def met(self) -> bool:
        """Whether the rule is met."""
        return self.verdict == "符合"


@dataclass(frozen=True)
class Clause:
    """Rules that stand in one line: one, or several of which one way must be met.

    Attributes:
        rules: In the order of the line.
        met: Whether the line as a whole is met.
        any_of: Whether one way is enough.
    """

    rules: tuple[Rule, ...]
    met: bool
    any_of: bool


@dataclass(frozen=True)
class Told:
    """An explanation taken apart.

    Attributes:
        title: Short title of the program.
        clauses: Its rules.
        grounds: Document, number, clause and date; then what is doubtful about the version.
    """

    title: str
    clauses: tuple[Clause, ...]
    grounds: tuple[str, ...]


def take_apart(explanation: str) -> Told:
    """Read `Decisions.explanation`."""
    head, *lines = explanation.split("\n")
    return Told(
        title=head.partition("：")[0],
        clauses=tuple(filter(None, map(_clause, lines))),
        grounds=tuple(line for line in lines if line.startswith((GROUNDS, *DOUBTS))),
    )


def _clause(line: str) -> Clause | None:
    if line.startswith((GROUNDS, *DOUBTS)):
        return None
    any_of = line.startswith(ANY_OF)
    body = line.removeprefix(ANY_OF)
    rules = tuple(
        Rule(**{name: text or "" for name, text in match.groupdict().items()})
        for match in _RULE.finditer(body)
    )
    if not rules:
        return None
    met = line.endswith("此项符合。") if any_of else all(rule.met for rule in rules)
    return Clause(rules, met, any_of)


OPEN_LABELS = frozenset(
    {
        "在籍在校",
        "在岗",
        "在校时间",
        "在岗时间",
        "学段",
        "年级",
        "学校性质",
        "学校所在地",
        "专业类别",
        "院校所在地",
        "按期申请",
    }
)
"""Rules that ask for nothing sensitive; of all others the public sees the nouns and one verdict."""

OUTCOMES: Mapping[str, str] = {
    "awarded": "享受",
    "not_eligible": "不享受：有条件不符合",
    "reserve": "不享受：符合条件，名额已满",
    "yielded": "不享受：符合条件，已享受另一项资助",
    "waived": "不享受：已放弃",
    "revoked": "不享受：资格已取消",
}

HOW: Mapping[str, str] = {
    "applied": "到学校领取申请表，写明情况并签好承诺书，交给班主任或资助老师。",
    "applied_or_listed": "到学校领取申请表，写明情况并签好承诺书，交给班主任或资助老师。",
    "applied_by": "申请期限已经过了；下一次请在期限前申请。",
    "papers": "把缺的材料交到学校，复印件请带原件核对。",
    "any_special_group": "有低保证、残疾证等证件的，请交学校登记；没有办证的找民政或残联。",
    "listed_group_in": "应在部门名单上而没有的，请向乡镇（街道）、民政或残联查询。",
    "income_per_head_at_most": "收入或人口登记得不对的，请带凭据到学校更正。",
    "income_after_illness_at_most": "收入、人口或大病自付费用登记得不对的，请带凭据到学校更正。",
    "in_union_file": "困难职工建档，请找职工本人单位的工会。",
    "panel_tier_in": "请向学校申请家庭经济困难评审。",
    "panel_tier": "请向学校申请家庭经济困难评审。",
    "panel_amount": "请等学校或资助中心逐案审定。",
    "residence_in": "户口登记得不对的，请带户口簿到学校更正。",
    "household_in": "户口登记得不对的，请带户口簿到学校更正。",
    "boarder_is": "寄宿情况登记得不对的，请告诉班主任更正。",
    "debt_at_least": "负债登记得不对的，请带凭据到学校更正。",
}
"""What somebody can do about a condition in `Decisions.missing`; nothing where nothing helps."""

_CLASSES = (500, 1000, 2000, 5000, 10000)


def amount_class(fen: int) -> str:
    """How much a sum is, too roughly to tell tier, months or person."""
    above = max((yuan for yuan in _CLASSES if fen >= yuan * 100), default=0)
    below = min((yuan for yuan in _CLASSES if fen < yuan * 100), default=0)
    if not above:
        return f"不到 {below} 元"
    return f"{above} 元以上" + (f"、不到 {below} 元" if below else "")
