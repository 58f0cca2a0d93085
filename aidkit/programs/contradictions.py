"""Where the source documents contradict each other or leave something open, and what we do."""

from dataclasses import dataclass
from pathlib import Path

from aidkit.toml import read_toml


@dataclass(frozen=True)
class Contradiction:
    """One contradiction or gap that no single version can tell.

    Attributes:
        id: Name in code.
        title: The question, Chinese.
        figures: What is said, each as its source puts it.
        sources: Where.
        kept: What aidkit does about it.
    """

    id: str
    title: str
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    kept: str

    def __str__(self) -> str:
        said, where = "；".join(self.figures), "；".join(self.sources)
        return f"[矛盾] {self.id}：{self.title}。{said}（{where}）。处理：{self.kept}"


def load_contradictions(path: Path) -> tuple[Contradiction, ...]:
    """Read `params/contradictions.toml`; an absent file holds none.

    Raises:
        ParamsError: A key is missing, wrong or unknown, or an id stands twice.
    """
    if not path.is_file():
        return ()
    file = read_toml(path)
    found: dict[str, Contradiction] = {}
    for row in file.tables("contradiction"):
        contradiction = Contradiction(
            id=row.text("id"),
            title=row.text("title"),
            figures=row.ids("figures"),
            sources=row.ids("sources"),
            kept=row.text("kept"),
        )
        row.done()
        if found.setdefault(contradiction.id, contradiction) is not contradiction:
            raise row.fault("id", f"“{contradiction.id}”写了两次。", "请换一个 id，或合成一条。")
    file.done()
    return tuple(found.values())
