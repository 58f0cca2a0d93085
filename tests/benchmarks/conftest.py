"""A scratch folder that the smoke tests share, so that its county is run once."""

import pytest

from benchmarks.bench import Bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), pairs=1, smallest=True)
