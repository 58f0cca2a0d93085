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
from aidkit.fund.duties.ratios import Ratio, ratios, ratios_at
from aidkit.fund.duties.rules import Rules, read_rules
from aidkit.fund.settings import ORG_TYPES
from aidkit.project import find_project
from tests.fund.books import book_of
from tests.fund.vouchers import LOVE, START, correction, cost, gift, income, payout

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


def test_before_the_year_ends_little_spending_is_no_breach_yet(rules: Rules) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    assert asked(rules, of, "public_spending", on=dt.date(2026, 12, 31)).result == "not_yet"
    assert asked(rules, of, "public_spending", on=dt.date(2027, 1, 1)).result == "not_met"


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


@pytest.mark.parametrize(("fen", "result"), [(10_00, "met"), (10_01, "not_met")])
def test_management_is_held_against_all_that_was_spent(rules: Rules, fen: int, result: str) -> None:
    of = book(
        "public_foundation",
        gift(IN_2025, MILLION),
        cost("management", IN_2026, fen),
        payout(IN_2026, 100_00 - 10_00),
    )
    # 10.00 of 100.00; 10.01 of 100.01 is 10.009%.
    assert asked(rules, of, "public_management").result == result


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


@pytest.mark.parametrize(("fen", "free"), [(200_000 * YUAN - 1, True), (200_000 * YUAN, False)])
def test_little_management_is_not_bound(rules: Rules, fen: int, free: bool) -> None:
    of = book(
        "service", income("opening", dt.date(2025, 1, 1), MILLION), cost("management", IN_2025, fen)
    )
    ratio = asked(rules, of, "other_management", on=dt.date(2026, 1, 10), year=2025)
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


def test_a_period_that_ends_with_its_year_is_judged_as_ended(rules: Rules) -> None:
    of = book("public_foundation", gift(IN_2025, 100 * YUAN))
    for last, result in ((dt.date(2026, 12, 30), "not_yet"), (dt.date(2026, 12, 31), "not_met")):
        found = {one.rule.id: one for one in ratios_at(of, "love", rules, last)}
        assert found["public_spending"].result == result
        assert found["public_spending"].year == 2026


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
