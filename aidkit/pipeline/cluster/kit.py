"""What travels with a run to every worker: params, notebooks, the county's settings."""

import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from aidkit.county import SETTINGS
from aidkit.pipeline.jobs import NotebookJob


def pack_kit(root: Path, jobs: Sequence[NotebookJob]) -> bytes:
    """A zip file of all that notebooks read beside their slices; equal files give equal bytes.

    Of a county outside the project nothing travels: our notebooks find all of it in their slices.

    Args:
        root: The project's root; paths in the kit are relative to it.
        jobs: What is to run.
    """
    files = {job.source for job in jobs} | set(_below(root / "params"))
    for name in {job.parameters["county"] for job in jobs if "county" in job.parameters}:
        folder = Path(os.path.normpath(root / name))
        if folder.is_relative_to(root):
            files |= {folder / SETTINGS, *_below(folder / "params")}
    kit = io.BytesIO()
    with zipfile.ZipFile(kit, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            if path.is_file():
                # A bare ZipInfo is dated 1980: when a file was saved changes no report.
                entry = zipfile.ZipInfo(path.relative_to(root).as_posix())
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return kit.getvalue()


def unpack_kit(kit: bytes, folder: Path) -> None:
    """Lay a kit out as a project's root."""
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        archive.extractall(folder)


def _below(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
