"""The schools of the invented 青山县 and the grades they teach."""

from dataclasses import dataclass

from aidkit.sample import wide

GRADES = {
    "kindergarten": ("k1", "k2", "k3"),
    "primary": ("p1", "p2", "p3", "p4", "p5", "p6"),
    "junior": ("j1", "j2", "j3"),
    "senior": ("s1", "s2", "s3"),
    "vocational": ("v1", "v2", "v3"),
}
"""Stage to its grades, lowest first."""

STAGE = {grade: stage for stage, grades in GRADES.items() for grade in grades}
"""Grade to stage."""

AGE = {
    grade: age
    for age, grades in zip(
        range(3, 18),
        ["k1", "k2", "k3", *GRADES["primary"], *GRADES["junior"], ("s1", "v1"), ("s2", "v2"),
         ("s3", "v3")],
        strict=True,
    )
    for grade in ((grades,) if isinstance(grades, str) else grades)
}  # fmt: skip
"""Grade to the age that its youngest pupils have reached on 1 September."""

COMPULSORY = ("primary", "junior")
CLASS_SIZE = {"kindergarten": 30, "primary": 45, "junior": 50, "senior": 52, "vocational": 46}


@dataclass(frozen=True, eq=False)
class School:
    """A school: who it is, whom it takes, who sleeps there.

    Attributes:
        cohort: Stage to the usual number of pupils of one grade.
        boarding: Stage to the share of boarders.
    """

    code: str
    name: str
    school_type: str
    ownership: str
    locality: str
    town: str
    cohort: dict[str, int]
    boarding: dict[str, float]

    @property
    def hardship_level(self) -> str | None:
        """Hardship of the place: teaching points before village schools before those of towns."""
        if self.name.endswith("教学点"):
            return "level_1"
        return {"village": "level_2", "town": "level_3"}.get(self.locality)

    @property
    def grades(self) -> tuple[str, ...]:
        """Grades taught, lowest first."""
        return tuple(grade for stage in self.cohort for grade in GRADES[stage])


K, P, J, S, V = "kindergarten", "primary", "junior", "senior", "vocational"

_Line = tuple[str, str, str, str, str, dict[str, int], dict[str, float]]

_COUNTY: tuple[_Line, ...] = (
    # name, type, ownership, locality, town, pupils a grade, share of boarders
    ("青山县直属幼儿园", K, "public", "county_seat", "城关镇", {K: 112}, {}),
    ("金苹果幼儿园", K, "private", "county_seat", "城关镇", {K: 62}, {}),
    ("石桥镇中心幼儿园", K, "public", "town", "石桥镇", {K: 56}, {}),
    ("南坪镇中心幼儿园", K, "public", "town", "南坪镇", {K: 46}, {}),
    ("河湾小葵花幼儿园", K, "inclusive", "village", "石桥镇", {K: 26}, {}),
    ("城关一小", P, "public", "county_seat", "城关镇", {P: 228}, {}),
    ("城关二小", P, "public", "county_seat", "城关镇", {P: 198}, {}),
    ("石桥小学", P, "public", "town", "石桥镇", {P: 98}, {P: 0.04}),
    ("南坪小学", P, "public", "town", "南坪镇", {P: 88}, {P: 0.05}),
    ("青源小学", P, "public", "town", "青源乡", {P: 70}, {P: 0.16}),
    ("白果小学", P, "public", "town", "白果镇", {P: 52}, {P: 0.08}),
    ("河湾小学", P, "public", "village", "石桥镇", {P: 34}, {}),
    ("柳林小学", P, "public", "village", "青源乡", {P: 26}, {P: 0.12}),
    ("大坳教学点", P, "public", "village", "青源乡", {P: 4}, {}),
    ("城关中学", J, "public", "county_seat", "城关镇", {J: 352}, {J: 0.18}),
    ("云岭中学", J, "public", "town", "石桥镇", {J: 222}, {J: 0.78}),
    ("白果中学", J, "public", "town", "白果镇", {J: 178}, {J: 0.70}),
    ("南坪中学", J, "public", "village", "南坪镇", {J: 118}, {J: 0.88}),
    ("茶店九年一贯制学校", "nine_year", "public", "town", "茶店镇", {P: 60, J: 66},
     {P: 0.10, J: 0.66}),
    ("龙潭九年一贯制学校", "nine_year", "public", "village", "龙潭乡", {P: 30, J: 34},
     {P: 0.24, J: 0.85}),
    ("青山县第一高级中学", S, "public", "county_seat", "城关镇", {S: 512}, {S: 0.72}),
    ("青山县第二高级中学", S, "public", "town", "白果镇", {S: 248}, {S: 0.86}),
    ("青山县职业技术学校", V, "public", "county_seat", "城关镇", {V: 152}, {V: 0.80}),
    ("青山县特殊教育学校", "special", "public", "county_seat", "城关镇", {P: 9, J: 8},
     {P: 0.55, J: 0.80}),
)  # fmt: skip

_SMALL: tuple[_Line, ...] = (
    ("石桥镇中心幼儿园", K, "public", "town", "石桥镇", {K: 12}, {}),
    ("青源小学", P, "public", "town", "青源乡", {P: 16}, {P: 0.16}),
    ("大坳教学点", P, "public", "village", "青源乡", {P: 2}, {}),
    ("云岭中学", J, "public", "town", "石桥镇", {J: 20}, {J: 0.78}),
    ("青山县第二高级中学", S, "public", "town", "白果镇", {S: 14}, {S: 0.86}),
)


_TINY: tuple[_Line, ...] = (
    ("茶店九年一贯制学校", "nine_year", "public", "town", "茶店镇", {P: 2, J: 7},
     {P: 0.10, J: 0.66}),
    ("青山县第二高级中学", S, "public", "town", "白果镇", {S: 8}, {S: 0.86}),
)  # fmt: skip

_TABLES = {"county": _COUNTY, "small": _SMALL, "tiny": _TINY, "wide": wide.schools()}


def schools_of(size: str) -> list[School]:
    """The schools of a county of that size, in the order of its list."""
    return [School(f"9901010{n:03d}", *row) for n, row in enumerate(_TABLES[size], start=1)]
