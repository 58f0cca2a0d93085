"""The guide beside the program files names everything that may be written in them."""

import re
from collections.abc import Collection
from dataclasses import fields

import pytest

from aidkit.labels import project_labels
from aidkit.programs import (
    OUTCOMES,
    VOCABULARY,
    Expected,
    Program,
    Quota,
    Relation,
    Source,
    Version,
)
from aidkit.programs import vocabulary as words
from aidkit.programs.case_facts import FACTS
from aidkit.project import find_project

GUIDE = (find_project().params / "programs" / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
WRITTEN = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"`([^`]+)`", PROSE))))

SPELT_OTHERWISE = {
    "program": "id",
    "sources": "source",
    "tier_rules": "tier_rule",
    "set_by": "extends",
    "relations": "relation",
    "permille": "percent",
    "base": "of",
    "limits": "limit",
    "others": "with",
    "program_id": "id",
    "amount_fen": "amount",
}


@pytest.mark.parametrize(
    "names",
    [
        VOCABULARY,
        FACTS,
        OUTCOMES,
        words.BASES,
        words.CHANNELS,
        words.DATE_STATUSES,
        words.FOLLOWS,
        words.LEAVERS,
        words.LEVELS,
        words.ORDERS,
        words.PAID_WORDS,
        words.QUOTA_BASES,
        words.RELATIONS,
        words.ROUNDING,
        words.SHARE_KINDS,
        words.SPLITS,
        words.STATUSES,
        words.SUBJECTS,
        words.TARGETS,
        words.TIES,
        words.UNITS,
        project_labels().names("fee_kind"),
    ],
)
def test_every_word_is_in_the_guide(names: Collection[str]) -> None:
    assert set(names) <= WRITTEN


@pytest.mark.parametrize("of", [Program, Version, Source, Quota, Relation, Expected])
def test_every_key_is_in_the_guide(of: type) -> None:
    keys = {SPELT_OTHERWISE.get(field.name, field.name) for field in fields(of)}
    assert keys <= WRITTEN


def test_every_way_of_paying_is_in_the_guide_beside_its_unit() -> None:
    (row,) = (line for line in GUIDE.splitlines() if line.startswith("| `unit` `paid`"))
    for unit, ways in words.PAID.items():
        (part,) = (part for part in re.split("；|\\|", row) if f"`{unit}`" in part and "配" in part)
        assert set(re.findall(r"`([a-z_]+)`", part)) == {unit, *ways}
    assert set(words.PAID_WORDS) == {way for ways in words.PAID.values() for way in ways}
