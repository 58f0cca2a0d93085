"""Who may take part, and what is said where nobody can."""

import shutil
import socket
import sys
from pathlib import Path

import pytest

import aidkit
from aidkit import digests
from aidkit.errors import UsageError
from aidkit.pipeline.cluster import connection, execute_on_cluster
from tests.cluster.invented import Invented
from tests.cluster.loopback import Cluster, loopback, worker


def refused(invented: Invented, scheduler: str, match: str) -> UsageError:
    jobs = invented.jobs("good", ["1"], "print(x)")
    with pytest.raises(UsageError, match=match) as told:
        execute_on_cluster(jobs, scheduler=scheduler, root=invented.root, work=invented.work)
    assert not jobs[0].output.exists()
    assert told.value.remedy
    return told.value


def test_a_worker_with_another_aidkit(invented: Invented, cluster: Cluster, tmp_path: Path) -> None:
    package = Path(aidkit.__file__).parent
    other = shutil.copytree(
        package, tmp_path / "other" / "aidkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    (other / "extra.py").write_text("", encoding="utf-8")
    path = {"PYTHONPATH": str(other.parent)}
    with worker(tmp_path, cluster, "another", "--no-nanny", env=path):
        fault = refused(invented, cluster.scheduler, "程序和本机不同")
    assert "aidkit 的代码" in fault.message
    assert digests.package_digest()[:12] in fault.message
    assert fault.where.startswith("tcp://127.0.0.1:")


def test_a_worker_with_another_library(
    invented: Invented, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = digests.environment() | {"polars": "0.1"}
    monkeypatch.setattr("aidkit.pipeline.cluster.worker.environment", lambda: ours)
    fault = refused(invented, cluster.scheduler, "polars 本机 0.1，它 2")
    assert "aidkit 的代码" not in fault.message


def test_a_worker_without_aidkit(invented: Invented, cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "aidkit").mkdir()
    (tmp_path / "aidkit" / "__init__.py").write_text("", encoding="utf-8")
    with worker(tmp_path, cluster, "without", "--no-nanny", env={"PYTHONPATH": str(tmp_path)}):
        refused(invented, cluster.scheduler, "里的 aidkit 用不了")


def test_nobody_answers(invented: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert refused(invented, address, "连不上调度程序").where == address
    refused(invented, "nonsense://here", "连不上调度程序")


def test_no_worker(invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1.0)
    with loopback(tmp_path, workers=()) as empty:
        fault = refused(invented, empty.scheduler, "没有带 --resources")
    assert "dask worker" in fault.remedy


def test_distributed_is_not_installed(invented: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "aidkit[cluster]" in refused(invented, "tcp://anywhere", "没有安装").remedy
