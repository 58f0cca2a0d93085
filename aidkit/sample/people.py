"""Families and pupils: numbers that are well-formed and belong to nobody."""

import datetime as dt
import string
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from aidkit.identity import id_check_character, is_luhn
from aidkit.sample import names, wide

REGIONS = ("990101", "990101", "990101", "990102", "990203")
"""Impossible regions of ID numbers: most people were registered in the county itself."""

VILLAGES = {
    "城关镇": ("东街社区", "西关社区", "南园社区", "北门社区"),
    "石桥镇": ("河湾村", "石桥村", "下渡村", "枣林村"),
    "南坪镇": ("南坪村", "上坪村", "桃花村"),
    "青源乡": ("青源村", "柳林村", "大坳村"),
    "白果镇": ("白果村", "竹园村", "双井村"),
    "茶店镇": ("茶店村", "后坡村", "窑沟村"),
    "龙潭乡": ("龙潭村", "枫树村", "羊角村"),
    **wide.villages(),
}

SIBLING = 0.24
"""Chance that a new pupil is the brother or sister of a pupil already known."""


@dataclass(slots=True)
class Adult:
    """A parent, grandparent or somebody on a department's list."""

    name: str
    sex: str
    id_number: str


@dataclass(slots=True)
class Family:
    """A household: siblings share it with its guardian and account.

    Attributes:
        groups: Special group codes that hold for the whole household.
        income: Yearly disposable income in yuan.
        medical: Yearly medical cost paid out of pocket in yuan.
        illness: Of it, for the listed serious diseases; None where nobody asked.
        residence: Kind of household registration; None where the box was left empty.
        registered: Where the household is registered, seen from the county.
    """

    surname: str
    guardian: Adult
    phone: str
    town: str
    address: str
    card_no: str
    bank: str
    size: int
    groups: tuple[str, ...] = ()
    income: int = 0
    medical: int = 0
    illness: int | None = None
    residence: str | None = "rural"
    registered: str | None = "county"
    children: list["Student"] = field(default_factory=list)


@dataclass(slots=True)
class Student:
    """A pupil: what stays the same over the years.

    Attributes:
        groups: Special group codes of the pupil alone.
        ability: Standard normal; scores follow from it.
        major: Kind of course that the pupil takes at a vocational school.
        relative: Family whose account the pupil uses; not the pupil's own.
    """

    student_no: str
    name: str
    id_number: str | None
    sex: str
    birth: dt.date
    family: Family
    ability: float
    own_card: str | None
    groups: tuple[str, ...] = ()
    major: str = "other"
    relative: Family | None = None

    @property
    def card_no(self) -> str:
        """The pupil's own card, else the family's."""
        return self.own_card or (self.relative or self.family).card_no

    @property
    def account_name(self) -> str:
        """Whose account that is."""
        return self.name if self.own_card else (self.relative or self.family).guardian.name


class Registry:
    """Gives out numbers once and remembers families that may have another child."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._families: dict[str, list[Family]] = {}
        self.names: Counter[str] = Counter()

    def person_name(self, surname: str, given: str) -> str:
        """Join a name and count who bears it."""
        self.names[surname + given] += 1
        return surname + given

    def id_number(self, birth: dt.date, sex: str) -> str:
        """An ID number of an impossible region with the right check character."""
        while True:
            order = self._rng.randrange(0, 998, 2) + (1 if sex == "male" else 2)
            first17 = f"{self._rng.choice(REGIONS)}{birth:%Y%m%d}{order:03d}"
            number = first17 + id_check_character(first17)
            if self._fresh(number):
                return number

    def card_no(self) -> str:
        """A card of an invented issuer that passes the Luhn check."""
        while True:
            first = f"629900{self._rng.randrange(10**12):012d}"
            number = next(first + d for d in string.digits if is_luhn(first + d))
            if self._fresh(number):
                return number

    def phone(self) -> str:
        """A mobile number of a block that is not in use."""
        while True:
            number = f"199000{self._rng.randrange(10**5):05d}"
            if self._fresh(number):
                return number

    def adult(self, sex: str, years: tuple[int, int], surname: str = "") -> Adult:
        """Somebody born in one of `years`."""
        given = names.given(self._rng, "adult", sex)
        name = self.person_name(surname or names.surname(self._rng), given)
        birth = dt.date(self._rng.randint(*years), 1, 1) + dt.timedelta(self._rng.randrange(365))
        return Adult(name, sex, self.id_number(birth, sex))

    def student(self, town: str, born_after: dt.date, *, own_card: bool) -> Student:
        """A new pupil born in the year after `born_after`, with an old or a new family."""
        rng = self._rng
        sex = "male" if rng.random() < 0.525 else "female"
        birth = born_after + dt.timedelta(rng.randrange(365))
        if rng.random() < 0.03:  # started school a year late
            birth -= dt.timedelta(365)
        family = self._family(town, birth)
        name = self.person_name(family.surname, names.given(rng, "child", sex))
        id_number: str | None = self.id_number(birth, sex)
        student_no = f"G{id_number}"
        lot = rng.random()
        if lot < 0.004:  # no ID number yet: an official number without one, or a temporary one
            student_no, id_number = f"J{id_number}", None
        elif lot < 0.007:
            tail = "".join(rng.choices(string.digits + string.ascii_uppercase, k=4))
            student_no, id_number = f"L{student_no[1:15]}{tail}", None
        student = Student(
            student_no, name, id_number, sex, birth, family, rng.gauss(0, 1),
            self.card_no() if own_card else None,
        )  # fmt: skip
        family.children.append(student)
        return student

    def _family(self, town: str, birth: dt.date) -> Family:
        rng = self._rng
        known = self._families.setdefault(town, [])
        if known and rng.random() < SIBLING:
            family = rng.choice(known)
            gaps = [abs((child.birth - birth).days) for child in family.children]
            if len(gaps) < 3 and min(gaps) > 400 and max(gaps) < 4400:
                return family
        sex = "male" if rng.random() < 0.58 else "female"
        surname = names.surname(rng)
        grandparent = rng.random() < 0.13
        years = (1950, 1964) if grandparent else (birth.year - 36, birth.year - 22)
        guardian = self.adult(sex, years, surname if sex == "male" else "")
        place = rng.choice(VILLAGES[town])
        unit = "号楼" if place.endswith("社区") else "组"
        address = f"青山县{town}{place}{rng.randint(1, 14)}{unit}{rng.randint(1, 98)}号"
        bank = f"青山农商银行{town.removesuffix('镇').removesuffix('乡')}支行"
        size = 3 if grandparent and rng.random() < 0.4 else rng.choices(
            (2, 3, 4, 5, 6, 7), (2, 21, 34, 26, 14, 3)
        )[0]  # fmt: skip
        family = Family(
            surname, guardian, self.phone(), town, address, self.card_no(), bank, size
        )  # fmt: skip
        known.append(family)
        return family

    def _fresh(self, number: str) -> bool:
        if number in self._given:
            return False
        self._given.add(number)
        return True
