"""Workers read slices from the work folder, another folder or an address; never another run's."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from aidkit.errors import UsageError
from aidkit.pipeline.cluster import execute_on_cluster
from aidkit.pipeline.cluster.inputs import SEAL, read_seal, seal_of, shared
from tests.cluster.invented import Invented, printed
from tests.cluster.loopback import Cluster
from tests.cluster.serving import served

READ = """
import os
import polars as pl

work = os.environ["AIDKIT_WORK"]
print(pl.read_parquet(f"{work}/demo/2026-autumn/slices/internal/county.parquet")["name"].item())
"""


def run(invented: Invented, cluster: Cluster, inputs: str | None) -> None:
    """One report that prints what its slice holds; its reads are those of a local run."""
    [job] = invented.jobs("reading", ["1"], READ)
    [result] = execute_on_cluster(
        [job],
        scheduler=cluster.scheduler,
        root=invented.root,
        work=invented.work,
        inputs=inputs,
    )
    assert result.error == ""
    assert printed(job.output) == "hello\n"
    assert not (invented.work / SEAL).exists()
    assert f"file:{invented.slices / 'internal' / 'county.parquet'}" in result.reads
    assert not [line for line in result.reads if line.startswith(("unseen:", "url:"))]


def test_the_work_folder_itself(invented: Invented, cluster: Cluster) -> None:
    run(invented, cluster, None)


def test_a_folder_gets_copies_that_are_taken_away_again(
    invented: Invented, cluster: Cluster, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    run(invented, cluster, str(share))
    assert not [path for path in share.rglob("*") if path.is_file()]


def test_the_work_folder_under_another_name(
    invented: Invented, cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "mounted").symlink_to(invented.work)
    run(invented, cluster, str(tmp_path / "mounted"))
    assert (invented.slices / "internal" / "county.parquet").is_file()


def test_an_address_that_polars_writes(
    invented: Invented, cluster: Cluster, tmp_path: Path
) -> None:
    run(invented, cluster, f"file://{(tmp_path / 'bucket').as_posix()}")


def test_an_object_store(
    invented: Invented,
    cluster: Cluster,
    bucket: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in bucket.items():
        monkeypatch.setenv(name, value)
    run(invented, cluster, "s3://aid/run")


def test_an_address_that_is_served(invented: Invented, cluster: Cluster) -> None:
    with served(invented.root / "reports") as address:
        run(invented, cluster, f"{address}/.work")


def test_slices_of_another_run_are_refused(
    invented: Invented, cluster: Cluster, tmp_path: Path
) -> None:
    stale = tmp_path / "stale"
    shutil.copytree(invented.work, stale)
    pl.DataFrame({"seal": ["of another run"]}).write_parquet(stale / SEAL)
    with served(stale) as address, pytest.raises(UsageError, match="另一次运行"):
        run(invented, cluster, address)


def test_a_place_that_workers_do_not_see_is_refused(
    invented: Invented, cluster: Cluster, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="读不到各校的切片") as told:
        run(invented, cluster, str(tmp_path / "nowhere"))
    assert "--inputs" in told.value.remedy
    with served(tmp_path) as address, pytest.raises(UsageError, match="读不到") as told:
        run(invented, cluster, f"{address}/nothing")
    assert "Range" in told.value.remedy


def test_the_seal_changes_with_every_slice(invented: Invented) -> None:
    before = seal_of(invented.work)
    with shared(invented.work, None) as base:
        assert read_seal(base) == before
    other = invented.slices / "public"
    other.mkdir()
    (other / "county.parquet").write_bytes(b"")
    assert seal_of(invented.work) != before
