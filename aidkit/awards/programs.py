"""The public face of the versions that decided."""

from collections.abc import Iterable

import dataframely as dy
import polars as pl

from aidkit.programs import Version
from aidkit.tables.disclosed import PublicPrograms


def programs_in_force(versions: Iterable[Version]) -> dy.DataFrame[PublicPrograms]:
    """One row for each version: title, region, source, how sure it is."""
    rows = [
        {
            "program_id": version.program.id,
            "version_id": version.id,
            "title": version.program.short_title,
            "region": version.region,
            "source_title": version.source.name,
            "doc_no": version.source.doc_no,
            "clause": version.source.clause,
            "status": version.standing,
            "in_kind": version.program.in_kind,
            "universal": version.program.universal,
        }
        for version in sorted(versions, key=lambda v: v.id)
    ]
    schema = PublicPrograms.create_empty().schema
    return PublicPrograms.validate(pl.DataFrame(rows, schema=schema))
