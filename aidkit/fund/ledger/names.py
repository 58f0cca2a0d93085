"""What people call what a fault is about: funds, pools, programs, kinds, accounts, sums."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from aidkit.fund.settings import Fund
from aidkit.labels import project_labels
from aidkit.money import yuan

_FEN = frozenset(
    {"fen", "difference", "released", "spent", "goods", "posted", "missing", "least", "most"}
)
"""Details that are money."""


class Names:
    """The words of a county's funds and of the project's labels.

    Args:
        funds: By id.
    """

    def __init__(self, funds: Mapping[str, Fund]) -> None:
        self._funds = funds
        self._known = "、".join(fund.known_as for fund in funds.values()) or "（还没有）"
        labels = project_labels()
        self._codes = {"kind": labels.names("entry_kind"), "account": labels.names("account")}

    def told(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The details of a fault as its message says them, and the funds that there are.

        Args:
            row: Name of a detail to its value; ids of purposes and programs are those of `fund`.
        """
        fund = self._funds.get(row.get("fund", ""))
        titles = dict(self._codes)
        if fund is not None:
            titles["fund"] = {fund.id: fund.name}
            titles["purpose"] = {one.id: one.title for one in fund.purposes.values()}
            titles["purpose"][""] = "非限定"
            titles["program"] = {one.id: one.title for one in fund.programs.values()}
        said = {name: _said(name, value, titles.get(name, {})) for name, value in row.items()}
        return said | {"known": self._known}


def unspaced(name: str) -> pl.Expr:
    """A column of names of people as they sound: the way of writing makes nobody another person.

    Without blanks and characters that are not seen, in one width and case.
    """
    one_width = pl.col(name).str.normalize("NFKC")
    return one_width.str.replace_all(r"[\s\p{Cf}]", "").str.to_lowercase()


def _said(name: str, value: object, titles: Mapping[str, str]) -> str:
    if name in _FEN and isinstance(value, int):
        return yuan(value)
    return titles.get(str(value), str(value)) or "（空着）"
