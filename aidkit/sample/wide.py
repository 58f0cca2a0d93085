"""The places of a large rural county: twenty towns, their villages, the schools in them."""

from collections.abc import Iterator
from itertools import islice, product

SEAT = "城关镇"

TOWNS = (
    "云台镇", "清河镇", "双溪镇", "平桥镇", "竹溪镇", "古渡镇", "长岭镇", "松坪镇", "枫林镇",
    "月潭镇", "石门乡", "麦坪乡", "桑园乡", "银杏乡", "茶山乡", "木棉乡", "荷塘乡", "柏溪乡",
    "梨坪乡", "杏坡乡",
)  # fmt: skip

_FIRST = "上下东西前后大小枣杏柿桐槐榆松柏杉竹桃梨"
_SECOND = "塘湾坡沟岭洼洲埠垭坝滩浦塬"

VILLAGE_SCHOOLS, OF_THEM_POINTS = 225, 95
"""Primary schools in villages, and how many of them are teaching points."""

VILLAGES_PER_TOWN = 13

_Line = tuple[str, str, str, str, str, dict[str, int], dict[str, float]]


def villages() -> dict[str, tuple[str, ...]]:
    """Town to its villages, all of different names."""
    stems = ("".join(pair) for pair in product(_FIRST, _SECOND))
    return {town: tuple(f"{s}村" for s in islice(stems, VILLAGES_PER_TOWN)) for town in TOWNS}


def schools() -> tuple[_Line, ...]:
    """Three hundred schools, of about 18,000 pupils, in the order of the county's list."""
    return (*_kindergartens(), *_primary(), *_higher())


def _kindergartens() -> Iterator[_Line]:
    cohort = {"kindergarten": 48}
    yield ("青山县直属幼儿园", "kindergarten", "public", "county_seat", SEAT, cohort, {})
    cohort = {"kindergarten": 30}
    yield ("金苹果幼儿园", "kindergarten", "private", "county_seat", SEAT, cohort, {})
    for town in TOWNS:
        name, cohort = f"{town}中心幼儿园", {"kindergarten": 14}
        yield (name, "kindergarten", "public", "town", town, cohort, {})
    for town in TOWNS[::2]:
        name, cohort = f"{town[:-1]}小葵花幼儿园", {"kindergarten": 8}
        yield (name, "kindergarten", "inclusive", "town", town, cohort, {})


def _primary() -> Iterator[_Line]:
    for name in ("城关一小", "城关二小"):
        yield (name, "primary", "public", "county_seat", SEAT, {"primary": 90}, {})
    for town in TOWNS[:16]:
        name, boarding = f"{town[:-1]}小学", {"primary": 0.08}
        yield (name, "primary", "public", "town", town, {"primary": 30}, boarding)
    in_order = [(town, stem.removesuffix("村")) for town, own in villages().items() for stem in own]
    for n, (town, stem) in enumerate(in_order[:VILLAGE_SCHOOLS]):
        # Spread evenly, so that nearly every town has schools of both kinds.
        point = (n + 1) * OF_THEM_POINTS % VILLAGE_SCHOOLS < OF_THEM_POINTS
        kind, heads = ("教学点", 3) if point else ("小学", 7)
        boarding = {} if point else {"primary": 0.06}
        yield (f"{stem}{kind}", "primary", "public", "village", town, {"primary": heads}, boarding)


def _higher() -> Iterator[_Line]:
    for town in TOWNS[16:]:
        cohort, boarding = {"primary": 16, "junior": 18}, {"primary": 0.2, "junior": 0.8}
        name = f"{town[:-1]}九年一贯制学校"
        yield (name, "nine_year", "public", "town", town, cohort, boarding)
    cohort, boarding = {"junior": 160}, {"junior": 0.25}
    yield ("城关中学", "junior", "public", "county_seat", SEAT, cohort, boarding)
    for town in TOWNS[:16]:
        boarding = {"junior": 0.75}
        yield (f"{town[:-1]}中学", "junior", "public", "town", town, {"junior": 60}, boarding)
    for n, heads in (("一", 200), ("二", 120)):
        cohort, boarding = {"senior": heads}, {"senior": 0.8}
        name = f"青山县第{n}高级中学"
        yield (name, "senior", "public", "county_seat", SEAT, cohort, boarding)
    cohort, boarding = {"vocational": 110}, {"vocational": 0.8}
    name = "青山县职业技术学校"
    yield (name, "vocational", "public", "county_seat", SEAT, cohort, boarding)
    cohort, boarding = {"primary": 12, "junior": 10}, {"primary": 0.5, "junior": 0.8}
    yield ("青山县特殊教育学校", "special", "public", "county_seat", SEAT, cohort, boarding)
