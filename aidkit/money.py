"""Money is integer fen; yuan exists only in what people write and read."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXCEL_DIGITS = 15
"""Significant digits that an Excel number holds; anything beyond is float noise."""

MOST_IN_WORDS = 10**14 - 1
"""Most fen that `in_words` writes: 9999 亿 yuan and all below it."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")

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


def in_words(fen: int) -> str:
    """Write fen as 人民币大写: `壹仟贰佰叁拾肆元伍角`, `壹佰元零伍分`, `壹万元整`.

    Where 《支付结算办法》 leaves the 零 open (￥107,000.53) it is not written; 整 follows 元 only.

    Raises:
        ValueError: More than `MOST_IN_WORDS`, either way.
    """
    if abs(fen) > MOST_IN_WORDS:
        raise ValueError(fen)
    whole, rest = divmod(abs(fen), 100)
    tenth, hundredth = divmod(rest, 10)
    words = "负" if fen < 0 else ""
    if whole or not rest:
        words += (_whole_in_words(whole) or _DIGITS[0]) + "元"
    if not rest:
        return words + "整"
    if tenth:
        words += _DIGITS[tenth] + "角"
    elif whole:
        words += _DIGITS[0]
    return words + (_DIGITS[hundredth] + "分" if hundredth else "")


def _whole_in_words(number: int) -> str:
    """A whole number below 10^12, of which 0 is the empty text."""
    words = ""
    digits = f"{number:012d}"
    for start, name in zip((0, 4, 8), _GROUPS, strict=True):
        gap = False
        said = ""
        for digit, place in zip(digits[start : start + 4], _PLACES, strict=True):
            if digit == "0":
                gap = True
                continue
            said += (_DIGITS[0] if gap and (said or words) else "") + _DIGITS[int(digit)] + place
            gap = False
        words += said + name if said else ""
    return words
