"""What a line of the journal says of one voucher: as text, and back as tables.

What is empty is left out. The postings of a voucher are one text, `love bank 20000; love
gift_income -20000 boarders`: fund, account, fen, purpose and program, with `-` for a purpose that
is passed over. Text and not a list of objects, because a million of them are read ten times as
fast, and people read them as easily.
"""

import json
from collections.abc import Collection, Sequence
from json.encoder import encode_basestring as quoted
from operator import attrgetter

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.accounts import MOST_FEN
from aidkit.fund.entry import Entry, Goods, Posting
from aidkit.fund.ledger.repeats import Repeats
from aidkit.intake.lexicon import polars_schema
from aidkit.money import yuan
from aidkit.tables.fund import FundEntries, FundGoods, FundPostings

TEXTS = (
    "party",
    "donor_class",
    "consent",
    "program",
    "school_code",
    "person_no",
    "channel",
    "reference",
    "receipt_no",
    "note",
    "reason",
    "consent_of",
    "corrects",
    "approved_by",
    "source_file",
    "source_sheet",
)
"""Fields of `Entry` that stand in a line only where they say something."""

ENTRIES = polars_schema(FundEntries)
POSTINGS = polars_schema(FundPostings)
GOODS = polars_schema(FundGoods)

_texts = attrgetter(*TEXTS)
_ITEM = {name: GOODS[name] for name in ("item", "unit", "thousandths", "spec", "fen")}
_LINE: dict[str, pl.DataType] = {
    "type": pl.String(),
    "no": pl.String(),
    "date": pl.String(),
    "postings": pl.String(),
    "goods": pl.List(pl.Struct(_ITEM)),
} | {
    name: dtype
    for name, dtype in ENTRIES.items()
    if name not in {"voucher_no", "line", "batch", "date"}
}
_PLACE = ("fund", "account", "fen", "purpose", "program")
_known: set[str] = set()


class Tables:
    """Vouchers as tables: `FundEntries` (perhaps not all columns), `FundPostings`, `FundGoods`."""

    def __init__(self, entries: pl.DataFrame, postings: pl.DataFrame, goods: pl.DataFrame) -> None:
        self.entries = entries
        self.postings = postings
        self.goods = goods

    @classmethod
    def none(cls, names: Sequence[str] = tuple(ENTRIES)) -> "Tables":
        """No voucher; the entries with these columns."""
        return cls(
            pl.DataFrame(schema={name: ENTRIES[name] for name in names}),
            pl.DataFrame(schema=POSTINGS),
            pl.DataFrame(schema=GOODS),
        )

    @classmethod
    def of(cls, parts: "Sequence[Tables]") -> "Tables":
        """Parts one behind the other; at least one."""
        return cls(
            pl.concat([part.entries for part in parts]),
            pl.concat([part.postings for part in parts]),
            pl.concat([part.goods for part in parts]),
        )


def entry_content(entry: Entry, voucher_no: str, entered_by: str) -> str:
    """A voucher as the fields of a line.

    Raises:
        UsageError: An id holds what separates postings, or an amount is absurd.
    """
    fields = [
        f'"type":"entry","no":"{voucher_no}","kind":{quoted(entry.kind)},'
        f'"fund":{quoted(entry.fund)},"date":"{entry.date.isoformat()}"'
    ]
    if entry.postings:
        fields.append(f'"postings":"{"; ".join(map(_posting, entry.postings))}"')
    if entry.goods:
        fields.append(f'"goods":{compact([_goods(one) for one in entry.goods])}')
    fields += [
        f'"{name}":{quoted(text)}' for name, text in zip(TEXTS, _texts(entry), strict=True) if text
    ]
    if entry.persons:
        fields.append(f'"persons":{entry.persons:d}')
    if entry.source_row:
        fields.append(f'"source_row":{entry.source_row:d}')
    fields.append(f'"entered_by":{quoted(entry.entered_by or entered_by)}')
    return ",".join(fields)


def tables(
    piece: bytes,
    lines: int,
    batches: int,
    columns: Collection[str] | None = None,
    repeats: Repeats | None = None,
) -> Tables:
    """The vouchers of a piece of the journal.

    Args:
        piece: Whole lines.
        lines: Lines before them.
        batches: Closed batches before them.
        columns: Columns of the entries that are wanted; all unless told.
        repeats: Those of the pieces before, so that they share memory.

    Raises:
        polars.exceptions.PolarsError: A line is not what this version writes.
    """
    names = [name for name in ENTRIES if columns is None or name in columns]
    wanted = {"type", "no", "kind", "fund", "date", "postings", "goods", *names}
    schema = {name: dtype for name, dtype in _LINE.items() if name in wanted}
    # Lists are slow to read, and few lines have one: here only which they are.
    read = pl.read_ndjson(piece, schema=schema | {"goods": pl.String()})
    is_batch = read["type"] == "batch"
    read = read.with_columns(
        pl.col("date").str.to_date("%Y-%m-%d"),
        line=pl.int_range(lines + 1, pl.len() + lines + 1, dtype=pl.Int64),
        batch=is_batch.cast(pl.Int64).cum_sum() + batches + 1,
    ).rename({"no": "voucher_no"})
    if is_batch.any() or is_batch.has_nulls():
        read = read.filter(~is_batch)
    of = ["voucher_no", "kind", "date"]
    repeats = repeats or Repeats()
    entries = repeats.once(read.select(*names))
    filled = [
        pl.col(name).fill_null("" if ENTRIES[name] == pl.String else 0)
        for name in names
        if entries[name].has_nulls() and name not in {"line", "batch", "date", "hash"}
    ]
    postings = _postings(read.select(*of, "postings").drop_nulls("postings"))
    goods = _goods_of(read.select(*of, "fund", "line", "goods").drop_nulls("goods"), piece, lines)
    return Tables(entries.with_columns(filled), repeats.once(postings), goods)


def _postings(texts: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("postings").str.split("; ")
    said = pl.col("postings").str.splitn(" ", len(_PLACE)).struct.rename_fields(list(_PLACE))
    made = texts.with_columns(words).explode("postings").with_columns(said).unnest("postings")
    if made["fen"].has_nulls():
        raise pl.exceptions.ComputeError("a posting without an amount")
    return made.with_columns(
        pl.col("fen").cast(pl.Int64),
        pl.col("account").fill_null(""),
        # A purpose that is passed over, or none.
        pl.when(pl.col("purpose") != "-").then("purpose").otherwise(pl.lit("")),
        pl.col("program").fill_null(""),
    ).select(*POSTINGS)


def _goods_of(vouchers: pl.DataFrame, piece: bytes, before: int) -> pl.DataFrame:
    """The goods of vouchers that have some, from their lines in a piece behind other lines."""
    if vouchers.is_empty():
        return pl.DataFrame(schema=GOODS)
    lines = piece.split(b"\n")
    theirs = b"\n".join(lines[line - before - 1] for line in vouchers["line"])
    lists = pl.read_ndjson(theirs, schema={"goods": _LINE["goods"]})
    made = vouchers.with_columns(lists["goods"]).explode("goods").unnest("goods")
    return made.with_columns(pl.col("item", "spec", "unit").fill_null("")).select(*GOODS)


def _posting(line: Posting) -> str:
    for word in (line.fund, line.account, line.purpose, line.program):
        if word not in _known:
            _admit(word)
    if abs(line.fen) > MOST_FEN:
        raise UsageError(f"金额大得不合常理：{yuan(line.fen)} 元。", remedy="请核对单位和小数点。")
    text = f"{line.fund} {line.account} {line.fen:d}"
    if line.program:
        return f"{text} {line.purpose or '-'} {line.program}"
    return f"{text} {line.purpose}" if line.purpose else text


def _admit(word: str) -> None:
    """Remember an id that can stand among postings: they are few, the postings many."""
    if word == "-" or set(word) & set(' ;"\\') or any(one < " " for one in word):
        raise UsageError(
            f"代号“{word}”不能用：里面有空格、分号、引号，或者只是一个短横。",
            where="params/funds",
            remedy="请在基金文件里换一个代号，例如小写英文字母、数字和下划线。",
        )
    _known.add(word)


def _goods(one: Goods) -> dict[str, object]:
    names = ("item", "spec", "unit", "thousandths", "fen")
    return {name: said for name in names if (said := getattr(one, name)) not in ("", None)}


def compact(value: object) -> str:
    """As JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
