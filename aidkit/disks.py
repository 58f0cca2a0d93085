"""What reaches the disk before a writer says that it is there."""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_NO_FOLDERS: Final = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What network disks say that know no order to keep a folder."""


def keep_folder(folder: Path) -> None:
    """Bring a folder's list of files safely to the disk, where the system can.

    Args:
        folder: The folder of a file that is new.
    """
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as fault:
        if fault.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(opened)
