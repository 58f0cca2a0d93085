"""What went out, kept whole: the public results of a term as they were published.

`<county>/review/published/<term>-<number>.zip` holds the files of the term's folder `public`; the
log says their digest.
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
from aidkit.project import replacing
from aidkit.review.standing import FOLDER, Step

Files = Mapping[str, bytes]
"""Name below `public`, with `/`, to content."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""So that the archive does not say when it was written."""


def public_files(public: Path) -> Files:
    """What lies in a term's folder `public`.

    Args:
        public: The folder.
    """
    paths = sorted(path for path in public.rglob("*") if path.is_file())
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in paths}


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
        replacing(_kept_at(county, term.code, number)) as file,
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
    path = _kept_at(county, step.term, step.number)
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


def _kept_at(county: Path, term: str, number: int) -> Path:
    return county / FOLDER / "published" / f"{term}-{number}.zip"
