"""The quota of a version: how many, of what, in which order."""

from aidkit.labels import Labels
from aidkit.programs.version import Quota, ReservedPlaces, ShareLimit
from aidkit.programs.vocabulary import ORDERS, QUOTA_BASES, SHARE_KINDS, SPLITS, TIES
from aidkit.toml import TomlTable


def read_quota(version: TomlTable, labels: Labels) -> Quota | None:
    """Read `[version.quota]`; None where everyone eligible gets the aid.

    A quota from above may leave its number to county.toml.

    Raises:
        ParamsError: It has both a share and fixed places or neither, a share outside 0 to 100%,
            more places kept than there are, or an unknown order.
    """
    if "quota" not in version:
        return None
    table = version.table("quota")
    from_above = table.flag_or("from_above", False)
    told = ("percent" in table) + ("places" in table)
    if told == 2 or (told == 0 and not from_above):
        raise table.fault(
            "places",
            "名额要么是比例，要么是个数。",
            "请写 percent 或 places 其中一个；上级下达、来源没有写数的，只写 from_above = true。",
        )
    permille = read_permille(table) if "percent" in table else None
    places = table.optional_natural("places")
    base = table.optional_choice("of", QUOTA_BASES)
    if places is not None and base is not None:
        raise table.fault("of", "固定名额不是谁的比例。", "请删去 of；分到各校的依据写 split_by。")
    by_school = table.flag("by_school")
    if by_school and permille is not None and base is None and "split_by" not in table:
        raise table.fault(
            "split_by",
            "没有写比例的基数，也没有写名额怎样分到各校。",
            f"请写 split_by，可以写：{'、'.join(SPLITS)}。",
        )
    quota = Quota(
        permille=permille,
        base=base,
        places=places,
        from_above=from_above,
        by_school=by_school,
        split_by=table.choice_or("split_by", SPLITS, base or "candidates"),
        per_school=table.optional_natural("per_school"),
        order=table.choices("order", ORDERS),
        ties=table.choice("ties", TIES),
        limits=tuple(_limit(row) for row in table.tables_or_empty("limit")),
        reserved=tuple(_reserved(row, labels) for row in table.tables_or_empty("reserved")),
    )
    table.done()
    _refuse_more_than_there_is(table, quota)
    return quota


def read_permille(table: TomlTable) -> int:
    """Read `percent` as thousandths.

    Raises:
        ParamsError: It is outside 0 to 100%, or finer than one decimal.
    """
    percent = table.decimal("percent")
    permille = percent * 10
    if not 0 < permille <= 1000 or permille != permille.to_integral_value():
        raise table.fault(
            "percent", f"比例 {percent}% 不对。", "请写大于 0、不超过 100 的数，最多一位小数。"
        )
    return int(permille)


def _limit(row: TomlTable) -> ShareLimit:
    limit = ShareLimit(row.choice("kind", SHARE_KINDS), row.natural("percent"))
    row.done()
    if limit.percent > 100:
        raise row.fault("percent", f"上限 {limit.percent}% 超过全部名额。", "请写 1 到 100。")
    return limit


def _reserved(row: TomlTable, labels: Labels) -> ReservedPlaces:
    kept = ReservedPlaces(row.choice("nominated_by", labels.names("funder")), row.natural("places"))
    row.done()
    return kept


def _refuse_more_than_there_is(table: TomlTable, quota: Quota) -> None:
    for key, names in (
        ("limit", [limit.kind for limit in quota.limits]),
        ("reserved", [kept.nominated_by for kept in quota.reserved]),
    ):
        if len(set(names)) < len(names):
            raise table.fault(key, f"“{key}”里有一项写了两次。", "请合成一项。")
    kept = sum(reserved.places for reserved in quota.reserved)
    if quota.places is not None and kept > quota.places:
        raise table.fault(
            "reserved", f"预留 {kept} 个，多于全部 {quota.places} 个名额。", "请核对预留的个数。"
        )
