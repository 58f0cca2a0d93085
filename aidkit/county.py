"""county.toml: who the county is and which programs it adopted."""

from dataclasses import dataclass
from pathlib import Path

from aidkit.errors import UsageError
from aidkit.toml import read_toml

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


def read_county_settings(folder: Path) -> County:
    """Read `county.toml` of a county folder.

    Raises:
        UsageError: The folder is not a county folder.
        ParamsError: A key is missing, wrong or unknown.
    """
    path = folder / SETTINGS
    if not path.is_file():
        raise UsageError(
            "县区文件夹里没有 county.toml。",
            where=folder.as_posix(),
            remedy="请检查文件夹；没有数据时先运行 aidkit demo 或 aidkit init。",
        )
    file = read_toml(path)
    county = County(
        name=file.text("name"),
        region=file.text("region"),
        publisher=file.text("publisher"),
        contact=file.text("contact"),
        adopts=file.texts_or_empty("adopts"),
    )
    file.done()
    if county.region.split("/")[0] != "cn":
        raise file.fault(
            "region", f"地区“{county.region}”写法不对。", "请写成 cn/henan 这样的路径。"
        )
    return county
