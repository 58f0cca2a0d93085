"""The small site, published once for the tests that only look."""

import shutil
from pathlib import Path

import pytest

from aidkit.publish import publish_site
from aidkit.publish.charts import write_vega
from tests.publish.small_site import make_site


@pytest.fixture(scope="session")
def vega(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chart bundle, made once."""
    path = tmp_path_factory.mktemp("bundle") / "vega.js"
    write_vega(path)
    return path


@pytest.fixture
def site(tmp_path: Path, vega: Path) -> Path:
    """A site project that a test may change."""
    folder = make_site(tmp_path / "site")
    shutil.copy(vega, folder / "assets" / "vega.js")
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, vega: Path) -> Path:
    """The small site, published offline; tests must not change it."""
    folder = tmp_path_factory.mktemp("published")
    project = make_site(folder / "site")
    shutil.copy(vega, project / "assets" / "vega.js")
    return publish_site(project, folder / "out", "offline").out
