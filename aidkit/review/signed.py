"""What was submitted, kept whole beside the log, so that differences can be told later."""

from pathlib import Path

from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.project import replacing
from aidkit.review.content import Content, content_from
from aidkit.review.standing import FOLDER


def keep(county: Path, content: Content) -> None:
    """Keep a content; where it lies already as it is nothing is written."""
    path = _kept_at(county, content.digest)
    if not path.is_file() or digest_of(path.read_bytes()) != content.digest:
        with replacing(path) as file:
            file.write(content.text.encode())


def _kept_at(county: Path, digest: str) -> Path:
    """Named by what it holds, so that nothing ever overwrites it."""
    return county / FOLDER / "signed" / f"{digest[:32]}.csv"


def signed_content(county: Path, digest: str) -> Content:
    """The content that was submitted under a digest.

    Raises:
        InputError: Its file is lost or was changed.
    """
    path = _kept_at(county, digest)
    text = path.read_bytes() if path.is_file() else b""
    if digest_of(text) != digest:
        raise InputError(
            "送审时存下的内容找不到，或者被改过。",
            where=path.as_posix(),
            remedy="请用备份换回这个文件；没有备份就重新送审。",
        )
    return content_from(text.decode())
