"""Which public statements of a county's funds the site offers as documents."""

import json
from pathlib import Path

from aidkit.digests import file_digest
from aidkit.pipeline.fund_record import RECORD, Stated, stated_by
from aidkit.pipeline.fund_reports import public_folders
from aidkit.project import Project
from aidkit.staging.fund_documents import Offered

_PUBLIC = "public"
_SPEAKS = ("agrees", "no_bank")
"""What the bank said of statements that may be offered: see `fund.reconciling.standing`."""


def offered(project: Project, county: Path) -> tuple[Offered, ...]:
    """The public statements of a county, by fund and period.

    Left out is what the bank did not agree with, and each file that is not the one that was made;
    the audit tells of those.

    Args:
        project: The checkout.
        county: The county folder.
    """
    found = []
    for folder in public_folders(project.root / "reports" / county.name):
        try:
            stated = stated_by(folder / RECORD)
            bank = json.loads((folder / RECORD).read_text(encoding="utf-8"))["bank"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # The audit says which record cannot be read.
        if bank in _SPEAKS:
            days = stated.period
            found.append(Offered(stated.fund, days.first, days.last, _unaltered(stated, folder)))
    return tuple(found)


def _unaltered(stated: Stated, folder: Path) -> tuple[Path, ...]:
    return tuple(
        folder / name
        for name, digest in stated.files.items()
        if name.split("/")[0] == _PUBLIC and file_digest(folder / name) == digest
    )
