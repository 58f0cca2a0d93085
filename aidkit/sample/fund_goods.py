"""Goods that the county's fund was given, gave away, gave back, or lost."""

import datetime as dt
from dataclasses import dataclass

from aidkit.sample.schools import School

WINTER, SUPPLIES, BOOKS = "温暖过冬物资", "学习用品", "图书角建设"
"""Programs that goods are given for."""


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods of one kind; `unit_fen` is what one of them is worth, None where nobody valued it."""

    item: str
    spec: str
    unit: str
    unit_fen: int | None

    def fen(self, quantity: int) -> int | None:
        """What so many of them are worth."""
        return None if self.unit_fen is None else self.unit_fen * quantity


@dataclass(frozen=True, slots=True)
class Received:
    """Goods that one donor gave."""

    day: dt.date
    goods: Goods
    quantity: int
    donor: str
    purpose: str
    consent: str


@dataclass(frozen=True, slots=True)
class Given:
    """Goods that one school took for its pupils."""

    day: dt.date
    goods: Goods
    quantity: int
    program: str
    school: School
    persons: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Goods that went back to their donor (`kind` `goods_returned`), or were lost."""

    day: dt.date
    kind: str
    goods: Goods
    quantity: int
    donor: str
    purpose: str
    reason: str


COATS = Goods("儿童棉衣", "130—160 码", "件", 8_600)
READING = Goods("课外读物", "小学版", "册", 1_850)
BAGS = Goods("书包", "", "个", None)
LAPTOPS = Goods("笔记本电脑", "14 英寸", "台", 248_000)
NOTEBOOKS = Goods("练习本", "16 开", "本", 250)

RECEIVED = (
    Received(dt.date(2025, 11, 12), COATS, 120, "城关百货商场", "资助困难学生", "named"),
    Received(dt.date(2026, 3, 18), READING, 600, "白果食品厂", "购置图书", "named"),
    Received(dt.date(2026, 5, 20), BAGS, 80, "石桥电器商行", "不限", "named"),
    Received(dt.date(2026, 9, 8), LAPTOPS, 12, "青山县商会", "不限", "amount_only"),
    Received(dt.date(2026, 10, 15), NOTEBOOKS, 2_000, "柳林粮油经营部", "不限", "anonymous"),
)

_GIVEN = (
    (dt.date(2025, 12, 3), COATS, WINTER, (45, 35, 20), 1),
    (dt.date(2026, 4, 23), READING, BOOKS, (300, 150), 3),
    (dt.date(2026, 6, 1), BAGS, SUPPLIES, (40, 20), 1),
    (dt.date(2026, 9, 15), LAPTOPS, SUPPLIES, (6, 4), 1),
)
"""Day, goods, program, how much each of the first schools took, and how much of it a pupil has."""


TAKEN = (
    Taken(dt.date(2026, 7, 6), "goods_written_off", READING, 12, "", "购置图书",
          "暑期库房漏雨，受潮霉变，不能再用"),
    Taken(dt.date(2026, 10, 22), "goods_returned", NOTEBOOKS, 200, "柳林粮油经营部", "不限",
          "封面印有商品广告，不宜发给学生，与捐赠单位商定退还"),
)  # fmt: skip
"""One of each."""


def given(schools: list[School]) -> list[Given]:
    """Goods given to schools from primary school up, by day; some are left in store."""
    served = [school for school in schools if set(school.cohort) != {"kindergarten"}]
    return [
        Given(day, goods, quantity, program, served[n % len(served)], quantity // each)
        for day, goods, program, quantities, each in _GIVEN
        for n, quantity in enumerate(quantities)
    ]
