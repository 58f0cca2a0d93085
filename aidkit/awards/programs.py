"""The public face of the versions that decided."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import dataframely as dy
import polars as pl

from aidkit.awards.places import said_by
from aidkit.county import County
from aidkit.programs import Version
from aidkit.programs.vocabulary import ORDERS, QUOTA_BASES, SHARE_KINDS
from aidkit.tables.disclosed import PublicPrograms


def programs_in_force(versions: Iterable[Version], county: County) -> dy.DataFrame[PublicPrograms]:
    """One row for each version: title, region, source, how sure it is, what it says of others.

    Args:
        versions: In force.
        county: May have places of its own.
    """
    in_force = sorted(versions, key=lambda v: v.id)
    schema = PublicPrograms.create_empty().schema
    rows = [_row(version, in_force, county) for version in in_force]
    return PublicPrograms.validate(pl.DataFrame(rows, schema=schema))


def _row(version: Version, in_force: list[Version], county: County) -> dict[str, Any]:
    program, source = version.program, version.source
    return {
        "program_id": program.id,
        "version_id": version.id,
        "title": program.short_title,
        "subject": program.subject,
        "funder": program.funder,
        "region": version.region,
        "source_title": source.name,
        "doc_no": source.doc_no,
        "clause": source.clause,
        "status": version.standing,
        "checked_until": version.checked_until,
        "in_kind": program.in_kind,
        "universal": program.universal,
        "case_by_case": version.amount_from == "panel",
        "quota": _quota(version, county),
        "relations": _relations(version, in_force),
        "funding": [{"level": level, "percent": share} for level, share in version.funding],
        "targets": [{"target": code, "figure": figure} for code, figure in version.targets],
    }


def _relations(version: Version, in_force: list[Version]) -> list[dict[str, Any]]:
    """Relations to other programs in force; the others of a higher_of group by their ids."""
    rows = []
    for relation in version.relations:
        others = {
            other.program.id
            for other in in_force
            if other.program.id in relation.others
            or any(r.group and r.group == relation.group for r in other.relations)
        } - {version.program.id}
        if others:
            row = {"relation": relation.kind, "programs": sorted(others)}
            rows.append({**row, "clause": relation.clause})
    return rows


def _quota(version: Version, county: County) -> str | None:
    """`在校生数的 14%，分到各校；认定档次高的在前`; None without a quota."""
    quota = version.quota
    if quota is None:
        return None
    own = said_by(county, version)
    base = own.base or quota.base
    if quota.places is not None:
        many = f"{quota.places} 名"
    elif quota.permille is not None:
        of = "" if base is None else f"{QUOTA_BASES[base]}的 "
        many = f"{of}{_percent(quota.permille)}{'，基数由县里确定' if base is None else ''}"
    else:
        many = "名额由县里确定"
    if own.places is not None:
        whole = f"（{'上级' if quota.from_above else '办法'}共 {many}）" if quota.places else ""
        many = f"本县 {own.places} 名{whole}"
    parts = [many]
    if quota.from_above and own.places is None:
        parts.append("由上级统一下达")
    if quota.by_school:
        parts.append("分到各校")
    if quota.per_school is not None:
        parts.append(f"每校至多 {quota.per_school} 名")
    parts += [f"{SHARE_KINDS[limit.kind]}不超过 {limit.percent}%" for limit in quota.limits]
    parts += [f"其中 {kept.places} 名留给联合提名" for kept in quota.reserved]
    order = "，".join(ORDERS[code] for code in quota.order) or "抽签"
    return "；".join(("，".join(parts), order))


def _percent(permille: int) -> str:
    """`14%`, `7.5%`."""
    return f"{Decimal(permille) / 10:f}%"
