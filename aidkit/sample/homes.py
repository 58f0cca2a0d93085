"""What forms ask besides hardship: registration, listed diseases, courses, accounts."""

from collections.abc import Iterable
from random import Random

from aidkit.sample import rolls
from aidkit.sample.people import Family, Student
from aidkit.sample.rolls import Roll

RESIDENCE = {
    "county_seat": {"city": 28, "town": 30, "rural": 42},
    "elsewhere": {"rural": 91, "town": 9},
}
"""Of a hundred households, how many are registered how, in the county seat and outside it."""

REGISTERED = {"county": 955, "province": 32, "elsewhere": 13}
MAJORS = {"other": 66, "agriculture": 26, "performing_arts": 8}

LISTED = 0.4
"""Share of the families with medical cost in which a listed disease causes most of it."""

UNANSWERED = 0.004
"""Share of households whose registration nobody wrote down."""

SHARED_ACCOUNTS = 0.0003
"""Share of pupils whose aid goes to the account of another pupil's family."""


def settle(rng: Random, terms: list[Roll], others: Iterable[Student]) -> None:
    """Decide for every family and pupil what the forms of all terms will say."""
    pupils = rolls.pupils(terms)
    everybody = [*pupils, *others]
    families = {id(student.family): student.family for student in everybody}
    for family in families.values():
        _settle_family(rng, family)
    for student in everybody:
        student.major = _draw(rng, MAJORS)
    _share_accounts(rng, [place.student for place in terms[-1].places])


def _settle_family(rng: Random, family: Family) -> None:
    seat = "county_seat" if family.town == "城关镇" else "elsewhere"
    if rng.random() > UNANSWERED:
        family.residence = _draw(rng, RESIDENCE[seat])
        family.registered = _draw(rng, REGISTERED)
    else:
        family.residence = family.registered = None
    if rng.random() < 0.03:
        family.illness = None
    elif family.medical and rng.random() < LISTED:
        family.illness = round(family.medical * rng.uniform(0.5, 0.95) / 50) * 50
    else:
        family.illness = 0


def _share_accounts(rng: Random, pupils: list[Student]) -> None:
    """Some families have no account: a relative takes the money in, whose own child gets aid."""
    alone = [p for p in pupils if not p.own_card and len(p.family.children) == 1]
    chosen = rng.sample(alone, 2 * max(2, round(len(pupils) * SHARED_ACCOUNTS)))
    for pupil, relative in zip(chosen[::2], chosen[1::2], strict=True):
        pupil.relative = relative.family


def _draw(rng: Random, shares: dict[str, int]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]
