"""Write the sample county into a folder."""

from pathlib import Path

from aidkit.errors import UsageError
from aidkit.project import replacing
from aidkit.sample.county import Size, build_county
from aidkit.sample.doubts import plant_doubts
from aidkit.sample.faults import PlantedFault, plant
from aidkit.sample.settings import own_params, settings
from aidkit.sample.workbooks import write_book


def make_county(
    folder: Path, *, seed: int = 2026, size: Size = "county", dirty: bool = False
) -> None:
    """Write the sample county: the same arguments give the same bytes.

    Args:
        folder: Where to; empty, absent, or holding the same county from an earlier call.
        seed: Everything that is left to chance follows from it.
        size: `county` has 24 schools and about 12,000 pupils, `small` five schools and 250,
            `tiny` two schools and 60, `wide` 300 schools, most of them small, and 18,000.
        dirty: Whether faults are planted, one of each kind that intake must find; in the
            counties that have the schools for it, which are `county` and `small`.

    Raises:
        UsageError: The folder holds something else, which is left untouched, or there are no
            faults for that size.
    """
    if dirty and size not in ("county", "small"):
        raise UsageError(
            "这种规模的样例县没有带错误的一份。", where=size, remedy="请用 county 或 small。"
        )
    mark = f"# 样例县，纯属虚构，由 aidkit 生成：seed={seed} size={size} dirty={dirty}\n"
    _refuse_foreign(folder, folder / "county.toml", mark)
    books = build_county(seed, size)
    if dirty:
        plant(books)
        plant_doubts(books)
    texts = {f"params/{path}": text for path, text in own_params().items()}
    for path, text in {"county.toml": mark + settings(size), **texts}.items():
        with replacing(folder / path) as file:
            file.write(text.encode())
    for book in books:
        write_book(folder, book)


def planted_faults(*, seed: int = 2026, size: Size = "county") -> list[PlantedFault]:
    """Every fault of `make_county(dirty=True)` with the cell it stands in."""
    return plant(build_county(seed, size))


def planted_doubts(*, seed: int = 2026, size: Size = "county") -> list[PlantedFault]:
    """Every fault of `make_county(dirty=True)` that appears only when the term is decided."""
    books = build_county(seed, size)
    plant(books)
    return plant_doubts(books)


def _refuse_foreign(folder: Path, settings: Path, mark: str) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if settings.is_file() and settings.read_text(encoding="utf-8").startswith(mark):
        return
    raise UsageError(
        "这个文件夹里已有别的内容，没有写入样例。",
        where=folder.name,
        remedy="请换一个空文件夹，或先把里面的内容移走。",
    )
