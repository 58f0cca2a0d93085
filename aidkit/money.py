"""Money is integer fen; yuan exists only in what people write and read."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXCEL_DIGITS = 15
"""Significant digits that an Excel number holds; anything beyond is float noise."""

_YUAN = re.compile(r"[-+]?\d{1,3}(,\d{3})*(\.\d+)?|[-+]?\d+(\.\d+)?")
_EXCEL = Context(prec=EXCEL_DIGITS, rounding=ROUND_HALF_EVEN)


def fen_of_text(text: str) -> int:
    """Read yuan as people write it, e.g. `1,234.50`, `￥312.5` or `300元`.

    Args:
        text: Half-width text; currency signs, spaces and 元 are accepted around the number.

    Returns:
        Integer fen.

    Raises:
        ValueError: Not a number, or more than two decimals.
    """
    bare = text.strip().lstrip("￥¥").removesuffix("元").strip()
    if not _YUAN.fullmatch(bare):
        raise ValueError(text)
    return _whole_fen(Decimal(bare.replace(",", "")))


def fen_of_number(number: float | int) -> int:
    """Read yuan from an Excel number, at 15 significant digits so that float noise vanishes.

    Raises:
        ValueError: Not finite, or more than two decimals at 15 significant digits.
    """
    exact = Decimal(number)
    if not exact.is_finite():
        raise ValueError(str(number))
    return _whole_fen(_EXCEL.plus(exact))


def _whole_fen(yuan: Decimal) -> int:
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise ValueError(str(yuan))
    return int(fen)


def yuan(fen: int) -> str:
    """Print fen as yuan with thousands separators and two decimals: `1,234.50`."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"
