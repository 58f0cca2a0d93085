"""The guide beside the program files names everything that may be written in them."""

import re
from dataclasses import fields

import pytest

from aidkit.programs import VOCABULARY, Program, Source, Version
from aidkit.programs.vocabulary import CHANNELS, DATE_STATUSES, LEVELS, PAID, STATUSES, UNITS
from aidkit.project import find_project

GUIDE = (find_project().params / "programs" / "README.md").read_text(encoding="utf-8")
WRITTEN = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", GUIDE))))

SPELT_OTHERWISE = {"program": "id", "sources": "source", "tier_rules": "tier_rule"}


@pytest.mark.parametrize(
    "names",
    [VOCABULARY, CHANNELS, DATE_STATUSES, LEVELS, PAID.values(), STATUSES, UNITS],
)
def test_every_word_is_in_the_guide(names: list[str]) -> None:
    assert set(names) <= WRITTEN


@pytest.mark.parametrize("of", [Program, Version, Source])
def test_every_key_is_in_the_guide(of: type) -> None:
    keys = {SPELT_OTHERWISE.get(field.name, field.name) for field in fields(of)}
    assert keys <= WRITTEN
