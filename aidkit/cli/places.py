"""Which county a command means, and how paths are printed."""

import argparse
from pathlib import Path

from aidkit.errors import UsageError
from aidkit.project import Project

DEMO = "data/demo"
"""The county folder where none was named or remembered."""


def county_of(project: Project, words: argparse.Namespace) -> str:
    """The county folder: of `--county`, else the one last made.

    Raises:
        UsageError: The one named is not there.
    """
    if words.__dict__.get("county"):
        folder = Path(words.county)
        if not folder.is_dir():
            raise UsageError(
                "没有这个县区文件夹。",
                where=folder.as_posix(),
                remedy="请检查 --county 后面的路径。",
            )
        return short(project, folder)
    return project.remembered_county() or DEMO


def program_folders(project: Project, words: argparse.Namespace) -> list[Path]:
    """Where programs lie: the project's own, then the county's where it has some."""
    local = project.county(county_of(project, words)) / "params" / "programs"
    return [project.params / "programs", *([local] if local.is_dir() else [])]


def short(project: Project, folder: Path) -> str:
    """A path relative to the project, where it lies in it; always with `/`."""
    full = folder.resolve()
    if full.is_relative_to(project.root):
        return full.relative_to(project.root).as_posix()
    return full.as_posix()
