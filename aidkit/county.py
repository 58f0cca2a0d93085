"""county.toml: who the county is, which programs it adopted, and its own word on quotas."""

from dataclasses import dataclass
from pathlib import Path

from aidkit.errors import UsageError
from aidkit.labels import project_labels
from aidkit.toml import TomlTable, read_toml

SETTINGS = "county.toml"

_BASES = ("students", "boarders")


@dataclass(frozen=True)
class CountyQuota:
    """What a county says of a program's quota where the source leaves it open.

    Attributes:
        places: The county's own number of places; None where the version's figure holds.
        base: Whose share a percentage is: `students` or `boarders`; None where the version says.
    """

    places: int | None
    base: str | None


@dataclass(frozen=True)
class County:
    """The settings of a county.

    Attributes:
        name: What reports call it.
        region: Path from the country down, e.g. `cn/henan/xinxiang`.
        publisher: Who publishes the site.
        contact: Whom readers can turn to.
        hotline: Number for complaints, which notices print; empty where the contact says it.
        adopts: Ids of programs whose source names no region and which the county follows.
        kinds: What conditions may ask of it; codes of vocabulary `county_kind`.
        quotas: Its own word on quotas, by program id.
    """

    name: str
    region: str
    publisher: str
    contact: str
    adopts: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    quotas: tuple[tuple[str, CountyQuota], ...] = ()
    hotline: str = ""


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
        kinds=file.choices_or_empty("kinds", project_labels().names("county_kind")),
        quotas=_quotas(file.table_or_empty("quota")),
        hotline=file.text_or("hotline", ""),
    )
    file.done()
    if county.region.split("/")[0] != "cn":
        raise file.fault(
            "region", f"地区“{county.region}”写法不对。", "请写成 cn/henan 这样的路径。"
        )
    return county


def _quotas(tables: TomlTable) -> tuple[tuple[str, CountyQuota], ...]:
    found = tuple((program_id, _quota(tables.table(program_id))) for program_id in tables.keys)
    tables.done()
    return found


def _quota(table: TomlTable) -> CountyQuota:
    quota = CountyQuota(
        places=table.whole("places") if "places" in table else None,
        base=table.optional_choice("of", _BASES),
    )
    table.done()
    if quota == CountyQuota(None, None):
        raise table.fault("", "这里既没有名额数，也没有比例的基数。", "请写 places 或 of。")
    if quota.places is not None and quota.places < 0:
        raise table.fault("places", "名额不能为负。", "请写 0 或正整数。")
    return quota
