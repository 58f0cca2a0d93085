"""Fund files: read as they stand, and every slip of the pen named with its key."""

import datetime as dt
import re
from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.fund.fund_files import read_funds
from aidkit.fund.settings import Pledge
from aidkit.templates import make_templates

GOOD = """\
name = "示例县教育爱心基金"
org_type = "school_fund"
opened_on = 2026-01-01
[channels]
bank = "bank"
phone_payment = "bank"
[[purpose]]
id = "reading"
title = "图书角"
words = ["购书"]
programs = ["books"]
[[program]]
id = "books"
title = "图书角建设"
purpose = "reading"
[[pledge]]
post = "leader"
persons = 10
a_day = 0.4
days = 300
stated = 120
[figures.2025]
net_assets = 1234.56
"""


def county(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "params" / "funds" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_fund_is_read(tmp_path: Path) -> None:
    fund = read_funds(county(tmp_path, love=GOOD))["love"]
    assert fund.opened_on == dt.date(2026, 1, 1)
    assert (fund.bank, fund.unit, fund.contact) == ("", "", "")
    assert fund.known_as == "love（示例县教育爱心基金）"
    assert fund.channels == {"bank": "bank", "phone_payment": "bank"}
    assert fund.purposes["reading"].programs == ("books",)
    assert fund.purposes["reading"].costs == ()
    assert fund.programs["books"].purpose == "reading"
    assert fund.pledges == (Pledge("leader", 10, 40, 300, 12_000),)
    assert fund.pledges[0].derived_fen == fund.pledges[0].stated_fen
    assert fund.figures == {(2025, "net_assets"): 123_456}


def test_a_fund_has_its_own_name_on_papers_and_purposes_that_pay_costs(tmp_path: Path) -> None:
    text = 'unit = "云岭基金会"\ncontact = "0000-1"\n' + GOOD.replace(
        'words = ["购书"]', 'words = ["购书"]\ncosts = ["management", "bank_fee"]'
    )
    fund = read_funds(county(tmp_path, love=text))["love"]
    assert (fund.unit, fund.contact) == ("云岭基金会", "0000-1")
    assert fund.purposes["reading"].costs == ("management", "bank_fee")


def test_a_county_without_funds_has_none(tmp_path: Path) -> None:
    assert read_funds(tmp_path) == {}


def test_funds_are_sorted_by_id(tmp_path: Path) -> None:
    other = GOOD.replace("爱心", "互助")
    assert [*read_funds(county(tmp_path, b=GOOD, a=other))] == ["a", "b"]


@pytest.mark.parametrize(
    ("change", "to", "told"),
    [
        ('name = "示例县教育爱心基金"\n', "", "name"),
        ('"school_fund"', '"school"', "org_type"),
        ("2026-01-01", '"2026-01-01"', "opened_on"),
        ('phone_payment = "bank"', 'cheque = "bank"', "cheque"),
        ('phone_payment = "bank"', 'phone_payment = "goods"', "phone_payment"),
        ('programs = ["books"]', 'programs = ["bokks"]', "books"),
        ('purpose = "reading"', 'purpose = "readin"', "reading"),
        ('programs = ["books"]', "programs = []", "books"),
        ('id = "books"', 'id = "图书"', "图书"),
        ('id = "books"', 'id = "other"', "other"),
        ('id = "books"', 'id = "total"', "total"),
        ('id = "reading"', 'id = "unrestricted"', "unrestricted"),
        ("a_day = 0.4", "a_day = 0.405", "a_day"),
        ("persons = 10", "persons = 0", "persons"),
        ("[figures.2025]", "[figures.last]", "last"),
        ("net_assets = 1234.56", "net_assets = 1234.567", "net_assets"),
        ('words = ["购书"]', 'word = ["购书"]', "words"),
        ('words = ["购书"]', 'costs = ["payout"]', "costs"),
        ('words = ["购书"]', 'costs = ["bank_fee", "bank_fee"]', "costs"),
        ('name = "示例县', 'unit = ""\nname = "示例县', "unit"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, change: str, to: str, told: str) -> None:
    assert change in GOOD
    with pytest.raises(ParamsError, match=re.escape(told)):
        read_funds(county(tmp_path, love=GOOD.replace(change, to)))


def test_a_word_for_two_purposes_is_refused(tmp_path: Path) -> None:
    second = '[[purpose]]\nid = "other"\ntitle = "其他"\nwords = ["购书"]\n[[program]]'
    with pytest.raises(ParamsError, match="购书"):
        read_funds(county(tmp_path, love=GOOD.replace("[[program]]", second, 1)))


def test_one_id_twice_is_refused(tmp_path: Path) -> None:
    second = '[[purpose]]\nid = "reading"\ntitle = "其他"\n[[program]]'
    with pytest.raises(ParamsError, match="reading"):
        read_funds(county(tmp_path, love=GOOD.replace("[[program]]", second, 1)))


def test_two_funds_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match="同名"):
        read_funds(county(tmp_path, a=GOOD, b=GOOD))


def test_the_template_is_a_fund_and_so_is_all_that_it_offers(tmp_path: Path) -> None:
    make_templates(tmp_path / "county", '清溪"县"')
    (fund,) = read_funds(tmp_path / "county").values()
    assert fund.name == '清溪"县"教育爱心基金'
    path = tmp_path / "county" / "params" / "funds" / "love_fund.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("^#(?! )", "", text, flags=re.MULTILINE), encoding="utf-8")
    (fund,) = read_funds(tmp_path / "county").values()
    assert fund.bank and fund.unit and fund.contact and fund.pledges and fund.figures
    assert all(purpose.costs for purpose in fund.purposes.values())
