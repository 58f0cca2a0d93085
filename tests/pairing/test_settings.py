"""The figures of `params/pairing.toml`, and a county's own in their place."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.pairing.settings import read_rules
from tests.pairing.made import RULES, SHIPPED


def test_the_shipped_figures_are_those_of_the_documents() -> None:
    loads = {role: (rule.least, rule.most) for role, rule in RULES.loads.items()}
    assert loads == {"tutor": (1, 2), "conduct": (1, 3), "party": (1, None)}
    assert RULES.years == 3
    assert (RULES.visits.month, RULES.visits.village_month, RULES.visits.year) == (1, 2, 4)
    assert RULES.dropout_percent == 2
    assert {(t.item, t.per): t.least for t in RULES.targets} == {
        ("lessons", "term"): 10,
        ("lecture", "term"): 2,
        ("management", "term"): 2,
        ("teaching", "term"): 2,
        ("trainee", "year"): 1,
        ("school_visit", "month"): 1,
        ("paper", "year"): 1,
    }
    assert {r.measure: r.percent for r in RULES.rates} == {"good": 30, "qualified": 100}


def test_every_figure_says_where_it_is_from() -> None:
    sources = [RULES.years_source, RULES.visits.source, RULES.dropout_source]
    sources += [rule.source for rule in RULES.loads.values()]
    sources += [target.source for target in RULES.targets]
    sources += [rate.source for rate in RULES.rates]
    assert all("：" in source or "；" in source for source in sources)


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pairing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_countys_section_stands_in_place_of_the_projects(tmp_path: Path) -> None:
    path = own(tmp_path, '[dropout]\nmost_percent = 1\nsource = "本县文件"\n')
    rules = read_rules(SHIPPED, path)
    assert (rules.dropout_percent, rules.dropout_source) == (1, "本县文件")
    assert rules.visits == RULES.visits
    assert read_rules(SHIPPED, tmp_path / "absent.toml") == RULES


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[dropout]\nmost_percent = 101\nsource = "甲"\n', "dropout.most_percent"),
        ('[dropout]\nmost_percent = 1\nsource = "甲"\nleast = 1\n', "dropout.least"),
        ("[dropout]\nmost_percent = 1\n", "dropout.source"),
        ('[visits]\nmonth = 1\nsource = "甲"\n', "visits"),
        (
            '[load]\ntutor = { least = 2, most = 1, source = "甲" }\n'
            'conduct = { least = 1, source = "甲" }\nparty = { least = 1, source = "甲" }\n',
            "load.tutor.most",
        ),
        (
            '[[school_rate]]\nmeasure = "good"\npercent = 1\nsource = "甲"\n'
            '[[school_rate]]\nmeasure = "good"\npercent = 2\nsource = "乙"\n',
            "school_rate",
        ),
        (
            '[[school_target]]\nitem = "lunch"\nper = "term"\nleast = 1\nsource = "甲"\n',
            "school_target[1].item",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ParamsError) as caught:
        read_rules(SHIPPED, own(tmp_path, text))
    assert str(caught.value.where) == f"{tmp_path / 'pairing.toml'}：{place}"
