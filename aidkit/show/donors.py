"""Donors who agreed to be named: the one public table with names."""

from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section
from aidkit.show.view import View


def donors_section(view: View) -> Part:
    """Named donors of the term with amount and day, and their sum."""
    view.only_for_county()
    donors = view.now.frames["named_donors"].sort("number").to_dicts()
    if not donors:
        return section("捐赠公开", "donors", prose("没有同意公开姓名的捐赠。"))
    whole = sum(donor["amount_fen"] for donor in donors)
    rows = [
        Row(
            (
                str(donor["number"]),
                donor["donor"],
                donor["donated_on"].isoformat() if donor["donated_on"] else None,
                donor["amount_fen"],
            )
        )
        for donor in donors
    ]
    rows.append(Row(("合计", whole), "total"))
    columns = [Column((title,)) for title in ("编号", "捐赠人", "到账日期")]
    table = numbered(
        "tbl-donors",
        official_table([*columns, Column(("金额",), "money")], rows, unit="单位：元"),
        "本学期同意实名公开的捐赠。没有同意公开的、没有写日期的不在此列。",
    )
    return section(
        f"{count(len(donors))} 笔捐赠的捐赠人同意公开，共 {money_words(whole)}",
        "donors",
        folded("逐笔列出", table, len(donors)),
    )
