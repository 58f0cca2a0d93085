"""Invented programs, written and loaded."""

from pathlib import Path

import pytest

from aidkit.programs import Version, load_programs
from tests.programs.texts import TOP, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write programs, each from the text of its versions, and load them all."""

    def load(**programs: str) -> tuple[Version, ...]:
        for name, versions in programs.items():
            path = tmp_path / f"{name}.toml"
            top = TOP.format(id=name, title=f"项目{name}")
            path.write_text(f"{top}\n{versions}", encoding="utf-8")
        return load_programs(tmp_path)

    return load
