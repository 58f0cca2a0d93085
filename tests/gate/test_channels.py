"""A leak of each sort in every further channel of a site: nothing is too well hidden."""

from pathlib import Path

import pytest

from aidkit.gate import scan
from tests.gate.planted import LEAKS, PEOPLE, Plant
from tests.gate.planted_files import FILES
from tests.gate.planted_office import DOCUMENTS, PARTS, WORKBOOKS

MORE_CHANNELS = [*WORKBOOKS, *DOCUMENTS, *PARTS, *FILES]

SORTS = ("id_number", "student_no", "phone", "card", "name", "address")


@pytest.mark.parametrize("leak", SORTS)
@pytest.mark.parametrize("plant", MORE_CHANNELS, ids=lambda plant: plant.__name__)
def test_planted_leak_is_found(tmp_path: Path, plant: Plant, leak: str) -> None:
    text, kind = LEAKS[leak]
    file = plant(tmp_path, text)

    findings = scan(tmp_path, PEOPLE)

    assert kind in {finding.kind for finding in findings}, findings
    assert {finding.file for finding in findings} == {file}
    assert all(finding.place and finding.remedy for finding in findings)
    assert text not in "".join(map(str, findings))


@pytest.mark.parametrize("plant", MORE_CHANNELS, ids=lambda plant: plant.__name__)
def test_channel_without_leak_is_clean(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "青山县共有 1,234 人受助")

    assert scan(tmp_path, PEOPLE) == []
