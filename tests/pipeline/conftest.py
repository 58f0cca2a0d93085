"""The small county with its learners, made once; tests that change something get a copy."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import make_project
from tests.pipeline.learner_county import Made


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    one = Made(make_project(tmp_path_factory.mktemp("learners")))
    one.tables()
    one.learners()
    return one


@pytest.fixture
def other(made: Made, tmp_path: Path) -> Made:
    """A copy that a test may change."""
    return Made(Path(shutil.copytree(made.project.root, tmp_path / "other")))
