"""Money that has to move back, be added, or be refunded: internal."""

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person_cells, person_columns
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

KINDS = {
    "clawback": ("多发，要追回", "要追回"),
    "shortfall": ("少发，要补发", "要补发"),
    "refund": ("已收费用，要退还", "要退还学校已收的费用"),
}


def corrections_section(stored: StoredTerm) -> Part:
    """Sums by kind and program, then every person with what happened."""
    found = stored.frames["corrections"].sort("kind", "program_id", "name", "person_no")
    if found.is_empty():
        return section(
            "没有要追回、补发或退还的钱", "corrections", prose("发放登记与应发金额相符。")
        )
    words = []
    rows: list[Row] = []
    for kind, (label, verb) in KINDS.items():
        own = found.filter(kind=kind)
        if own.is_empty():
            continue
        words.append(f"{verb} {money_words(int(own['difference_fen'].sum()))}")
        for (program,), group in own.group_by("program_id", maintain_order=True):
            sums = (int(group[name].sum()) for name in ("paid_fen", "due_fen", "difference_fen"))
            title = stored.title(str(program))
            rows.append(Row((label, title, group["person_no"].n_unique(), *sums)))
    columns = [
        Column(("要做什么",)),
        Column(("资助项目",)),
        Column(("人数",), "number"),
        *(Column(("金额", name), "money") for name in ("已发或已收", "应发或应收", "差额")),
    ]
    return section(
        "，".join(words),
        "corrections",
        numbered(
            "tbl-corrections",
            official_table(columns, rows, unit="单位：元", keys=1),
            "发放登记、收费登记与应发金额的差额。还没有发放的人不在此列。",
        ),
        _names(stored),
    )


def _names(stored: StoredTerm) -> Part:
    order = list(KINDS)
    found = stored.frames["corrections"].sort("program_id", "name", "person_no").to_dicts()
    rows = [
        Row(
            (
                KINDS[row["kind"]][0],
                *person_cells(stored, row),
                row["difference_fen"],
                row["message"],
            )
        )
        for row in sorted(found, key=lambda row: order.index(row["kind"]))
    ]
    columns = [Column(("要做什么",)), *person_columns(stored)]
    columns += [Column(("差额",), "money"), Column(("情况",), "long")]
    table = numbered(
        "tbl-corrected",
        official_table(columns, rows, unit="单位：元", keys=1),
        "要追回、补发或退还的人；编号是学籍号或工号。",
    )
    return folded(f"名单，{count(len(rows))} 人次", table, len(rows))
