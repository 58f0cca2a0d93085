"""One cluster for the tests that leave it as it was, and an invented project for each."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.cluster.invented import Invented
from tests.cluster.loopback import Cluster, loopback
from tests.cluster.serving import served


@pytest.fixture(scope="package")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An object store: what the environment says of it."""
    with served(tmp_path_factory.mktemp("bucket")) as address:
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "anywhere",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
        }


@pytest.fixture(scope="package")
def cluster(tmp_path_factory: pytest.TempPathFactory, bucket: dict[str, str]) -> Iterator[Cluster]:
    """Two workers that come back when they are killed; the scheduler gives up at the second."""
    folder = tmp_path_factory.mktemp("cluster")
    with loopback(folder, allowed_failures=1, env=bucket) as running:
        yield running


@pytest.fixture
def invented(tmp_path: Path) -> Invented:
    project = Invented(tmp_path / "project")
    (project.slices / "internal").mkdir(parents=True)
    pl.DataFrame({"name": ["hello"], "frame": [b"hello"]}).write_parquet(
        project.slices / "internal" / "county.parquet"
    )
    return project
