"""What several programs can only break together: relations, and floors."""

import pytest

from aidkit.errors import ParamsError
from tests.programs.texts import Write, extending, version_text


def yields_to(*others: str) -> str:
    names = ", ".join(f'"{other}"' for other in others)
    return version_text(relation=f'[{{ kind = "exclusive", with = [{names}] }}]')


def in_group(name: str, **keys: str) -> str:
    return version_text(relation=f'[{{ kind = "higher_of", group = "{name}" }}]', **keys)


def test_a_chain_of_yielding_is_no_circle(write: Write) -> None:
    versions = write(a=yields_to("b", "c"), b=yields_to("c"), c=version_text())
    assert [[r.others for r in v.relations] for v in versions] == [[("b", "c")], [("c",)], []]


@pytest.mark.parametrize(
    "programs",
    [
        {"a": ("b",), "b": ("a",)},
        {"a": ("b",), "b": ("c",), "c": ("a",)},
    ],
)
def test_a_circle_of_yielding_is_refused(
    programs: dict[str, tuple[str, ...]], write: Write
) -> None:
    with pytest.raises(ParamsError, match="互相让位") as refused:
        write(**{name: yields_to(*others) for name, others in programs.items()})
    assert "relation.with" in refused.value.where
    assert "exclusive" in refused.value.remedy


def test_a_circle_through_a_group_is_refused(write: Write) -> None:
    yielding = """[
{ kind = "higher_of", group = "one" }, { kind = "exclusive", with = ["c"] }]"""
    a = version_text(relation=yielding.replace("\n", " "))
    assert len(write(a=a, b=in_group("one"), c=version_text())) == 3
    with pytest.raises(ParamsError, match="就高组 one") as refused:
        write(c=yields_to("b"))
    assert "c.toml" in refused.value.where


def test_who_yields_inside_a_group_makes_no_circle(write: Write) -> None:
    yielding = """[
{ kind = "higher_of", group = "one" }, { kind = "exclusive", with = ["b"] }]"""
    assert len(write(a=version_text(relation=yielding.replace("\n", " ")), b=in_group("one"))) == 2


def test_one_program_stands_in_one_group(write: Write) -> None:
    later = in_group("two", region='"cn/henan"')
    with pytest.raises(ParamsError, match="两个就高组") as refused:
        write(milk=in_group("one") + later)
    assert "version[2].relation.group" in refused.value.where
    same = in_group("one", region='"cn/henan"')
    assert len(write(milk=in_group("one") + same)) == 2


def test_a_program_is_named_once(write: Write) -> None:
    twice = """[{ kind = "stack", with = ["b"] }, { kind = "exclusive", with = ["b"] }]"""
    with pytest.raises(ParamsError, match="“b”") as refused:
        write(a=version_text(relation=twice), b=version_text())
    assert "version[1].relation" in refused.value.where


def test_a_relation_is_with_a_program_that_there_is(write: Write) -> None:
    with pytest.raises(ParamsError, match="没有项目“mlik”") as refused:
        write(milk=version_text(), soy=yields_to("mlik"))
    assert "soy.toml" in refused.value.where
    assert "milk" in refused.value.remedy


@pytest.mark.parametrize(
    ("local", "fits"),
    [
        ({"paid": '"each_term"'}, True),
        ({"paid": '"in_autumn"'}, False),
        (
            {"paid": '"in_autumn"', "effective_from": "2019-03-01", "effective_to": "2020-02-29"},
            True,
        ),
        ({"paid": '"in_autumn"', "effective_from": "2024-03-01"}, False),
        ({"paid": '"in_autumn"', "region": '"cn/anhui/demo"'}, True),
        ({"paid": '"in_autumn"', "region": '"unstated"'}, False),
    ],
)
def test_a_floor_pays_in_the_same_terms_as_what_lies_below(
    local: dict[str, str], fits: bool, write: Write
) -> None:
    below = {"region": '"cn/henan/demo"'} | local
    text = version_text(floor="true", region='"cn/henan"') + version_text(**below)
    if fits:
        assert len(write(milk=text)) == 2
        return
    with pytest.raises(ParamsError, match="下限") as refused:
        write(milk=text)
    assert "version[2].paid" in refused.value.where
    assert "paid" in refused.value.remedy


def test_a_floor_may_be_extended(write: Write) -> None:
    local = extending("cn/henan", channel='"food"')
    assert len(write(milk=version_text(floor="true") + local)) == 2
