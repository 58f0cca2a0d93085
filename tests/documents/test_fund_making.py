"""Making a fund's documents: refused, interrupted, or on a machine without fonts."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidkit.documents import typesetting
from aidkit.errors import MissingTablesError
from aidkit.fund.ledger.heads import said_before
from aidkit.pipeline import fund as making
from aidkit.pipeline.fund import Made, make_receipts, make_statements
from aidkit.pipeline.workspace import restore
from aidkit.project import Project
from tests.documents.fund_county import FUND, YEAR, make_fund_county
from tests.documents.fund_papers import names

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import sys
from pathlib import Path
from aidkit.fund.period import Period
from aidkit.pipeline.fund import make_statements
from aidkit.project import Project
print("ready", flush=True)
root, county = map(Path, sys.argv[1:])
make_statements(Project(root), county, "love", Period.year(2026), unreconciled=True)
"""


def test_nothing_is_stated_before_the_bank_agrees(tmp_path: Path) -> None:
    project, county = make_fund_county(tmp_path / "project")
    with pytest.raises(MissingTablesError, match="银行"):
        make_statements(project, county, FUND, YEAR, unreconciled=False)
    assert not (project.root / "reports").exists()
    assert said_before(county) == []


def test_a_machine_without_chinese_fonts(
    tmp_path: Path, county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_fonts", lambda: (None, frozenset()))
    project = Project(tmp_path)
    (tmp_path / "params").symlink_to(county[0].params)
    made = make_statements(project, county[1], FUND, YEAR, unreconciled=True)
    assert not any(name.endswith(".pdf") for name in names(made))
    assert {"public/收支公示表.docx", "internal/基金报表.xlsx"} <= names(made)
    assert [remark for remark in made.remarks if "fonts-noto-cjk" in remark]
    receipts = make_receipts(project, county[1], FUND, YEAR)
    assert names(receipts) == {"基金报表.xlsx", "票据登记.docx", "record.json"}
    assert [remark for remark in receipts.remarks if "fonts-noto-cjk" in remark]


def test_a_failure_leaves_the_last_good_documents(
    made: Made, county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in made.files}

    def broken(*_: object) -> Iterator[str]:
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_feedback", broken)
    with pytest.raises(OSError, match="disk full"):
        make_statements(*county, FUND, YEAR, unreconciled=True)
    assert {path: path.read_bytes() for path in made.files} == before


def test_a_kill_leaves_whole_documents(made: Made, county: tuple[Project, Path]) -> None:
    project, folder = county
    before = {path: path.read_bytes() for path in made.files}
    for seconds in (0.05, 0.6, 1.2):
        words = [sys.executable, "-c", MAKE, str(project.root), str(folder)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        restore(made.folder)
        assert {path: path.read_bytes() for path in made.files} == before
