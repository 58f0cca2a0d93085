"""Files of the last good results into the new ones, without copying where the disk can link."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def take_over(names: Iterable[str], last: Path, folder: Path) -> None:
    """Give files a second name in `folder`; copy them where the file system has no hard links.

    Nothing writes into such a file: new results are new files, and the old folder goes as a whole.

    Args:
        names: Paths relative to both folders.
        last: Where the files lie.
        folder: Where they should lie too.
    """
    rooms: set[Path] = set()
    for name in names:
        source, target = last / name, folder / name
        if target.parent not in rooms:
            target.parent.mkdir(parents=True, exist_ok=True)
            rooms.add(target.parent)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
