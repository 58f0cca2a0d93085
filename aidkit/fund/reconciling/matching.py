"""Which line of the bank is which voucher: rule after rule, the surest first.

Every rule is a join on columns that both sides have; ties go by order, so that the same sides
always give the same matches. What no rule matched is searched for sums (`reconciling.search`).
"""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from aidkit.fund.reconciling.search import sums_found

RULES = {
    "by_hand": "人工指定",
    "reference": "流水号和金额相同",
    "references": "流水号相同，几笔合计等于一笔",
    "name_same_day": "同一天、户名和金额相同",
    "name_near_day": "户名和金额相同，日期相近",
    "batch": "一笔流水等于同一批的几张凭证合计",
    "slips": "一张凭证等于同一天的几笔流水合计",
    "amount_same_day": "同一天、金额相同，一方没有户名",
    "amount_near_day": "金额相同、日期相近，一方没有户名",
    "sum_other_name": "一笔等于对方几笔合计，户名不是其中的人（请核对）",
    "other_name": "金额相同、日期相近，户名不同（请核对）",
    "only_sum": "只有这几笔相加等于这个金额（请核对）",
}
"""Rules in the order in which they are tried, and what people are told of each."""

DOUBTFUL = ("sum_other_name", "other_name", "only_sum")
"""Rules whose matches somebody should look at."""

Ids = tuple[int, ...]
Found = Iterable[tuple[Ids, Ids]]

_BATCHES = (
    ("date", "file", "sheet", "sign"),
    ("date", "kind", "program"),
    ("date", "kind", "channel"),
    ("date", "sign"),
)
_SLIPS = (("date", "party", "sign"), ("date", "text", "sign"), ("date", "sign"))


class Matching:
    """Matches found so far, and what is left of both sides.

    Attributes:
        bank: Lines without a match, as `reconciling.sides` has them.
        book: Vouchers without a match.
        matches: Rule, ids of lines and ids of vouchers, in the order found.
        searched: Whether what was left was little enough to be searched for sums.
    """

    def __init__(self, bank: pl.DataFrame, book: pl.DataFrame) -> None:
        sign = (pl.col("fen") > 0).alias("sign")
        self.bank = bank.with_columns(sign)
        self.book = book.with_columns(sign)
        self.matches: list[tuple[str, Ids, Ids]] = []
        self.searched = True

    def add(self, rule: str, found: Found) -> None:
        """Take matches off both sides."""
        pairs = [(rule, lines, vouchers) for lines, vouchers in found]
        self.matches += pairs
        self.bank = _without(self.bank, (i for _, lines, _ in pairs for i in lines))
        self.book = _without(self.book, (i for _, _, vouchers in pairs for i in vouchers))

    def run(self, days: int) -> None:
        """Try every rule.

        Args:
            days: How many days the bank may book before or after the voucher's date.
        """
        named = pl.col("party") != ""
        numbered = pl.col("reference") != ""

        def left(which: pl.Expr | bool = True) -> tuple[pl.DataFrame, pl.DataFrame]:
            return self.bank.filter(which), self.book.filter(which)

        self.add("reference", _equal(*left(numbered), ["reference", "fen"]))
        self.add("references", _of_one_number(*left(numbered)))
        self.add("references", _swapped(_of_one_number(*left(numbered)[::-1])))
        self.add("name_same_day", _equal(*left(named), ["date", "fen", "party"]))
        self.add("name_near_day", _near(*left(named), ["fen", "party"], days))
        for within in dict.fromkeys((0, days)):
            for keys in _BATCHES:
                self._add_sums("batch", [*_sums(self.bank, self.book, keys, within)])
            for keys in _SLIPS:
                found = _swapped(_sums(self.book, self.bank, keys, within))
                self._add_sums("slips", [*found])
        self.add("amount_same_day", _equal(self.bank.filter(~named), self.book, ["date", "fen"]))
        self.add("amount_same_day", _equal(self.bank, self.book.filter(~named), ["date", "fen"]))
        self.add("amount_near_day", _near(self.bank.filter(~named), self.book, ["fen"], days))
        self.add("amount_near_day", _near(self.bank, self.book.filter(~named), ["fen"], days))
        self.add("other_name", _equal(*left(), ["date", "fen"]))
        self.add("other_name", _near(*left(), ["fen"], days))
        for swap in (False, True):
            one, many = (self.book, self.bank) if swap else (self.bank, self.book)
            searched = sums_found(one, many, days)
            self.searched &= searched is not None
            self.add("only_sum", _swapped(searched or ()) if swap else searched or ())

    def _add_sums(self, rule: str, found: Sequence[tuple[Ids, Ids]]) -> None:
        """Take sums off both sides; those that name nobody of the other side are doubtful."""
        lines, vouchers = (
            dict(side.select("id", "party").iter_rows()) for side in (self.bank, self.book)
        )

        def strange(match: tuple[Ids, Ids]) -> bool:
            at_bank = {lines[i] for i in match[0]} - {""}
            in_book = {vouchers[i] for i in match[1]} - {""}
            return bool(at_bank and in_book) and at_bank.isdisjoint(in_book)

        doubtful = [strange(match) for match in found]
        both = [*zip(found, doubtful, strict=True)]
        self.add(rule, (match for match, doubt in both if not doubt))
        self.add("sum_other_name", (match for match, doubt in both if doubt))


def _equal(bank: pl.DataFrame, book: pl.DataFrame, keys: list[str]) -> Iterator[tuple[Ids, Ids]]:
    """Lines and vouchers alike in all keys, the first with the first."""
    turn = pl.int_range(pl.len()).over(keys).alias("turn")
    both = bank.select("id", *keys, turn).join(
        book.select("id", *keys, turn), on=[*keys, "turn"], suffix="_book", maintain_order="left"
    )
    for line, voucher in both.select("id", "id_book").iter_rows():
        yield (line,), (voucher,)


def _near(
    bank: pl.DataFrame, book: pl.DataFrame, keys: list[str], days: int
) -> Iterator[tuple[Ids, Ids]]:
    """Lines and vouchers alike in the keys and so many days apart at most, the earliest first."""
    lines = _by_key(bank.join(book, on=keys, how="semi", maintain_order="left"), keys)
    vouchers = _by_key(book.join(bank, on=keys, how="semi", maintain_order="left"), keys)
    for key, dated in lines.items():
        waiting = iter(vouchers[key])
        voucher = next(waiting, None)
        for day, line in dated:
            while voucher is not None and voucher[0] < day - days:
                voucher = next(waiting, None)
            if voucher is not None and voucher[0] <= day + days:
                yield (line,), (voucher[1],)
                voucher = next(waiting, None)


def _by_key(side: pl.DataFrame, keys: list[str]) -> dict[tuple[object, ...], list[tuple[int, int]]]:
    found: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    days = pl.col("date").cast(pl.Int32).alias("day")
    for *key, day, id_ in side.sort("date", "id").select(*keys, days, "id").iter_rows():
        found.setdefault(tuple(key), []).append((day, id_))
    return found


def _of_one_number(one: pl.DataFrame, many: pl.DataFrame) -> Iterator[tuple[Ids, Ids]]:
    """A single row whose number several of the other side bear that sum to it."""
    alone = one.filter(pl.len().over("reference") == 1)
    groups = many.group_by("reference", maintain_order=True).agg("id", pl.col("fen").sum())
    both = alone.join(groups, on=["reference", "fen"], suffix="_many", maintain_order="left")
    for id_, ids in both.select("id", "id_many").iter_rows():
        yield (id_,), tuple(ids)


def _sums(
    one: pl.DataFrame, many: pl.DataFrame, keys: Sequence[str], days: int
) -> Iterator[tuple[Ids, Ids]]:
    """A row that equals all that is left of the other side of one day and kind."""
    told = [pl.col(key) != "" for key in ("file", "party", "text") if key in keys]
    groups = (
        many.filter(told or True)
        .group_by(keys, maintain_order=True)
        .agg("id", pl.col("fen").sum().alias("sum"))
        .filter(pl.col("id").list.len() > 1)
        .select("id", "date", fen="sum")
    )
    apart = (pl.col("date") - pl.col("date_many")).dt.total_days().abs().alias("apart")
    both = (
        one.select("id", "date", "fen")
        .join(groups, on="fen", suffix="_many", maintain_order="left_right")
        .with_columns(apart, first=pl.col("id_many").list.min())
        .filter(pl.col("apart") <= days)
        .sort("apart", "id", "first")
    )
    taken: set[int] = set()
    used: set[int] = set()
    for id_, ids, first in both.select("id", "id_many", "first").iter_rows():
        if id_ not in taken and first not in used:
            taken.add(id_)
            used.add(first)
            yield (id_,), tuple(ids)


def _swapped(found: Found) -> Iterator[tuple[Ids, Ids]]:
    for vouchers, lines in found:
        yield lines, vouchers


def _without(side: pl.DataFrame, ids: Iterable[int]) -> pl.DataFrame:
    gone = pl.Series(list(ids), dtype=side.schema["id"])
    return side.filter(~pl.col("id").is_in(gone.implode())) if len(gone) else side
