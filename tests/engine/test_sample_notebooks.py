"""All notebooks of the sample county: the warm engine's copies against nbclient's."""

from pathlib import Path

import pytest

from aidkit.engine import Kind, Task, open_engine
from tests.conftest import COUNTY, TERM
from tests.engine.making import comparable, executed

KINDS: tuple[Kind, Kind] = ("fork", "kernel")
LIBRARIES = ("polars", "altair", "aidkit.internal", "aidkit.public")


@pytest.fixture(scope="module")
def copies(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    """Every notebook of the term with the parameters of its run, run again both ways."""
    folders: dict[Kind, Path] = {
        "fork": tmp_path_factory.mktemp("fork"),
        "kernel": tmp_path_factory.mktemp("kernel"),
    }
    for kind, folder in folders.items():
        with open_engine(root=built, environment={}, preload=LIBRARIES, kind=kind) as engine:
            outcomes = list(engine.run(_tasks(built, folder)))
        assert [(o.error, o.engine) for o in outcomes] == [("", kind)] * len(outcomes)
    return folders


def _tasks(built: Path, folder: Path) -> list[Task]:
    term = built / "reports" / Path(COUNTY).name / TERM
    tasks = []
    for stored in sorted(term.glob("*/notebooks/*.ipynb")):
        audience = stored.parts[-3]
        source = "term_report" if stored.stem.isdigit() else stored.stem
        tasks.append(
            Task(
                f"{audience}-{stored.stem}",
                built / "notebooks" / audience / f"{source}.ipynb",
                folder / f"{audience}-{stored.name}",
                executed(stored).metadata.papermill.parameters,
            )
        )
    return tasks


def test_no_cell_differs(copies: dict[Kind, Path]) -> None:
    names = sorted(path.name for path in copies["fork"].iterdir())
    assert len(names) >= 10
    assert any(name.startswith("public-99") for name in names)
    differing = []
    cells = 0
    for name in names:
        ours, stock = (comparable(copies[kind] / name) for kind in KINDS)
        pairs = list(zip(ours["cells"], stock["cells"], strict=True))
        cells += len(pairs)
        differing += [(name, i) for i, (our, their) in enumerate(pairs) if our != their]
        assert ours["metadata"] == stock["metadata"]
    assert differing == []
    assert cells > 100
