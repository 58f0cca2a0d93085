"""The rules file, and the ratio sheet on both sides of every bound."""

import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from aidkit.errors import ParamsError
from aidkit.fund.book import Book
from aidkit.fund.duties.figures import figure
from aidkit.fund.duties.ratios import Ratio, ratios
from aidkit.fund.duties.rules import Rules, read_rules
from aidkit.fund.period import Period
from aidkit.fund.settings import ORG_TYPES
from aidkit.fund.statements import activity
from aidkit.project import find_project
from tests.fund.books import book_of
from tests.fund.funds import LOVE, START
from tests.fund.vouchers import correction, cost, gift, income, payout

FILE = find_project().params / "fund_rules.toml"
YUAN = 100
MILLION = 1_000_000 * YUAN
IN_2025 = dt.date(2025, 6, 1)
IN_2026 = dt.date(2026, 6, 1)
AFTER = dt.date(2027, 1, 10)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(FILE)


def book(org_type: str, *entries: Any, **more: Any) -> Book:
    fund = replace(LOVE, org_type=org_type, **({"figures": {}} | more))
    return book_of(entries, funds={"love": fund})


def asked(rules: Rules, of: Book, rule_id: str, on: dt.date = AFTER, year: int = 2026) -> Ratio:
    found = ratios(of, "love", rules, year=year, on=on)
    return next(ratio for ratio in found if ratio.rule.id == rule_id)


@pytest.mark.parametrize(
    ("spent", "result"), [(70_000 * YUAN, "met"), (70_000 * YUAN - 1, "not_met")]
)
def test_seventy_per_cent_to_the_fen(rules: Rules, spent: int, result: str) -> None:
    of = book("public_foundation", gift(IN_2025, 100_000 * YUAN), payout(IN_2026, spent))
    ratio = asked(rules, of, "public_spending")
    assert ratio.result == result
    assert ratio.share == Fraction(spent, 100_000 * YUAN)
    assert [(f.name, f.year, f.fen, f.source) for f in ratio.figures] == [
        ("program_expense", 2026, spent, "book"),
        ("income", 2025, 100_000 * YUAN, "book"),
    ]
    assert ("还差 0.01 元" in ratio.reason) == (result == "not_met")


def test_three_years_may_stand_for_one(rules: Rules) -> None:
    entries = [gift(IN_2025, 100_000 * YUAN), payout(IN_2026, 42_000 * YUAN)]
    known = {(2024, "income"): 40_000 * YUAN, (2023, "income"): 40_000 * YUAN}
    alone = asked(rules, book("public_foundation", *entries), "public_spending")
    assert alone.result == "not_met"
    assert "前三年平均数" in alone.reason
    assert "2024 年总收入" in alone.reason
    mean = asked(rules, book("public_foundation", *entries, figures=known), "public_spending")
    assert mean.result == "met"
    assert mean.share == Fraction(42_000, 60_000)
    assert mean.reason == "按前三年平均数算"
    assert mean.formula == "本年慈善活动支出 ÷ 前三年总收入平均数"
    assert alone.formula == "本年慈善活动支出 ÷ 上年总收入"


def test_the_formula_of_net_assets_is_that_of_the_mean_where_it_was_used(rules: Rules) -> None:
    known = {(2024, "net_assets"): 0, (2023, "net_assets"): 0}
    of = book("private_foundation", gift(IN_2025, 90 * YUAN), figures=known)
    ratio = asked(rules, of, "private_spending")
    assert ratio.formula == "本年慈善活动支出 ÷ 前三年年末净资产平均数"


@pytest.mark.parametrize(("fee", "result"), [(50_000 * YUAN, "met"), (50_010 * YUAN, "not_met")])
def test_management_is_held_against_all_that_was_spent(rules: Rules, fee: int, result: str) -> None:
    """Fees of the bank are management here as in the 业务活动表."""
    of = book(
        "public_foundation",
        gift(IN_2025, 10 * MILLION),
        cost("management", IN_2026, 250_000 * YUAN),
        cost("bank_fee", IN_2026, fee),
        payout(IN_2026, 2_700_000 * YUAN),
    )
    # 300,000 of 3,000,000; 300,010 of 3,000,010 is 10.0003%.
    ratio = asked(rules, of, "public_management")
    assert ratio.result == result
    assert ratio.formula == "本年管理费用（含银行手续费、物资报损）÷ 本年总支出"
    spent = ratio.figures[0]
    assert spent.fen == 250_000 * YUAN + fee
    assert spent.title == "2026 年管理费用（含银行手续费、物资报损）"
    form = activity(of, "love", Period.year(2026)).filter(line="management_cost")
    assert spent.fen == form["fen"].item()


@pytest.mark.parametrize(
    ("assets", "percent"),
    [
        (4 * MILLION - 1, 8),
        (4 * MILLION, None),
        (8 * MILLION - 1, None),
        (8 * MILLION, 6),
        (60 * MILLION - 1, 6),
        (60 * MILLION, None),
    ],
)
def test_what_nobody_read_is_not_recorded(rules: Rules, assets: int, percent: int | None) -> None:
    of = book("private_foundation", income("opening", START, assets))
    ratio = asked(rules, of, "private_spending", on=dt.date(2026, 1, 10), year=2025)
    assert ratio.bracket is not None
    assert ratio.bracket.percent == percent
    assert ratio.result == ("unrecorded" if percent is None else "not_met")


@pytest.mark.parametrize("org_type", ["association", "service"])
@pytest.mark.parametrize(
    ("assets", "spending", "management"),
    [(1, 8, 20), (MILLION, 8, 15), (5 * MILLION, 7, 14), (10 * MILLION, 6, 13)],
)
def test_other_charities_by_size(
    rules: Rules, org_type: str, assets: int, spending: int, management: int
) -> None:
    of = book(org_type, income("opening", START, assets))
    found = ratios(of, "love", rules, year=2025, on=dt.date(2026, 1, 10))
    assert [
        r.bracket.percent for r in found if r.bracket and r.rule.id != "other_spending_of_income"
    ] == [
        spending,
        management,
    ]
    small = next(r for r in found if r.rule.id == "other_spending_of_income")
    assert (small.result == "not_applicable") == (assets >= MILLION)


@pytest.mark.parametrize("day", [START, dt.date(2025, 3, 1)])
def test_an_opening_that_was_taken_back_counts_no_more(day: dt.date) -> None:
    wrong, right = (income("opening", START, fen) for fen in (1000, 900))
    of = book("service", wrong, correction(day, "2025-000001", wrong), right)
    assert figure(of, "love", "net_assets", 2024, until=AFTER).fen == 900


def test_a_year_before_the_correction_of_its_opening_stays_as_it_was() -> None:
    wrong = income("opening", START, 1000)
    of = book("service", wrong, correction(IN_2026, "2025-000001", wrong))
    found = [figure(of, "love", "net_assets", year, until=AFTER).fen for year in (2025, 2026)]
    assert found == [1000, 0]


@pytest.mark.parametrize(
    ("org_type", "rule"),
    [
        ("public_foundation", "public_management"),
        ("private_foundation", "private_management"),
        ("service", "other_management"),
    ],
)
@pytest.mark.parametrize(("fen", "free"), [(200_000 * YUAN - 1, True), (200_000 * YUAN, False)])
def test_little_management_is_not_bound(
    rules: Rules, org_type: str, rule: str, fen: int, free: bool
) -> None:
    of = book(
        org_type, income("opening", dt.date(2025, 1, 1), MILLION), cost("management", IN_2025, fen)
    )
    ratio = asked(rules, of, rule, on=dt.date(2026, 1, 10), year=2025)
    assert "第十一条" in ratio.rule.article.clause
    assert ratio.result == ("met" if free else "not_met")
    assert ("低于 20 万元" in ratio.reason) == free


def test_what_the_book_and_the_file_say_differently_is_told(rules: Rules) -> None:
    of = book(
        "public_foundation",
        gift(IN_2025, 500 * YUAN),
        payout(IN_2026, 500 * YUAN),
        figures={(2025, "income"): 700 * YUAN},
    )
    ratio = asked(rules, of, "public_spending")
    assert ratio.figures[1].filed_fen == 700 * YUAN
    assert "基金文件写的是 700.00 元，以账簿为准" in str(ratio.figures[1])


def test_a_figure_that_nobody_knows_is_named(rules: Rules) -> None:
    of = book("private_foundation", opened_on=dt.date(2025, 9, 1))
    ratio = asked(rules, of, "private_spending", year=2025)
    assert ratio.result == "cannot_compute"
    assert "缺少2024 年末净资产" in ratio.reason


@pytest.mark.parametrize("org_type", ["union_fund", "school_fund"])
def test_the_law_binds_charities_only(rules: Rules, org_type: str) -> None:
    found = ratios(book(org_type), "love", rules, year=2026, on=AFTER)
    assert [ratio.result for ratio in found] == ["not_applicable"] * 2
    assert all("只约束登记或认定的慈善组织" in ratio.reason for ratio in found)


def test_before_the_law_was_in_force_it_does_not_apply(rules: Rules) -> None:
    of = book("public_foundation", opened_on=dt.date(2020, 1, 1))
    ratio = asked(rules, of, "public_spending", year=2023)
    assert (ratio.result, ratio.reason) == ("not_applicable", "2024-09-05 起施行")


def test_every_type_is_spoken_of_and_nothing_is_called_verified(rules: Rules) -> None:
    spoken = {org_type for rule in rules.ratios for org_type in rule.org_types}
    assert spoken | set(rules.exempt) == set(ORG_TYPES)
    articles = [rule.article for rule in rules.ratios] + [rule.article for rule in rules.duties]
    assert {article.status for article in articles} == {"unverified", "stated"}


def test_brackets_that_overlap_are_refused(tmp_path: Path) -> None:
    wrong = FILE.read_text(encoding="utf-8").replace("from = 8_000_000", "from = 3_000_000", 1)
    path = tmp_path / "fund_rules.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ParamsError, match=re.escape("净资产的几档有重叠")):
        read_rules(path)


@pytest.mark.parametrize("rule", ["public_spending", "public_management"])
@pytest.mark.parametrize("spent", [0, 500])
def test_what_is_divided_by_nothing_is_not_met(rules: Rules, rule: str, spent: int) -> None:
    """Nor broken: last year nothing came in, and this year perhaps nothing went out."""
    made = [gift(IN_2026, 1000), *([payout(IN_2026, spent)] if spent else [])]
    ratio = asked(rules, book("public_foundation", *made), rule)
    if rule == "public_management" and spent:
        assert ratio.result == "met"
        assert ratio.share == 0
        return
    divisor = "2025 年总收入" if rule == "public_spending" else "2026 年总支出"
    assert (ratio.result, ratio.share) == ("cannot_compute", None)
    assert ratio.reason == f"{divisor} 0.00 元，不能作除数"
    assert ratio.bracket is not None


def test_three_years_that_came_to_nothing_stand_for_none(rules: Rules) -> None:
    known = {(2024, "income"): 0, (2023, "income"): -200 * YUAN}
    of = book("public_foundation", gift(IN_2025, 100 * YUAN), figures=known)
    ratio = asked(rules, of, "public_spending")
    assert ratio.result == "not_met"
    assert ratio.share == 0
