"""The slices of a term's fund reports: one file for each fund and audience."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.digests import file_digest
from aidkit.disclosure import read_settings
from aidkit.errors import UsageError
from aidkit.fund.duties.duties import read_events
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.ledger.heads import Said, statement_name, written
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import read_record
from aidkit.fund.settings import Fund
from aidkit.labels import read_labels
from aidkit.pipeline.fund_frames import Frames, Known, internal_frames, public_frames
from aidkit.pipeline.fund_published import public_statements
from aidkit.pipeline.fund_reports import FundReport
from aidkit.pipeline.people import DONORS, people_in
from aidkit.pipeline.standing import Last
from aidkit.project import Project
from aidkit.tables.fund_slices import BOTH, FUND, fund_slice_columns
from aidkit.tables.slices import Audience, pack, slice_bytes

RESTS_ON = (
    *("aidkit", "package", "environment", "term", "county"),
    *("settings", "params", "county_params", "fund"),
)
"""Foundations of these slices (`pipeline.ground`): of workbooks they tell only `SCHOOLS`."""

SCHOOLS = "public/schools.parquet"
"""The table that names schools, made from workbooks."""

NAMED = "fund_gifts"
"""The declared table that may name donors."""

VOCABULARIES = (
    *("fund_section", "fund_line", "activity_line", "donor_class", "consent", "org_type"),
    *("entry_kind", "account", "channel", "receipt_status", "staff_post", "purpose_word"),
    *("fund_word", "payout_row", "payout_column", "feedback_column", "goods_column"),
)


def write_fund_slices(
    project: Project,
    county: Path,
    term: Term,
    folder: Path,
    *,
    reports: Sequence[FundReport],
    published_on: str,
) -> tuple[Mapping[str, Any], ...]:
    """Write `slices/<audience>/fund-<id>.parquet` of each report, and who gave.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        folder: The term's folder in the making; has its public tables.
        reports: The reports.
        published_on: ISO date.

    Returns:
        What the reports say of the journal: fields of `fund.ledger.heads.Said`.

    Raises:
        InputError: The journal is not what was written.
        ParamsError: A fund's file or the rules are wrong.
    """
    if not reports:
        return ()
    known = read_known(project, county, folder)
    for report in reports:
        made: dict[Audience, Frames] = {
            "public": public_frames(known, report.fund, report.period),
            "internal": internal_frames(known, report.fund, report.period),
        }
        for audience, frames in made.items():
            settings = _settings(project, county, term, audience, known.book.funds[report.fund])
            whole = {**settings, **frames}
            path = folder / "slices" / audience / f"{report.scope}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(slice_bytes(_packed(whole, audience)))
    given = people_in(known.book).rechunk()
    given.write_parquet(folder / "internal" / "tables" / f"{DONORS}.parquet", statistics=False)
    return tuple(
        written(
            Said(
                head=known.book.head,
                line=known.book.lines,
                date=published_on,
                statement=statement_name(one.fund, one.period),
            )
        )
        for one in reports
    )


def frames_now(
    project: Project, county: Path, term: Term, fund: str, period: Period
) -> dict[str, pl.DataFrame]:
    """What an internal report of any days would read, worked out on the spot.

    Raises:
        InputError: The journal or the record of reconciliations cannot be believed.
        ParamsError: A fund's file or the rules are wrong.
        UsageError: There is no such fund.
    """
    known = read_known(project, county, project.reports(county, term.code))
    if fund not in known.book.funds:
        there = "、".join(known.book.funds) or "无"
        raise UsageError(f"没有代码为“{fund}”的基金。", remedy=f"现有：{there}。")
    settings = _settings(project, county, term, "internal", known.book.funds[fund])
    return {**settings, **internal_frames(known, fund, period)}


def read_known(project: Project, county: Path, folder: Path) -> Known:
    """What a county's fund statements are told from.

    Args:
        project: The checkout.
        county: The county folder.
        folder: A term's results: the names of schools; without them there are their codes.

    Raises:
        InputError: The journal or the record of reconciliations cannot be believed.
        ParamsError: A fund's file or the rules are wrong.
    """
    rules = read_settings(project.params / "disclosure.toml")
    schools = folder / SCHOOLS
    names = ["school_code", "school_name"]
    nobody = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    return Known(
        book=read_book(county),
        records=read_record(county),
        rules=read_rules(project.params / "fund_rules.toml"),
        events=read_events(county),
        schools=pl.read_parquet(schools, columns=names) if schools.is_file() else nobody,
        threshold=rules.threshold,
        gift_columns=named.columns if (named := rules.named_tables.get(NAMED)) else (),
        published=public_statements(project.root / "reports" / county.name),
    )


def still_true(last: Last, folder: Path) -> bool:
    """Whether the last slices tell what new ones would.

    Args:
        last: The last good results.
        folder: The term's folder in the making; has its public tables.
    """
    if not last.record or not last.tables_believed or any(map(last.changes.get, RESTS_ON)):
        return False
    return last.record.outputs.get(SCHOOLS) == file_digest(folder / SCHOOLS)


def slices_of(names: Iterable[str]) -> list[str]:
    """Which outputs of a term's tables `write_fund_slices` made."""
    own = f"internal/tables/{DONORS}.parquet"
    return [name for name in names if name == own or "/fund-" in name]


def _packed(frames: Frames, audience: Audience) -> dict[str, bytes]:
    columns = fund_slice_columns(audience)
    return {name: pack(frames[name].select(kept)) for name, kept in columns.items()}


def _settings(project: Project, county: Path, term: Term, audience: Audience, fund: Fund) -> Frames:
    """Who publishes, as on the fund's papers, and the Chinese of codes that its reports print."""
    own = read_county_settings(county)
    threshold = read_settings(project.params / "disclosure.toml").threshold
    who = (fund.unit or own.publisher, fund.contact or own.contact)
    row = (audience, FUND, term.code, own.name, *who, threshold)
    types = dict.fromkeys(BOTH["settings"], pl.String) | {"threshold": pl.Int64}
    labels = read_labels(project.params / "labels.toml")
    words = [
        (vocabulary, code, label)
        for vocabulary in VOCABULARIES
        for code, label in labels.names(vocabulary).items()
    ]
    texts = dict.fromkeys(BOTH["labels"], pl.String)
    return {
        "settings": pl.DataFrame([row], schema=types, orient="row"),
        "labels": pl.DataFrame(words, schema=texts, orient="row"),
    }
