"""Every kind of leak in every channel is found."""

from pathlib import Path

import pytest

from aidkit.gate import scan
from tests.gate.planted import CHANNELS, LEAKS, PEOPLE, Plant


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_planted_leak_is_found(tmp_path: Path, plant: Plant, leak: str) -> None:
    text, kind = LEAKS[leak]
    if plant.__name__ == "file_name":
        text = text.replace("*", "×")
    file = plant(tmp_path, text)

    findings = scan(tmp_path, PEOPLE)

    assert kind in {finding.kind for finding in findings}, findings
    assert {finding.file for finding in findings} == {file} or plant.__name__ == "file_name"
    shown = "".join(str(finding) for finding in findings)
    assert text not in shown
    assert text.replace(" ", "") not in shown.replace(" ", "")


@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_channel_without_leak_is_clean(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "青山县共有 1,234 人受助")

    assert scan(tmp_path, PEOPLE) == []
