"""What became of it: the lines of an explanation on time, quota, relations and changes."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.awards.judge import Examined
from aidkit.awards.places import are_told
from aidkit.awards.relations import Bonds
from aidkit.calendar import Term
from aidkit.conditions import wording
from aidkit.county import County
from aidkit.programs import Version
from aidkit.programs.version import Quota, Relation
from aidkit.programs.vocabulary import ORDERS, SHARE_KINDS

_NOTHING = pl.lit("")
_ROUNDED = {"down": "舍去", "half_up": "四舍五入", "up": "进为一分"}
_BASIS = {
    "average": "文件给的是平均标准，本县按这个数发。",
    "at_least": "文件给的是最低标准，可以多给，不能少给。",
}


@dataclass(frozen=True)
class Told:
    """What all explanations of a run refer to.

    Attributes:
        bound: Relations between programs.
        versions: By number.
        term: The term.
        county: Whose quotas may say how many places there are.
    """

    bound: Bonds
    versions: Mapping[int, Version]
    term: Term
    county: County

    def nominates(self, version: Version) -> bool:
        """Whether the places are a higher level's, and the county's order only a proposal."""
        own = {program for program, said in self.county.quotas if said.places is not None}
        assert version.quota is not None
        return version.quota.from_above and version.program.id not in own

    @property
    def short_titles(self) -> dict[str, str]:
        """Program ids to short titles."""
        return {v.program.id: v.program.short_title for v in self.versions.values()}

    @property
    def titles(self) -> dict[str, str]:
        """Program ids to “short titles”."""
        return {program: f"“{title}”" for program, title in self.short_titles.items()}

    def titled(self, program_id: pl.Expr) -> pl.Expr:
        """Programs as “short titles”."""
        titles = self.titles
        return program_id.replace_strict(list(titles), list(titles.values()), default=None)


def course_lines(examined: Examined, told: Told) -> list[pl.Expr]:
    """Each line or nothing; only those who meet every condition have any."""
    version = examined.version
    lines = [_floor_line()]
    if version.basis in _BASIS:
        awarded = pl.col("outcome") == "awarded"
        lines.append(_when(awarded, pl.lit(f"\n标准：{_BASIS[version.basis]}")))
    if examined.scrutiny.time is not None:
        lines.append(_time_line(version, examined.scrutiny.time.unit))
    if version.quota is not None:
        lines.append(_quota_line(version, told))
    lines += [_relation_line(version, told), _change_line()]
    return lines


def _floor_line() -> pl.Expr:
    """Why a floor of a higher level took the place of the county's own version."""
    least = wording.money(pl.col("amount_fen"))
    low = pl.format("本地标准应享 {}", wording.money(pl.col("local_fen")))
    # Who could have had more from the county's version did not get one of its places.
    shut_out = pl.col("local_fen") > pl.col("amount_fen")
    why = pl.when(shut_out).then(pl.lit("没有进入本地标准的名额")).otherwise(low)
    words = pl.format("\n下限：{}，上级规定不得低于 {}，按上级标准。", why, least)
    return _when((pl.col("outcome") == "awarded") & pl.col("local_fen").is_not_null(), words)


def _time_line(version: Version, unit: str) -> pl.Expr:
    partly = (pl.col("outcome") == "awarded") & (pl.col("held") < pl.col("whole"))
    present = pl.col("present_months" if unit == "个月" else "present_days")
    seen = pl.concat_str(present.cast(pl.String), pl.lit(f" {unit}")).fill_null(wording.UNKNOWN)
    failed = pl.when(present.is_null()).then(pl.lit("缺资料，不能认定"))
    where = "在岗" if version.program.subject == "teacher" else "在校"
    absent = pl.format(
        f"\n{where}时间：须计满 1 {unit}{{}}{{}}。",
        wording.actual(seen),
        failed.otherwise(pl.lit("不符合")),
    )
    words = pl.format(
        f"\n时间：本学期按 {{}}/{{}} {unit}计，整学期 {{}}，"
        f"不足一分的{_ROUNDED[version.rounding]}。",
        pl.col("held").cast(pl.String),
        pl.col("whole").cast(pl.String),
        wording.money(pl.col("full_fen")),
    )
    missing = pl.col("missing").list.contains("enrolled") & ~(present > 0).fill_null(False)
    return pl.concat_str(_when(partly, words), _when(missing, absent))


def _quota_line(version: Version, told: Told) -> pl.Expr:
    quota = version.quota
    assert quota is not None
    whose = "全县" if not quota.by_school else "本校"
    got_in = pl.col("reserve_no").is_null()
    inside = pl.lit("，进入名额。")
    outside = pl.concat_str(
        pl.format("，没有进入名额，列递补第 {} 位。", pl.col("reserve_no").cast(pl.String)),
        _when(
            pl.col("cut_line").is_not_null(),
            pl.format("最后一名入围者：{}。", pl.col("cut_line")),
        ),
        _hindrance(quota),
    )
    order = "、".join(ORDERS[code] for code in quota.order) or "抽签"
    remark = "名额是上级的总数，本县的排序只作推荐。" if told.nominates(version) else ""
    if not are_told(version, told.county):
        remark = "名额或比例的基数还没有人说明，写进 county.toml 以前都列候补。"
    words = pl.concat_str(
        pl.format(
            f"\n名额：{whose}名额 {{}} 个，符合条件 {{}} 人，排第 {{}} 位",
            pl.col("places").cast(pl.String),
            pl.col("candidates").cast(pl.String),
            pl.col("rank").cast(pl.String),
        ),
        pl.when(got_in).then(inside).otherwise(outside),
        pl.format(f"排序依据：{order}，相同的抽签；本人：{{}}。{remark}", pl.col("standing")),
    )
    return _when(pl.col("rank").is_not_null(), words)


def _hindrance(quota: Quota) -> pl.Expr:
    reasons = {
        limit.kind: f"{SHARE_KINDS[limit.kind]}最多占名额的 {limit.percent}%，已满。"
        for limit in quota.limits
    }
    if quota.per_school is not None:
        reasons["per_school"] = f"每校最多 {quota.per_school} 人，本校已满。"
    if not reasons:
        return _NOTHING
    return pl.col("hindrance").replace_strict(reasons, default="", return_dtype=pl.String)


def _relation_line(version: Version, told: Told) -> pl.Expr:
    program_id, bound = version.program.id, told.bound
    mates = [other for other, group in bound.group.items() if group == bound.group[program_id]]
    higher = "".join(_clause(r) for r in version.relations if r.kind == "higher_of")
    clauses = {other: _clause(r) for r in version.relations for other in r.others}
    other = told.titled(pl.col("yielded_to"))
    lower = pl.format(
        f"\n关系：与{{}}就高不就低{higher}，已享受金额不低于这一项的{{}}，{{}}。",
        other,
        other,
        wording.money(pl.col("yielded_fen")),
    )
    clause = pl.col("yielded_to").replace_strict(clauses, default="", return_dtype=pl.String)
    shut = pl.format("\n关系：与{}不重复享受{}，已享受{}。", other, clause, other)
    yielded = pl.when(pl.col("yielded_to").is_in(mates)).then(lower).otherwise(shut)
    lines = [_when(pl.col("outcome") == "yielded", yielded)]
    awarded = pl.col("outcome") == "awarded"
    if len(mates) > 1:
        won = pl.format(f"\n关系：与{{}}就高不就低{higher}，享受本项。", pl.col("beaten"))
        lines.append(_when(awarded & pl.col("beaten").is_not_null(), won))
    for relation in version.relations:
        titles = "".join(told.titles.get(other, "") for other in sorted(relation.others))
        if relation.kind == "stack" and titles:
            words = f"\n关系：与{titles}可以同时享受{_clause(relation)}。"
            lines.append(_when(awarded, pl.lit(words)))
    return pl.concat_str(lines)


def _clause(relation: Relation) -> str:
    return f"（{relation.clause or '我们的假定'}）"


def _change_line() -> pl.Expr:
    given_up = (
        pl.when(pl.col("change") == "waived").then(pl.lit("放弃")).otherwise(pl.lit("取消资格"))
    )
    ended = pl.format(
        "\n变动：{} {}，算到这一天为止。", wording.day(pl.col("changed_on")), given_up
    )
    follows = pl.format(
        "\n变动：有人空出名额，自 {} 起递补到本学期末。", wording.day(pl.col("free_on"))
    )
    awarded = pl.col("outcome") == "awarded"
    lost = pl.format("\n变动：{} {}，本学期不发。", wording.day(pl.col("changed_on")), given_up)
    return pl.concat_str(
        _when(pl.col("outcome").is_in(["waived", "revoked"]), lost),
        _when(awarded & pl.col("change").is_not_null(), ended),
        _when(awarded & pl.col("free_on").is_not_null(), follows),
    )


def _when(condition: pl.Expr, words: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(words).otherwise(_NOTHING)
