"""The ratio sheet: what the rules ask of a fund for a year, and what its figures say."""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from aidkit.fund.book import Book
from aidkit.fund.duties.figures import Figure, MissingFigureError, figure
from aidkit.fund.duties.rules import BOUNDS, Bracket, RatioRule, Rules
from aidkit.fund.period import Period
from aidkit.money import yuan

RESULTS = {
    "met": "符合",
    "not_met": "不符合",
    "not_yet": "截至目前未达到",
    "not_applicable": "不适用",
    "cannot_compute": "无法计算",
    "unrecorded": "未收录",
}
"""What a line of the ratio sheet comes to; `not_yet`: the year has not ended."""

FORMULAS = {
    "spending_of_income": "本年慈善活动支出 ÷ 上年总收入",
    "spending_of_net_assets": "本年慈善活动支出 ÷ 上年末净资产",
    "management_of_expense": "本年管理费用（含银行手续费、物资报损）÷ 本年总支出",
}
"""How each measure is worked out."""

OF_THREE_YEARS = {
    "spending_of_income": "本年慈善活动支出 ÷ 前三年总收入平均数",
    "spending_of_net_assets": "本年慈善活动支出 ÷ 前三年年末净资产平均数",
}
"""The same where the average of three years stands for last year's figure."""

UNRECORDED = "这一档的比例没有可靠的出处，请查正式文本后补进 params/fund_rules.toml"


@dataclass(frozen=True)
class Ratio:
    """One line of the ratio sheet.

    Attributes:
        rule: What is asked.
        year: Year that is judged.
        result: Code of `RESULTS`.
        formula: How it is worked out, Chinese.
        figures: What went into it, in the order of the formula.
        share: Numerator of denominator; None where it cannot be told.
        bracket: The bound that holds; None where none was found.
        reason: Why, Chinese: what is missing, why it does not apply, what is still to spend.
    """

    rule: RatioRule
    year: int
    result: str
    formula: str
    figures: tuple[Figure, ...]
    share: Fraction | None
    bracket: Bracket | None
    reason: str


def ratios(book: Book, fund: str, rules: Rules, *, year: int, on: dt.date) -> list[Ratio]:
    """Every ratio that binds the fund's type of organisation, for one year.

    A type that no ratio binds has a line for spending and one for management: not applicable, why.

    Args:
        book: The book.
        fund: Id of the fund.
        rules: The rules.
        year: Calendar year.
        on: Day of asking: before the year has ended, too little spending is not yet a breach.
    """
    org_type = book.funds[fund].org_type
    if reason := rules.exempt.get(org_type):
        # One line for spending, one for management: brackets of others would only confuse.
        kinds = {rule.bound: rule for rule in reversed(rules.ratios)}
        return [_told(kinds[bound], year, "not_applicable", reason) for bound in BOUNDS]
    binding = [rule for rule in rules.ratios if org_type in rule.org_types]
    return [_Asked(book, fund, rule, year, on).answer() for rule in binding]


def ratios_of(book: Book, fund: str, rules: Rules, period: Period) -> list[Ratio]:
    """Every ratio for each year that ends within a period and for the running one, by year.

    Where nothing binds the fund, that is said of the last year alone; years before its book began
    are not judged.

    Args:
        book: The book.
        fund: Id of the fund.
        rules: The rules.
        period: The period, asked at the end of its last day: a year that ends with it has ended.
    """
    last, own = period.last, book.funds[fund]
    ended = (last.month, last.day) == (12, 31)
    on = last + dt.timedelta(days=1) if ended else last
    first = last.year if own.org_type in rules.exempt else period.first.year
    years = range(min(max(first, own.opened_on.year), last.year), last.year + 1)
    return [one for year in years for one in ratios(book, fund, rules, year=year, on=on)]


def ratios_due(book: Book, fund: str, rules: Rules, on: dt.date) -> list[Ratio]:
    """Every ratio that somebody must look at on a day: of last year until its report is due, too.

    Args:
        book: The book.
        fund: Id of the fund.
        rules: The rules; the last of the yearly duties says when last year has been reported.
        on: Day of asking.
    """
    found = ratios(book, fund, rules, year=on.year, on=on)
    if any(on <= due for due in _reports_due(rules, book.funds[fund].org_type, on.year)):
        return [*ratios(book, fund, rules, year=on.year - 1, on=on), *found]
    return found


def _reports_due(rules: Rules, org_type: str, year: int) -> list[dt.date]:
    """Last days of the yearly duties; of years before they were in force as well."""
    return [
        dt.date(year, rule.month, rule.day)
        for rule in rules.duties
        if rule.when == "yearly" and org_type in rule.org_types
    ]


@dataclass(frozen=True)
class _Asked:
    """One rule asked of one fund for one year."""

    book: Book
    fund: str
    rule: RatioRule
    year: int
    on: dt.date

    @property
    def running(self) -> bool:
        """Whether the year has not ended yet."""
        return self.on <= dt.date(self.year, 12, 31)

    def get(self, name: str, year: int) -> Figure:
        return figure(self.book, self.fund, name, year, until=self.on)

    def answer(self) -> Ratio:
        since = self.rule.effective_from
        if since and dt.date(self.year, 12, 31) < since:
            return self.told("not_applicable", f"{since} 起施行")
        size: tuple[Figure, ...] = ()
        try:
            size = (self.get("net_assets", self.year - 1),) if self.rule.by_size else ()
            bracket = self.rule.bracket(size[0].fen if size else 0)
            if bracket is None:
                return self.told("not_applicable", "上年末净资产不在这一条规定的范围里", size)
            if bracket.percent is None:
                told = self.told("unrecorded", UNRECORDED, size)
                return replace(told, bracket=bracket)
            judge = self.management if self.rule.bound == "at_most" else self.spending
            return replace(judge(bracket.percent), bracket=bracket)
        except MissingFigureError as missing:
            return self.told("cannot_compute", str(missing), size)

    def management(self, percent: int) -> Ratio:
        spent = self.get("management_expense", self.year)
        whole = self.get("total_expense", self.year)
        if whole.fen <= 0:
            return self.told("cannot_compute", _nothing(whole), (spent, whole))
        reasons = []
        result = "met"
        free = self.rule.free_below_fen
        if free is not None and spent.fen < free:
            reasons.append(f"年度管理费用低于 {free // 1_000_000} 万元，不受比例限制")
        elif spent.fen * 100 > percent * whole.fen:
            result = "not_yet" if self.running else "not_met"
        if self.running:
            reasons.append("年度还没有结束")
        told = self.told(result, "；".join(reasons), (spent, whole))
        return replace(told, share=_share(spent.fen, Fraction(whole.fen)))

    def spending(self, percent: int) -> Ratio:
        spent = self.get("program_expense", self.year)
        of = "income" if self.rule.measure == "spending_of_income" else "net_assets"
        used: tuple[Figure, ...] = (self.get(of, self.year - 1),)
        if used[0].fen <= 0:
            return self.told("cannot_compute", _nothing(used[0]), (spent, *used))
        base = Fraction(used[0].fen)
        formula = FORMULAS[self.rule.measure]
        reasons = []
        if spent.fen * 100 < percent * base and self.rule.three_years:
            # Asked for only where last year's figure alone does not do.
            try:
                three = (used[0], self.get(of, self.year - 2), self.get(of, self.year - 3))
            except MissingFigureError as missing:
                reasons.append(f"也可以按前三年平均数算，但是{missing}")
            else:
                mean = Fraction(sum(each.fen for each in three), 3)
                if 0 < mean < base:
                    used, base = three, mean
                    formula = OF_THREE_YEARS[self.rule.measure]
                    reasons.append("按前三年平均数算")
        short = ceil(percent * base / 100) - spent.fen
        result = "met"
        if short > 0:
            result = "not_yet" if self.running else "not_met"
            reasons.insert(0, f"还差 {yuan(short)} 元")
        told = self.told(result, "；".join(reasons), (spent, *used))
        return replace(told, share=_share(spent.fen, base), formula=formula)

    def told(self, result: str, reason: str, used: tuple[Figure, ...] = ()) -> Ratio:
        return _told(self.rule, self.year, result, reason, used)


def _told(
    rule: RatioRule, year: int, result: str, reason: str, used: tuple[Figure, ...] = ()
) -> Ratio:
    return Ratio(rule, year, result, FORMULAS[rule.measure], used, None, None, reason)


def _share(spent: int, base: Fraction) -> Fraction | None:
    return spent / base if base > 0 else None


def _nothing(divisor: Figure) -> str:
    return f"{divisor.title} {yuan(divisor.fen)} 元，不能作除数"
