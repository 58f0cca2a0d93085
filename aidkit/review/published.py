"""What went out, kept whole: the public results of a term as they were published.

`<county>/review/published/<term>-<number>-<digest>.zip` holds the files of the term's folder
`public`, and below `slices` what the pages of its funds are made from; the log says their digest.
With the digest in its name, no publication is ever written over by another one.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aidkit.calendar import Term
from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.project import FUND_PREFIX, replacing
from aidkit.review.standing import FOLDER, Step

Files = Mapping[str, bytes]
"""Name below `public`, with `/`, to content; `slices/…` lie below `slices/public` of the term."""

_SLICES: Final = "slices"

_DIGITS: Final = 12
"""Of the digest in the name of what is kept."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""So that the archive does not say when it was written."""


def public_files(folder: Path) -> Files:
    """What a term's results publish.

    Args:
        folder: The term's results.
    """
    public, slices = folder / "public", folder / _SLICES / "public"
    found = {
        path.relative_to(public).as_posix(): path.read_bytes()
        for path in sorted(public.rglob("*"))
        if path.is_file()
    }
    of_funds = sorted(slices.glob(f"{FUND_PREFIX}*.parquet"))
    return found | {f"{_SLICES}/{path.name}": path.read_bytes() for path in of_funds}


def lay_out(files: Files, folder: Path) -> None:
    """Put published files where a term's results have them; the inverse of `public_files`.

    Args:
        files: The files.
        folder: Gets them.
    """
    for name, content in files.items():
        first, _, rest = name.partition("/")
        path = folder / _SLICES / "public" / rest if first == _SLICES else folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def digest_of_files(files: Files) -> str:
    """What files are, whatever packs them."""
    return digest_of(repr(sorted((name, digest_of(one)) for name, one in files.items())).encode())


def keep_published(county: Path, term: Term, number: int, files: Files) -> None:
    """Keep what is about to be entered as published.

    Args:
        county: The county folder.
        term: The term.
        number: Which publication of the term it is, from 1.
        files: See `public_files`.
    """
    with (
        replacing(_kept_at(county, term.code, number, digest_of_files(files))) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def published_files(county: Path, step: Step) -> Files:
    """What was published, as it was.

    Args:
        county: The county folder.
        step: The publication.

    Raises:
        InputError: What was kept is lost or was changed.
    """
    path = _kept_at(county, step.term, step.number, step.public)
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, zlib.error):
        files = {}
    if digest_of_files(files) != step.public:
        raise InputError(
            "公布时存下的结果找不到，或者被改过。",
            where=path.as_posix(),
            remedy="请用备份换回这个文件。",
        )
    return files


def _kept_at(county: Path, term: str, number: int, digest: str) -> Path:
    return county / FOLDER / "published" / f"{term}-{number}-{digest[:_DIGITS]}.zip"
