"""`extends = true`: what is taken from above, what never is, and who set what."""

import pytest

from aidkit.errors import ParamsError
from aidkit.programs import Version
from tests.programs.texts import Write, extending, version_text

RICHER = (
    '[{ stages = ["primary"], stated = 150 }]\n'
    'source = [{ title = "省办法", clause = "二", found_in = "测试" }]'
)


def below(versions: tuple[Version, ...]) -> Version:
    """The version of the narrowest region."""
    return max(versions, key=lambda version: version.region.count("/"))


def test_what_it_does_not_say_comes_from_above(write: Write) -> None:
    versions = write(milk=version_text() + extending("cn/henan", amounts=RICHER))
    national, local = versions
    assert [amount.fen for amount in local.amounts] == [15_000]
    assert local.conditions == national.conditions
    assert (local.unit, local.leavers, local.channel) == ("yuan_per_term", "term", "bank_card")
    assert local.source.title == "省办法"
    assert national.set_by == ()
    set_by = dict(local.set_by)
    assert set_by["amounts"] == set_by["source"] == set_by["region"] == "cn/henan"
    assert set_by["conditions"] == set_by["leavers"] == set_by["unit"] == "cn"


def test_the_nearest_level_above_counts_and_may_itself_extend(write: Write) -> None:
    city = extending("cn/henan/xinxiang", channel='"food"')
    versions = write(milk=version_text() + extending("cn/henan", amounts=RICHER) + city)
    local = below(versions)
    set_by = dict(local.set_by)
    assert local.amounts[0].fen == 15_000
    assert (set_by["channel"], set_by["amounts"], set_by["conditions"]) == (
        "cn/henan/xinxiang",
        "cn/henan",
        "cn",
    )


def test_a_version_of_no_region_can_be_extended(write: Write) -> None:
    versions = write(milk=version_text(region='"unstated"') + extending("cn/henan", amounts=RICHER))
    assert dict(below(versions).set_by)["unit"] == "unstated"


def test_who_checked_it_floors_and_doubts_are_never_taken_over(write: Write) -> None:
    above = version_text(floor="true", conflicts='["疑问"]', effective_to="2024-02-29")
    ends = {"effective_to": "2022-08-31"}
    versions = write(milk=above + extending("cn/henan", channel='"food"', **ends))
    local = below(versions)
    assert local.checked_until is None
    assert local.conflicts == ()
    assert not local.floor
    assert local.effective_to is not None


def test_own_amounts_do_not_inherit_a_derivation(write: Write) -> None:
    above = version_text(
        amounts='[{ stages = ["primary"], derived = 100 }]', derivation='"每天 1 元"'
    )
    versions = write(milk=above + extending("cn/henan", amounts=RICHER))
    assert below(versions).derivation == ""


def test_whole_terms_need_no_rounding_from_above(write: Write) -> None:
    above = version_text(leavers='"month"', rounding='"down"')
    versions = write(milk=above + extending("cn/henan", leavers='"term"'))
    assert below(versions).leavers == "term"


def test_a_list_can_be_emptied(write: Write) -> None:
    group = '[{ kind = "higher_of", group = "one" }]'
    versions = write(milk=version_text(relation=group) + extending("cn/henan", relation="[]"))
    assert [bool(version.relations) for version in versions] == [True, False]


@pytest.mark.parametrize(
    ("above", "own", "remedy"),
    [
        ({"effective_to": "2024-02-29"}, {}, "拆成两个"),
        ({"effective_from": "2021-03-01"}, {}, "拆成两个"),
        ({"effective_to": "2024-02-29"}, {"effective_to": "2024-03-01"}, "拆成两个"),
        ({"region": '"cn/anhui"'}, {}, "写全"),
        ({"effective_to": "2020-02-29", "effective_from": "2019-03-01"}, {}, "写全"),
    ],
)
def test_what_lies_above_must_hold_for_the_whole_period(
    above: dict[str, str], own: dict[str, str], remedy: str, write: Write
) -> None:
    with pytest.raises(ParamsError) as refused:
        write(milk=version_text(**above) + extending("cn/henan", channel='"food"', **own))
    assert "milk.toml：version[2].extends" in refused.value.where
    assert remedy in refused.value.remedy


def test_the_last_day_above_may_be_the_last_day_below(write: Write) -> None:
    same = {"effective_to": "2024-02-29"}
    versions = write(milk=version_text(**same) + extending("cn/henan", channel='"food"', **same))
    assert len(versions) == 2


def test_own_amounts_need_an_own_source(write: Write) -> None:
    amounts = '[{ stages = ["primary"], stated = 150 }]'
    with pytest.raises(ParamsError) as refused:
        write(milk=version_text() + extending("cn/henan", amounts=amounts))
    assert "version[2].source" in refused.value.where
    assert "[[version.source]]" in refused.value.remedy


def test_another_unit_needs_its_own_way_of_paying(write: Write) -> None:
    above = version_text(paid='"in_autumn"')
    with pytest.raises(ParamsError, match="缺少“paid”"):
        write(milk=above + extending("cn/henan", unit='"yuan_once"'))


def test_what_comes_together_must_still_fit(write: Write) -> None:
    with pytest.raises(ParamsError) as refused:
        write(milk=version_text() + extending("cn/henan", unit='"yuan_per_month"'))
    assert "version[2].paid" in refused.value.where
    with pytest.raises(ParamsError) as refused:
        write(milk=version_text() + extending("cn/henan", chanel='"food"'))
    assert "version[2].chanel" in refused.value.where
    assert "channel" in refused.value.remedy
