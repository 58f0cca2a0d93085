"""Where workers read the slices of a run: the work folder, another folder, or an address."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from aidkit.digests import digest_of, file_digest
from aidkit.errors import UsageError
from aidkit.project import is_address

SLICES = "*/*/slices/*/*.parquet"
"""Below the work folder: `<county>/<term>/slices/<audience>/<scope>.parquet`."""

SEAL = "seal.parquet"
"""Beside the counties: the digest of all slices, so that nobody reads those of another run."""

READ_ONLY = ("http://", "https://")


def seal_of(work: Path) -> str:
    """One digest of all slices of a run."""
    paths = sorted(work.glob(SLICES))
    found = {path.relative_to(work).as_posix(): file_digest(path) for path in paths}
    return digest_of(repr(found).encode())


@contextmanager
def shared(work: Path, inputs: str | None) -> Iterator[str]:
    """Lay slices where workers read them, and take the copies away again where that is possible.

    A folder that this machine sees, and that is not the work folder itself, gets copies; so does
    an address that polars can write. The work folder under another name, and one that is served
    by http, is left as it is.

    Args:
        work: The working folder of the run.
        inputs: None for the work folder itself, else a folder or address as workers see it.

    Yields:
        What `AIDKIT_WORK` says on the workers.

    Raises:
        UsageError: The slices cannot be written there.
    """
    base = inputs or str(work.resolve())
    slices = sorted(work.glob(SLICES))
    with ExitStack() as after:
        after.callback((work / SEAL).unlink, missing_ok=True)
        _write_seal(work)
        try:
            if is_address(base) and not base.lower().startswith(READ_ONLY):
                for path in (*slices, work / SEAL):
                    _upload(path, address_of(base, path.relative_to(work)))
            elif not is_address(base) and Path(base).is_dir() and not Path(base).samefile(work):
                for path in (*slices, work / SEAL):
                    copy = Path(base) / path.relative_to(work)
                    after.callback(copy.unlink, missing_ok=True)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, copy)
        except OSError as fault:
            raise UsageError(
                f"各校的切片写不到 --inputs 指定的地方：{fault}",
                where=base,
                remedy="请检查地址、权限和对象存储的环境变量，见 docs/cluster.md。",
            ) from None
        yield base


def address_of(base: str, relative: PurePosixPath | Path) -> str:
    """A file below a folder or an address."""
    if is_address(base):
        return f"{base.rstrip('/')}/{relative.as_posix()}"
    return str(Path(base) / relative)


def read_seal(base: str) -> str:
    """The digest of the slices that lie in a place.

    Raises:
        OSError: It cannot be read from here.
    """
    import polars as pl  # noqa: PLC0415  slow to import

    return str(pl.read_parquet(address_of(base, Path(SEAL)))["seal"].item())


def _write_seal(work: Path) -> None:
    import polars as pl  # noqa: PLC0415

    pl.DataFrame({"seal": [seal_of(work)]}).write_parquet(work / SEAL)


def _upload(path: Path, address: str) -> None:
    import polars as pl  # noqa: PLC0415

    pl.read_parquet(path).write_parquet(address)
