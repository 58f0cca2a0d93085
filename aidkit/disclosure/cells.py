"""Which counts of aid are withheld, so that none can be worked out from what is published.

Primary: a count of 1 to threshold - 1; also where all pupils of a school or grade but fewer than
`threshold` have aid, or all of them, and where a hardship category holds so of those with aid
(names of recipients are posted at school, so "everyone with aid is an orphan" would tell). Groups
of fewer than `threshold` pupils show nothing at all. Special schools are free of the "all of
them" rule for disability and the aid that comes with it: to attend one says already what the
figure would. It says nothing of a family's poverty, so the rule holds for the other categories.

Secondary: `Ledger.protect` with the moves of `moves.py`, and of `profiles.py` where these withhold
figures of the county or there are none. Any count may be withheld so, a 0 too. Where a total is
withheld, so are the categories beside it: of fewer than `threshold` none is shown, so one that is
would tell that there are more.

Money stands with its count, and is that of a whole term by law: the part that a leaver gets would
single the leaver out. A sum of money over programs or tiers shows only when all its parts do,
since amounts per head are public law. Where a school has amounts of its own, the county's sum
shows only if the school's count does: count and sum together would tell it. A count that mixes
amounts per head (primary and junior pupils of one school) is split by count and sum together, so
where a part is small a school's count is withheld, and the county's sum. What a panel decides for
each by itself shows as a sum of the county only, and not where one person gets most of it.

Places of a quota are law: a withheld count is at most the places, and a quota of fewer places
than `threshold` shows nothing, since whoever reads 1 place and no 0 would read a 1.
"""

from collections import defaultdict
from collections.abc import Iterable

from aidkit.disclosure.aid import Aid, parts_of
from aidkit.disclosure.ledger import Ledger, dominated, small, telling
from aidkit.disclosure.moves import AidMoves
from aidkit.disclosure.profiles import ProfileMoves
from aidkit.disclosure.search import Cell
from aidkit.disclosure.told import NOTHING, Told, settle
from aidkit.tables import ALL

DISABLED = "disabled"
"""The category that attending a special school tells of."""


def withheld(
    aid: Aid, special_schools: Iterable[str], threshold: int, width: int, told: Told = NOTHING
) -> set[Cell]:
    """The cells whose count is withheld; `told` is what was published before."""
    if not threshold:
        return set()
    special = set(special_schools)
    return settle(
        lambda: _primary(aid, special, threshold, width),
        lambda _: [AidMoves(aid), ProfileMoves(aid)],
        told,
    )


def shown_money(aid: Aid, hidden: set[Cell], threshold: int) -> set[Cell]:
    """The cells whose money may be shown: their counts are, and those of all their parts."""
    if not threshold:
        return set(aid.money)
    closed = hidden | {
        (ALL, breakdown, group)
        for school, breakdown, group in hidden
        if (school, group.partition("/")[0]) in aid.own_law
    }
    closed |= {cell for cell in _small_parts(aid, threshold) if cell[0] == ALL}
    closed |= {
        cell
        for cell, amounts in aid.by_panel.items()
        if cell[0] != ALL or small(len(amounts), threshold) or dominated(amounts)
    }
    wholes = {whole for cell in closed for whole in _wholes(cell)}
    return aid.money.keys() - closed - wholes


def _wholes(part: Cell) -> list[Cell]:
    """The sums that a program or tier is part of, within its school or the county."""
    school, breakdown, group = part
    if breakdown == "tier":
        return [(school, "program", group.partition("/")[0]), (school, "total", ALL)]
    return [(school, "total", ALL)] if breakdown == "program" else []


def _primary(aid: Aid, special_schools: set[str], threshold: int, width: int) -> Ledger:
    ledger = Ledger(width, threshold)
    small_parts = _small_parts(aid, threshold)
    for cell, count in aid.persons.items():
        school, breakdown, group = cell
        most = aid.size[school, group if breakdown == "grade" else ALL]
        size = aid.persons[school, "total", ALL] if breakdown == "category" else most
        hide = small(count, threshold)
        hide = hide or (school != ALL and cell in small_parts)
        said = school in special_schools and (breakdown != "category" or group == DISABLED)
        if breakdown != "tier" and not said:
            hide = hide or telling(count, size, threshold)
        tiny = _tiny(aid, cell, size, threshold)
        places = _places(aid, cell)
        if places is not None:
            tiny = tiny or small(places, threshold)
            most = min(most, places)
        ledger.add(cell, count, most, tiny=tiny, hide=hide)
    for cell in aid.persons:
        school, breakdown, group = cell
        if breakdown == "category" and aid.persons[ALL, breakdown, group]:
            ledger.beside.setdefault((school, "total", ALL), []).append(cell)
    return ledger


def _places(aid: Aid, cell: Cell) -> int | None:
    """The places that a program or tier can fill in a school or the county; None: no quota."""
    school, breakdown, group = cell
    program = group.partition("/")[0]
    if breakdown not in {"program", "tier"}:
        return None
    places = aid.places.get((school, program), aid.places.get((ALL, program)))
    return places if places is not None and aid.may_have(school, group) else None


def _tiny(aid: Aid, cell: Cell, size: int, threshold: int) -> bool:
    """Whether the group is too small to show even a 0, unless the margins show that it is 0."""
    school, breakdown, group = cell
    if not small(size, threshold) or not aid.persons[ALL, breakdown, group]:
        return False
    return breakdown != "grade" or bool(
        aid.persons[school, "total", ALL] or small(aid.size[school, ALL], threshold)
    )


def _small_parts(aid: Aid, threshold: int) -> set[Cell]:
    """Programs and tiers whose count mixes amounts per head, where few have one of them."""
    amounts: dict[Cell, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    tiers: dict[Cell, set[str | None]] = defaultdict(set)
    for school, columns in aid.fine.items():
        for (program, tier, amount), count in columns.items():
            for part in parts_of(program, tier):
                amounts[school, *part][amount] += count
                tiers[school, *part].add(tier)
    # A program with tiers mixes amounts by law; its tiers are cells of their own.
    return {
        cell
        for cell, by_amount in amounts.items()
        if len(by_amount) > 1 and len(tiers[cell]) == 1
        if any(small(count, threshold) for count in by_amount.values())
    }
