"""A journal on a disk that cannot do all that is asked of it."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aidkit.fund.ledger.journal import post, read_book
from tests.fund.county import make_county
from tests.fund.funds import BATCH, START
from tests.fund.vouchers import gift


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "county")


@pytest.mark.skipif(sys.platform == "win32", reason="no folder is brought to the disk there")
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.EIO])
def test_a_disk_that_syncs_no_folders_will_do(
    county: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folders = []
    sync = os.fsync

    def refused(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            folders.append(os.dup(file))
            raise OSError(code, os.strerror(code))
        sync(file)

    monkeypatch.setattr(os, "fsync", refused)
    if code == errno.EIO:
        with pytest.raises(OSError, match=os.strerror(code)):
            post(county, [gift(START, 5)], BATCH)
    else:
        post(county, [gift(START, 5)], BATCH)
        assert read_book(county).entries.height == 1
    (twin,) = folders
    same_folder = os.fstat(twin)
    os.close(twin)
    assert not any(os.path.samestat(same_folder, one) for one in _open_files())


def _open_files() -> Iterator[os.stat_result]:
    for number in range(256):
        with suppress(OSError):
            yield os.fstat(number)
