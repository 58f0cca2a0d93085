"""`aidkit program lint`: what a careful reader should know before relying on the programs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from aidkit.county import County
from aidkit.money import yuan
from aidkit.programs.choose import applies_in
from aidkit.programs.contradictions import Contradiction
from aidkit.programs.relations import partners
from aidkit.programs.version import MONTHS_PER_TERM, Source, Version
from aidkit.programs.vocabulary import ROUNDING

MASKED = "20xx"
"""How the sources hide their years."""


@dataclass(frozen=True)
class Finding:
    """One thing that lint found.

    Attributes:
        fault: Whether it must be mended; otherwise one should know it.
        about: Version id, or what else it is about.
        message: What was found, Chinese.
        remedy: What to do, Chinese.
    """

    fault: bool
    about: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"[{'错误' if self.fault else '提醒'}] {self.about}：{self.message}{self.remedy}"


def lint(versions: Iterable[Version], county: County | None) -> tuple[Finding, ...]:
    """Everything about the versions that nothing refuses and nobody should overlook.

    Args:
        versions: All versions, by program, region and date, as `load_programs` gives them.
        county: Whose settings say what is in force; None where there is no county yet.

    Returns:
        By program, region and date; gaps between versions come last.
    """
    versions = tuple(versions)
    found = [
        finding
        for version in versions
        for finding in (
            *_quota_without_base(version, county),
            *_strangers(version, versions),
            *(finding for notes in _NOTES for finding in notes(version)),
        )
    ]
    return (*found, *_gaps(versions))


def lint_lines(
    versions: Iterable[Version], contradictions: Iterable[Contradiction], county: County | None
) -> tuple[list[str], bool]:
    """What `aidkit program lint` prints.

    Returns:
        The lines, and whether a fault is among them.
    """
    contradictions = tuple(contradictions)
    # Faults last: that is where whoever called looks first.
    findings = sorted(lint(versions, county), key=lambda finding: finding.fault)
    faults = sum(finding.fault for finding in findings)
    total = f"矛盾 {len(contradictions)} 条，提醒 {len(findings) - faults} 条，错误 {faults} 条。"
    return [*map(str, contradictions), *map(str, findings), total], faults > 0


def _gaps(versions: tuple[Version, ...]) -> Iterator[Finding]:
    for before, after in pairwise(versions):
        if (before.program.id, before.region) != (after.program.id, after.region):
            continue
        end = before.effective_to
        if end is not None and (after.effective_from - end).days > 1:
            yield Finding(
                True,
                after.id,
                f"与前一个版本之间有空档：{end.isoformat()} 以后、"
                f"{after.effective_from.isoformat()} 以前没有规定。",
                "请核对两个日期；确实停过的，补一个版本说明。",
            )


def _quota_without_base(version: Version, county: County | None) -> Iterator[Finding]:
    quota = version.quota
    if quota is None or quota.permille is None or quota.base is not None:
        return
    said = f"名额是 {quota.permille / 10:g}%，没有写是谁的比例。"
    place = f"county.toml 的 [quota.{version.program.id}]"
    own = dict(county.quotas).get(version.program.id) if county else None
    if own and (own.base or own.places is not None):
        yield Finding(False, version.id, said, f"本县以 {place} 写明的为准。")
    elif county and _still_in_force(version, county):
        remedy = f"请在 {place} 里写 of 或 places，否则算不出名额。"
        yield Finding(True, version.id, said, remedy)
    else:
        yield Finding(False, version.id, said, f"采用的县要在 {place} 里写 of。")


def _still_in_force(version: Version, county: County) -> bool:
    return version.effective_to is None and applies_in(version, county.region, county.adopts)


def _strangers(version: Version, versions: tuple[Version, ...]) -> Iterator[Finding]:
    """Relations to programs that nobody can have beside this one; inherited ones stand above."""
    if dict(version.set_by).get("relation", version.region) != version.region:
        return
    for relation in version.relations:
        met = partners(version, relation, versions)
        for other in relation.others:
            if other not in met:
                yield Finding(
                    False,
                    version.id,
                    f"写了与“{other}”的关系，但没有人会在同一学期两项都有：地区、时期、学段或"
                    "发放的学期不同。",
                    "请核对项目代号；要管到跨学期的，请写条件。",
                )
        if relation.group and not met:
            yield Finding(
                False,
                version.id,
                f"就高组“{relation.group}”里，同一地区、时期和学段只有它一个。",
                "请核对组名是不是写得不一样。",
            )


def _conflicts(version: Version) -> Iterator[Finding]:
    for conflict in version.conflicts:
        yield Finding(False, version.id, f"来源有疑问：{conflict}", "有正式文件后请改正。")


def _stated_and_derived(version: Version) -> Iterator[Finding]:
    guessed = [a.fen for a in version.amounts if a.stated_fen is None]
    if guessed:
        sums = "、".join(yuan(fen) for fen in dict.fromkeys(guessed))
        yield Finding(
            False,
            version.id,
            f"{sums} 元是推算的：{version.derivation}。",
            "找到写明的文件后请改为 stated。",
        )
    for amount in version.amounts:
        stated, derived = amount.stated_fen, amount.derived_fen
        if stated is not None and derived is not None and stated != derived:
            yield Finding(
                False,
                version.id,
                f"文件写明 {yuan(stated)} 元，推算是 {yuan(derived)} 元：{version.difference}",
                "按写明的发；请向发文单位核实。",
            )


def _standing(version: Version) -> Iterator[Finding]:
    lacks = [lack for source in version.sources for lack in _lacks(source)]
    if version.status == "unverified":
        lacks.append("标准未核实，只见过摘录")
    if version.date_status == "assumed":
        lacks.append("生效日期是推定的")
    if version.checked_until is None:
        lacks.append("从来没有人确认它有效到哪一天")
    if lacks:
        yield Finding(
            False,
            version.id,
            f"{'；'.join(lacks)}。",
            "请找到正式文件核对，补上文号、条款、日期和 checked_until。",
        )


def _lacks(source: Source) -> Iterator[str]:
    if source.is_excerpt:
        return
    if source.doc_no is None:
        yield f"{source.name}没有文号"
    elif MASKED in source.doc_no:
        yield f"{source.name}的文号 {source.doc_no} 隐去了年份，不是完整的文号"
    if source.clause is None:
        yield f"{source.name}没有条款"


def _fractions(version: Version) -> Iterator[Finding]:
    """Parts of an amount that are no whole fen."""
    rounding = f"折算时{ROUNDING[version.rounding]}。"
    if version.leavers == "day" and version.amounts:
        yield Finding(
            False, version.id, f"按天折算的金额多半不是整分，{rounding}", "请核对取整的办法。"
        )
    if version.leavers == "month":
        parts = [version.term_fen(amount) for amount in version.amounts]
        for fen in sorted({fen for fen in parts if fen % MONTHS_PER_TERM}):
            yield Finding(
                False,
                version.id,
                f"每学期 {yuan(fen)} 元按 {MONTHS_PER_TERM} 个月分不是整分，{rounding}",
                "请核对取整的办法。",
            )


_NOTES: tuple[Callable[[Version], Iterator[Finding]], ...] = (
    _conflicts,
    _stated_and_derived,
    _standing,
    _fractions,
)
