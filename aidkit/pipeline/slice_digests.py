"""Digests of what slices hold, taken without packing it: most schools' is what it was."""

import hashlib
from collections.abc import Iterable, Mapping

import polars as pl

from aidkit.digests import digest_of, environment, package_digest


def packing() -> str:
    """One digest of what makes slices out of tables: the package and its libraries."""
    return digest_of(repr((package_digest(), environment())).encode())


def packed_digest(packed: Mapping[str, bytes], *, rests_on: str) -> str:
    """One digest of packed tables by name.

    Args:
        packed: The tables.
        rests_on: What else it covers.
    """
    digest = hashlib.sha256(rests_on.encode())
    for name in sorted(packed):
        digest.update(f"\0{name}\0{len(packed[name])}\0".encode())
        digest.update(packed[name])
    return digest.hexdigest()


def digests_by(
    tables: Mapping[str, pl.LazyFrame], scopes: Iterable[str], *, rests_on: str
) -> dict[str, str]:
    """One digest for each scope of its rows in all tables: what they are and in which order.

    Rows are digested as JSON. No two different ones are the same there, as long as no column holds
    floats: JSON has no word for some of them.

    Args:
        tables: By name; `scope` says whose row it is. Rows without are nobody's.
        scopes: The scopes; one without rows gets a digest too.
        rests_on: What else each digest covers.
    """
    schemas = {name: tables[name].collect_schema() for name in sorted(tables)}
    start = hashlib.sha256(repr((rests_on, schemas)).encode())
    digests = {scope: start.copy() for scope in scopes}
    found = pl.collect_all([_rows(tables[name], own) for name, own in schemas.items()])
    for name, rows in zip(schemas, found, strict=True):
        for scope, content in rows.iter_rows():
            if scope in digests:
                digests[scope].update(f"\0{name}\0{len(content)}\0".encode())
                digests[scope].update(content)
    return {scope: digest.hexdigest() for scope, digest in digests.items()}


def _rows(table: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """Scope and all its rows as bytes: JSON of the values of each column."""
    columns = [name for name in schema if name != "scope"]
    content = pl.struct(columns).struct.json_encode().cast(pl.Binary)
    rows = table.group_by("scope", maintain_order=True).agg(columns)
    return rows.select("scope", content)
