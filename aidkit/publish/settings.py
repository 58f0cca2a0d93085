"""Settings in YAML, read strictly: what the offline publisher does not know it refuses."""

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from aidkit.errors import PublishError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C where PyYAML was built with it: ten times as fast."""


def read_yaml(text: str, where: str) -> object:
    """Plain values of a YAML text.

    Raises:
        PublishError: It is not YAML.
    """
    try:
        return yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise PublishError(
            "设置读不懂。", where=f"{where}：{error}", remedy="请核对缩进和引号。"
        ) from None


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


def number_of(value: object, where: str) -> int:
    """A whole number of YAML.

    Raises:
        PublishError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise PublishError(f"“{value}”应当是整数。", where=where, remedy="请改正。")
    return value
