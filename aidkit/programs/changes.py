"""What-if: the versions in force with single places changed, as `--set` writes them.

`PROGRAM[.TIER][.STAGE].amount=1500`, `PROGRAM[.TIER].CONDITION=…` (`+=` and `-=` for lists of
codes), `PROGRAM.quota.percent=20` (`places`, `of`), `PROGRAM.region=cn/henan` for the form of
another region.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from aidkit.calendar import Term
from aidkit.errors import ParamsError, UsageError
from aidkit.labels import Labels, project_labels
from aidkit.programs.changed_conditions import condition_change
from aidkit.programs.changed_figures import QUOTA_KEYS, Change, amount_change, quota_change
from aidkit.programs.choose import choose
from aidkit.programs.version import Version
from aidkit.programs.vocabulary import VOCABULARY
from aidkit.toml import close_to

_CHANGE = re.compile(r"([a-z0-9_]+)\.([a-z0-9_.]+?)\s*(\+=|-=|=)\s*(.*\S)\s*")


def apply_changes(
    in_force: Sequence[Version], texts: Iterable[str], *, every: Collection[Version], term: Term
) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """Apply changes one after another.

    Args:
        in_force: The versions that decide today.
        texts: Changes as `--set` writes them.
        every: All versions, where the form of another region is looked up.
        term: The term.

    Returns:
        The versions that decide after the changes, and a Chinese sentence for each change.

    Raises:
        UsageError: A change is not well written, names nothing that exists, or breaks a rule that
            program files keep; the remedy says what can be written.
    """
    versions, said, labels = tuple(in_force), [], project_labels()
    for text in texts:
        try:
            versions, sentence = _apply(versions, text, every, term, labels)
        except ParamsError as fault:
            where = f"--set {text}"
            raise UsageError(fault.message, where=where, remedy=fault.remedy) from None
        said.append(sentence)
    return versions, tuple(said)


def changed_quotas(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Programs with what the changes set of their quotas: one of `QUOTA_KEYS` each.

    There the county's own word, in county.toml, no longer counts.
    """
    found = (_CHANGE.fullmatch(text) for text in texts)
    paths = ((match[1], match[2].split(".")) for match in found if match)
    return {(program_id, path[-1]) for program_id, path in paths if path[0] == "quota"}


def _apply(
    versions: tuple[Version, ...],
    text: str,
    every: Collection[Version],
    term: Term,
    labels: Labels,
) -> tuple[tuple[Version, ...], str]:
    match = _CHANGE.fullmatch(text)
    if match is None:
        raise ParamsError(
            "看不懂这一项改动。",
            remedy="请写成 tiered_aid.level_1.amount=2500 或 "
            "boarder_allowance.any_special_group+=low_income 的样子。",
        )
    program_id, path, sign, value = match.groups()
    titles = {version.program.id: version.program.short_title for version in every}
    if program_id not in titles:
        raise ParamsError(f"没有项目“{program_id}”。", remedy=close_to(program_id, titles))
    if path == "region" and sign == "=":
        moved = _moved(versions, program_id, value, every, term)
        return moved, f"{titles[program_id]}：改按 {value} 的规定"
    own = [version for version in versions if version.program.id == program_id]
    if not own:
        raise ParamsError(
            f"项目“{program_id}”在这个县、这个学期没有发放的版本。",
            remedy=f"要试算别处的规定，请先写 --set {program_id}.region=地区。",
        )
    change = _change(path.split("."), sign, _written(value), labels)
    changed, said = _each(own, change)
    return (
        tuple(changed.get(version.id, version) for version in versions),
        f"{titles[program_id]}：{said}",
    )


def _change(path: list[str], sign: str, written: Any, labels: Labels) -> Change:
    *where, key = path
    if key in VOCABULARY:
        return condition_change(where, key, sign, written, labels)
    if sign == "=" and key == "amount":
        return amount_change(where, written, labels)
    if sign == "=" and where == ["quota"] and key in QUOTA_KEYS:
        return quota_change(key, written)
    known = ["amount", "region", *(f"quota.{name}" for name in QUOTA_KEYS), *VOCABULARY]
    given = ".".join(path)
    if given in known or key == "amount":
        raise ParamsError(f"“{given}”不能用“{sign}”。", remedy="请用“=”。")
    raise ParamsError(f"不认识“{given}”。", remedy=close_to(given, known))


def _each(own: Sequence[Version], change: Change) -> tuple[dict[str, Version], str]:
    """Change every version of a program that has the place: also a floor, or a school's own."""
    changed: dict[str, Version] = {}
    said: dict[str, None] = {}
    faults: list[ParamsError] = []
    for version in own:
        try:
            changed[version.id], sentence = change(version)
        except ParamsError as fault:
            faults.append(fault)
        else:
            said[sentence if len(own) == 1 else f"{sentence}（{version.region}）"] = None
    if not changed:
        raise faults[0]
    return changed, "；".join(said)


def _moved(
    versions: Sequence[Version],
    program_id: str,
    region: str,
    every: Collection[Version],
    term: Term,
) -> tuple[Version, ...]:
    """The form of another region in the place of the county's own, or beside the others."""
    own = [version for version in every if version.program.id == program_id]
    there = choose(own, region=region, adopts=(program_id,), on=term.starts, season=term.season)
    if not any(version.region == region for version in there):
        paying = (v for v in own if v.in_force(term.starts) and v.pays_in(term.season))
        known = sorted({version.region for version in paying})
        raise ParamsError(
            f"项目“{program_id}”在 {region} 没有这个学期发放的版本。",
            remedy=f"可以写：{'、'.join(known)}。" if known else "请换一个学期或项目。",
        )
    kept = (version for version in versions if version.program.id != program_id)
    return tuple(sorted((*kept, *there), key=lambda v: (v.program.id, len(v.region.split("/")))))


def _written(value: str) -> Any:
    """What TOML reads, or the text itself: codes need no quotes."""
    try:
        return tomllib.loads(f"value = {value}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        return value
