"""Refusing what the offline publisher does not implement, with the place in the source."""

from collections.abc import Collection, Mapping
from typing import Any

from aidkit.errors import PublishError


def mapping_of(value: object, known: Collection[str], where: str) -> Mapping[str, Any]:
    """A mapping of YAML that has known keys only; nothing (null) is an empty one.

    Raises:
        PublishError: It is something else, or has a key that is not implemented.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise PublishError("这里应当是一组“键: 值”。", where=where, remedy="请核对缩进。")
    for key in value:
        if key not in known:
            raise PublishError(
                f"不认识的设置“{key}”。",
                where=where,
                remedy=f"离线发布认识的设置：{'、'.join(sorted(known))}。",
            )
    return value


def text_of(value: object, where: str) -> str:
    """A text of YAML.

    Raises:
        PublishError: It is something else, for example a date without quotes.
    """
    if not isinstance(value, str):
        raise PublishError(f"“{value}”应当是文字。", where=where, remedy="请加引号。")
    return value


def flag_of(value: object, where: str) -> bool:
    """True or false of YAML.

    Raises:
        PublishError: It is something else.
    """
    if not isinstance(value, bool):
        raise PublishError(f"“{value}”应当是 true 或 false。", where=where, remedy="请改正。")
    return value


def texts_of(value: object, where: str) -> tuple[str, ...]:
    """A text or a list of texts of YAML.

    Raises:
        PublishError: It is something else.
    """
    items = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(text_of(item, where) for item in items)
