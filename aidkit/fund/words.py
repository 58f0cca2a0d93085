"""What people write for a fund, a purpose or a program, and what is said of unknown words."""

from collections.abc import Iterable, Mapping

from aidkit.errors import UsageError
from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.settings import Fund, FundProgram, Purpose
from aidkit.labels import plain, project_labels


def fund_words(funds: Mapping[str, Fund]) -> dict[str, str]:
    """Every accepted spelling of a fund (as `plain`) to its id."""
    return {word: fund.id for fund in funds.values() for word in (fund.id, plain(fund.name))}


def purpose_words(fund: Fund) -> dict[str, str]:
    """Every accepted spelling of a fund's purposes (as `plain`) to their ids.

    Words for money that is not restricted mean `UNRESTRICTED`, unless the fund gives them another
    meaning.
    """
    unrestricted = dict.fromkeys(project_labels().codes("purpose_word"), UNRESTRICTED)
    return unrestricted | _words(fund.purposes.values())


def program_words(fund: Fund) -> dict[str, str]:
    """Every accepted spelling of a fund's programs (as `plain`) to their ids."""
    return _words(fund.programs.values())


def _words(several: Iterable[Purpose | FundProgram]) -> dict[str, str]:
    return {
        word: one.id for one in several for word in (one.id, *map(plain, (one.title, *one.words)))
    }


def refuse_no_funds(funds: Mapping[str, Fund]) -> None:
    """Stop where a county has no fund yet.

    Raises:
        UsageError: There is none.
    """
    if not funds:
        raise UsageError(
            "县区文件夹里还没有基金。",
            where="params/funds",
            remedy="请先建 params/funds/基金代号.toml，写明名称、组织类型和账户。",
        )


def unknown_fund(word: str, funds: Mapping[str, Fund]) -> tuple[str, str]:
    """What is wrong with a word that names no fund, and the remedy; both Chinese."""
    names = "、".join(fund.known_as for fund in funds.values()) or "（还没有）"
    return f"没有叫“{word}”的基金。", f"请写基金的代号或全名；本县的基金有：{names}。"


def unknown_purpose(word: str, fund: Fund) -> tuple[str, str]:
    """What is wrong with a word that names no purpose of a fund, and the remedy."""
    titles = "、".join(one.title for one in fund.purposes.values()) or "（还没有）"
    return (
        f"基金“{fund.name}”没有“{word}”这个限定用途。",
        f"已有的用途：{titles}，不限定的写“不限”。确是新用途，请先在 params/funds/{fund.id}.toml "
        "里加一节 [[purpose]]，或把这个叫法加到已有用途的 words 里。",
    )


def unknown_program(word: str, fund: Fund) -> tuple[str, str]:
    """What is wrong with a word that names no program of a fund, and the remedy."""
    titles = "、".join(one.title for one in fund.programs.values()) or "（还没有）"
    return (
        f"基金“{fund.name}”没有“{word}”这个资助项目。",
        f"已有的项目：{titles}。确是新项目，请先在 params/funds/{fund.id}.toml 里加一节 "
        "[[program]]，或把这个叫法加到已有项目的 words 里。",
    )
