"""The text of invented programs: a whole one, with what one test changes."""

from collections.abc import Callable

from aidkit.programs import Version

TOP = """id = "{id}"
title = "{title}"
short_title = "{title}"
in_kind = false
universal = false
funder = "county"
"""

FULL = {
    "region": '"cn"',
    "effective_from": "2020-03-01",
    "date_status": '"stated"',
    "status": '"verified"',
    "checked_until": "2030-08-31",
    "unit": '"yuan_per_term"',
    "paid": '"each_term"',
    "leavers": '"term"',
    "channel": '"bank_card"',
    "amounts": '[{ stages = ["primary"], stated = 100 }]',
    "conditions": '{ enrolled = true, stage_in = ["primary"] }',
    "source": '[{ title = "办法", doc_no = "示〔2020〕1号", clause = "一", found_in = "测试" }]',
}
"""Keys of a whole version, each with its TOML."""

Write = Callable[..., tuple[Version, ...]]


def version_text(**keys: str | None) -> str:
    """A `[[version]]`: the full one with other keys, or without those that are None."""
    told = {key: value for key, value in (FULL | keys).items() if value is not None}
    return "[[version]]\n" + "".join(f"{key} = {value}\n" for key, value in told.items())


def extending(region: str, **keys: str) -> str:
    """A `[[version]]` that says only what it must and takes the rest from above."""
    own = {
        "region": f'"{region}"',
        "effective_from": "2020-03-01",
        "date_status": '"stated"',
        "extends": "true",
    } | keys
    return "[[version]]\n" + "".join(f"{key} = {value}\n" for key, value in own.items())
