"""A folder that is replaced whole: a killed run leaves the last good state."""

import shutil
from pathlib import Path

from aidkit.errors import UsageError


def fresh(folder: Path) -> Path:
    """An empty folder; what an interrupted run left in it is thrown away."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def restore(target: Path) -> None:
    """Bring back the last good state if a kill fell between the two renames of `swap`."""
    kept = _kept(target)
    if kept.exists() and not target.exists():
        kept.replace(target)


def restore_below(folder: Path) -> None:
    """`restore` for each folder that lies in this one."""
    for kept in sorted(folder.glob(_kept(folder / "*").name)):
        restore(folder / kept.name.removeprefix(".").removesuffix(".last"))


def swap(made: Path, target: Path) -> None:
    """Put a finished folder in the place of the old one.

    Raises:
        UsageError: A file of the old folder is open in another program (Windows).
    """
    restore(target)
    kept = _kept(target)
    if kept.exists():
        shutil.rmtree(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if target.exists():
            target.replace(kept)
        made.replace(target)
    except PermissionError:
        restore(target)
        raise UsageError(
            "结果文件夹被占用，没有更新。",
            where=target.as_posix(),
            remedy="请关闭正在打开其中文件的 Excel、WPS 或浏览器，再运行一次。",
        ) from None
    shutil.rmtree(kept, ignore_errors=True)


def discard_kept(target: Path) -> None:
    """Throw away what an earlier `swap` could not: somebody had it open."""
    shutil.rmtree(_kept(target), ignore_errors=True)


def _kept(target: Path) -> Path:
    return target.with_name(f".{target.name}.last")
