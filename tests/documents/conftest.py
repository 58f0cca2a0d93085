"""A fund's documents of a year, made once for the tests that look at them."""

from pathlib import Path

import pytest

from aidkit.pipeline.fund import Made, make_receipts, make_statements
from aidkit.project import Project
from tests.documents.fund_county import FUND, YEAR, make_fund_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    return make_fund_county(tmp_path_factory.mktemp("fund") / "project")


@pytest.fixture(scope="session")
def made(county: tuple[Project, Path]) -> Made:
    return make_statements(*county, FUND, YEAR, unreconciled=True)


@pytest.fixture(scope="session")
def receipts(county: tuple[Project, Path]) -> Made:
    return make_receipts(*county, FUND, YEAR)
