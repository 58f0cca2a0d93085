"""county.toml: who the county is and which programs it adopted."""

from dataclasses import dataclass
from pathlib import Path

from aidkit.errors import ParamsError
from aidkit.programs.reading import read_toml

SETTINGS = "county.toml"


@dataclass(frozen=True)
class County:
    """The settings of a county.

    Attributes:
        name: What reports call it.
        region: Path from the country down, e.g. `cn/henan/xinxiang`.
        publisher: Who publishes the site.
        contact: Whom readers can turn to.
        adopts: Ids of programs whose source names no region and which the county follows.
    """

    name: str
    region: str
    publisher: str
    contact: str
    adopts: tuple[str, ...]


def read_settings(folder: Path) -> County:
    """Read `county.toml` of a county folder.

    Raises:
        ParamsError: The file is absent, or a key is missing, wrong or unknown.
    """
    path = folder / SETTINGS
    if not path.is_file():
        raise ParamsError(
            "县文件夹里没有 county.toml。",
            where=str(path),
            remedy="可用 aidkit init 新建县文件夹，再照样写一份 county.toml。",
        )
    file = read_toml(path)
    county = County(
        name=file.text("name"),
        region=file.text("region"),
        publisher=file.text("publisher"),
        contact=file.text("contact"),
        adopts=file.texts_or_none("adopts"),
    )
    file.done()
    if county.region.split("/")[0] != "cn":
        raise file.fault(
            "region", f"地区“{county.region}”写法不对。", "请写成 cn/henan 这样的路径。"
        )
    return county
