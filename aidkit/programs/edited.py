"""What-if: edited copies of program files in the place of the files themselves."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aidkit.errors import ParamsError, UsageError
from aidkit.programs.load import CASES, load_programs
from aidkit.programs.version import Version
from aidkit.toml import read_toml


def load_edited(folders: Sequence[Path], edited: Sequence[Path]) -> tuple[Version, ...]:
    """Read program folders, with edited copies instead of the files of the same program.

    Args:
        folders: As for `load_programs`.
        edited: Edited copies, whatever they are called; the `id` inside says which program. One
            with a new id is a further program.

    Raises:
        UsageError: A copy is not there, or two are of one program.
        ParamsError: A file breaks a rule.
    """
    copies: dict[str, Path] = {}
    for path in edited:
        if not path.is_file():
            raise UsageError(
                "没有这个项目文件。",
                where=f"--program {path.as_posix()}",
                remedy="请检查路径；文件是改过的项目文件 .toml。",
            )
        program_id = read_toml(path).text("id")
        if copies.setdefault(program_id, path) is not path:
            raise UsageError(
                f"项目“{program_id}”给了两份。", where="--program", remedy="请只留一份。"
            )
    if not copies:
        return load_programs(*folders)
    with tempfile.TemporaryDirectory() as scratch:
        mine = [Path(scratch) / str(number) for number in range(len(folders) + 1)]
        real = {}
        for folder, kept in zip(folders, mine, strict=False):
            kept.mkdir()
            for path in sorted(folder.glob("*.toml")):
                if path.stem not in copies and not path.name.endswith(CASES):
                    real[str(shutil.copy(path, kept))] = str(path)
        mine[-1].mkdir()
        for program_id, path in copies.items():
            real[str(shutil.copy(path, mine[-1] / f"{program_id}.toml"))] = str(path)
        try:
            return load_programs(*mine)
        except ParamsError as fault:
            file, colon, key = fault.where.partition("：")
            where = f"{real.get(file, file)}{colon}{key}"
            raise ParamsError(fault.message, where=where, remedy=fault.remedy) from None
