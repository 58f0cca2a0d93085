"""Numbers as people read them: exact, with unit, sign and words; never by colour alone."""

from decimal import ROUND_HALF_UP, Decimal

from aidkit.money import yuan

WAN_FROM_FEN = 10_000_00 * 10
"""Sums from 100,000 yuan on are told in 万元 in sentences; tables stay in yuan and fen."""


def count(number: int) -> str:
    """A whole number with thousands separators."""
    return f"{number:,}"


def money(fen: int) -> tuple[str, str]:
    """A sum for a headline: number and unit, `("110.42", "万元")` or `("312.50", "元")`."""
    if abs(fen) >= WAN_FROM_FEN:
        return f"{_rounded(Decimal(fen) / 1_000_000, 2):,}", "万元"
    return yuan(fen), "元"


def money_words(fen: int) -> str:
    """A sum for a sentence: `110.42 万元`."""
    return " ".join(money(fen))


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal; None when the whole is zero."""
    return _rounded(Decimal(part) * 100 / whole, 1) if whole else None


def signed(number: int | Decimal) -> str:
    """A difference with its sign: `+12`, `−3.2`, `0`."""
    if not number:
        return "0"
    return f"{'+' if number > 0 else '−'}{abs(number):,}"


def signed_yuan(fen: int) -> str:
    """A difference of money with its sign: `+1,200.00`, `−312.50`, `0.00`."""
    return f"{'+' if fen > 0 else '−' if fen else ''}{yuan(abs(fen))}"


def change_words(now: int, before: int, unit: str = "人") -> str:
    """A change in words: `增加 12 人`, `减少 3 人`, `没有变化`."""
    if now == before:
        return "没有变化"
    return f"{'增加' if now > before else '减少'} {abs(now - before):,} {unit}"


def money_change_words(now: int, before: int) -> str:
    """A change of a sum in words: `增加 1.20 万元`."""
    if now == before:
        return "没有变化"
    return f"{'增加' if now > before else '减少'} {money_words(abs(now - before))}"


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
