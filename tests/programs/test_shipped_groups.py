"""Every quota and relation that ships is needed by a case: without it, one comes out otherwise."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from aidkit.awards.cases import group_fault
from aidkit.programs import GroupCase, Quota, Version, choose, load_groups, load_programs
from aidkit.programs.relations import partners
from aidkit.project import find_project

FOLDER = find_project().params / "programs"
VERSIONS = load_programs(FOLDER)
GROUPS = load_groups(FOLDER)

LIMITED = [version for version in VERSIONS if version.quota is not None]
RELATED = [
    (version, n)
    for version in VERSIONS
    for n, relation in enumerate(version.relations)
    if partners(version, relation, VERSIONS)
]
"""Of the others lint says that nobody can have both."""


def without(quota: Quota) -> Iterator[tuple[str, Quota]]:
    """The quota with one rule taken away at a time, each with what was taken."""
    for limit in quota.limits:
        rest = tuple(other for other in quota.limits if other != limit)
        yield f"limit {limit.kind}", replace(quota, limits=rest)
    for kept in quota.reserved:
        others = tuple(other for other in quota.reserved if other != kept)
        yield f"reserved {kept.nominated_by}", replace(quota, reserved=others)
    for code in quota.order:
        order = tuple(other for other in quota.order if other != code)
        yield f"order {code}", replace(quota, order=order)
    if quota.per_school is not None:
        yield "per_school", replace(quota, per_school=None)
    yield "by_school", replace(quota, by_school=not quota.by_school)


@pytest.mark.parametrize("version", LIMITED, ids=lambda v: v.id)
def test_a_quota_has_cases_of_who_gets_a_place_and_who_waits(version: Version) -> None:
    outcomes = {
        expected.outcome or ("awarded" if expected.amount_fen else None)
        for group in groups_of(version)
        for member in group.people
        for expected in member.expected
        if expected.program_id == version.program.id
    }
    assert outcomes >= {"awarded", "reserve"}


@pytest.mark.parametrize(
    ("version", "what", "quota"),
    [
        pytest.param(version, what, quota, id=f"{version.id} {what}")
        for version in LIMITED
        if version.quota is not None
        for what, quota in without(version.quota)
    ],
)
def test_every_rule_of_a_quota_is_needed_by_a_case(
    version: Version, what: str, quota: Quota
) -> None:
    assert missed(version, replace(version, quota=quota)), what


@pytest.mark.parametrize(
    ("version", "number"), RELATED, ids=[f"{v.id} {v.relations[n].kind}" for v, n in RELATED]
)
def test_every_relation_has_a_case(version: Version, number: int) -> None:
    relation = version.relations[number]
    rest = version.relations[:number] + version.relations[number + 1 :]
    if relation.kind != "stack":
        assert missed(version, replace(version, relations=rest))
        return
    both = {
        other
        for group in groups_of(version)
        for member in group.people
        for other in relation.others
        if {e.program_id for e in member.expected if e.amount_fen} >= {version.program.id, other}
    }
    assert both


def groups_of(version: Version) -> list[GroupCase]:
    """Cases of several people in which the version is in force."""
    return [group for group in GROUPS if version in in_force(group)]


def in_force(group: GroupCase) -> tuple[Version, ...]:
    """What decides in a case of several people."""
    own = [version for version in VERSIONS if version.program.id in group.program_ids]
    term = group.term
    return choose(own, region=group.region, adopts=group.adopts, on=term.starts, season=term.season)


def missed(version: Version, instead: Version) -> bool:
    """Whether a case comes out otherwise with another version in the place of one."""
    changed = [instead if other == version else other for other in VERSIONS]
    return any(group_fault(group, changed) for group in groups_of(version))
