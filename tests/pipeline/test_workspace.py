"""A folder is replaced whole, at whatever moment the process is killed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aidkit import locking
from aidkit.errors import UsageError
from aidkit.locking import one_at_a_time
from aidkit.pipeline import workspace


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "a").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "a").read_text(encoding="utf-8")


def test_swap_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = folder(tmp_path / "site", "old")
    workspace.swap(folder(tmp_path / "new", "new"), target)
    assert content(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_killed_between_the_renames(tmp_path: Path) -> None:
    target = folder(tmp_path / "site", "old")
    target.replace(tmp_path / ".site.last")
    workspace.restore(target)
    assert content(target) == "old"


def test_whatever_a_kill_left_between_the_renames_comes_back(tmp_path: Path) -> None:
    workspace.restore_below(tmp_path / "none")
    for term in ("2025-autumn", "2026-spring"):
        folder(tmp_path / f".{term}.last", term)
    folder(tmp_path / "2026-spring", "new")
    workspace.restore_below(tmp_path)
    assert content(tmp_path / "2025-autumn") == "2025-autumn"
    assert content(tmp_path / "2026-spring") == "new"


def test_killed_before_the_old_one_was_thrown_away(tmp_path: Path) -> None:
    target = folder(tmp_path / "site", "new")
    folder(tmp_path / ".site.last", "old")
    workspace.restore(target)
    assert content(target) == "new"
    workspace.swap(folder(tmp_path / "newer", "newer"), target)
    assert content(target) == "newer"
    assert not (tmp_path / ".site.last").exists()


def test_one_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "reports" / ".lock"
    with (
        one_at_a_time(lock),
        pytest.raises(UsageError, match="正在运行"),
        one_at_a_time(lock),
    ):
        pass
    with one_at_a_time(lock):
        pass


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOLCK, "复制到本机"),
        (errno.EOPNOTSUPP, "复制到本机"),
        (errno.EACCES, "正在运行"),
        (errno.EAGAIN, "正在运行"),
        (errno.EDEADLK, "正在运行"),
    ],
)
def test_a_disk_without_locks_is_not_told_as_another_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    tries = []

    def refused(file: int) -> None:
        tries.append(file)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(locking, "_take", refused)
    with pytest.raises(UsageError) as stopped, one_at_a_time(tmp_path / ".lock", wait=0.06):
        pass
    assert told in str(stopped.value)
    assert (len(tries) == 1) == (told == "复制到本机")


def test_a_killed_holder_gives_the_lock_up(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    code = (
        "import sys; from pathlib import Path; from aidkit.locking import one_at_a_time;"
        "held = one_at_a_time(Path(sys.argv[1])); held.__enter__(); print(1, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(UsageError, match="正在运行"), one_at_a_time(lock):
            pass
        holder.kill()
    with one_at_a_time(lock):
        pass


def test_fresh_throws_leftovers_away(tmp_path: Path) -> None:
    folder(tmp_path / "work", "half")
    assert list(workspace.fresh(tmp_path / "work").iterdir()) == []
