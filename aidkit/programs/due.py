"""`aidkit program due`: versions that nobody has confirmed for a term."""

from collections.abc import Iterable

from aidkit.calendar import Term
from aidkit.programs.version import Version
from aidkit.programs.version_lines import source_line, when


def unchecked(versions: Iterable[Version], term: Term) -> tuple[Version, ...]:
    """Of the versions in force, those that nobody confirmed up to the term's first day."""
    return tuple(
        version
        for version in versions
        if version.checked_until is None or version.checked_until < term.starts
    )


def due_lines(versions: Iterable[Version], term: Term) -> list[str]:
    """What `aidkit program due` prints: each version to check, with its source.

    Args:
        versions: The versions in force for the county, e.g. of `choose`.
        term: The term.
    """
    in_force = tuple(versions)
    due = unchecked(in_force, term)
    lines = []
    for version in due:
        checked = version.checked_until
        until = f"核对到 {checked.isoformat()}" if checked else "从来没有核对过"
        lines.append(f"{version.id}　{version.program.short_title}：{until}")
        lines.append(f"  {when(version)}")
        lines += [f"  {source_line(source)}" for source in version.sources]
    total = f"{term.label}有效的版本 {len(in_force)} 个，{len(due)} 个到开学时没有核对。"
    remedy = "核对后请在项目文件里写上 checked_until。" if due else ""
    return [*lines, total + remedy]
