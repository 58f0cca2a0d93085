"""What stands on a fund's papers, as text and as cells."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from aidkit.gate.pdf import pdf_texts
from aidkit.pipeline.fund import Made


def names(made: Made) -> set[str]:
    return {path.relative_to(made.folder).as_posix() for path in made.files}


def pdf_text(path: Path) -> str:
    return re.sub(r"\s", "", "".join(text for _, text in pdf_texts(path.read_bytes())))


def texts_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return pdf_text(path)
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode("utf-8") for name in packed.namelist())


def sheet(path: Path, name: str) -> Iterator[tuple[object, ...]]:
    return load_workbook(io.BytesIO(path.read_bytes()))[name].iter_rows(values_only=True)
