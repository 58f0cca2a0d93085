"""Which of the last good results still stand, and in Chinese why the others do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.digests import file_digest
from aidkit.pipeline.ground import OF_TABLES, PUBLISHED
from aidkit.pipeline.jobs import NotebookJob
from aidkit.pipeline.publications import but_for
from aidkit.pipeline.record import RunRecord, load_record, strays
from aidkit.pipeline.report_reads import Places, differing
from aidkit.reads import UNSEEN, URL

NAMED = 3
"""Files that a reason names; of more it gives the number."""

LEARNERS = "learners"
"""Foundation of the tables of learners alone."""

NEW = "还没有做过"
FORCED = "要求全部重做"


@dataclass(frozen=True)
class Last:
    """The last good results of a term, held against what they would rest on now.

    Attributes:
        folder: Where they lie.
        record: Their record; None where there is none to believe.
        ground: What results made now would rest on.
        forced: Whether everything is to be made again, whatever changed.
    """

    folder: Path
    record: RunRecord | None
    ground: Mapping[str, Any]
    forced: bool = False

    @cached_property
    def digests(self) -> dict[str, str]:
        """What the recorded outputs are now, by name."""
        names = self.record.outputs if self.record else ()
        return {name: file_digest(f"{self.folder}/{name}") for name in names}

    @cached_property
    def changes(self) -> dict[str, list[str]]:
        """Foundation to Chinese sentences of what changed in it; only those that changed."""
        if self.record is None:
            return {}
        before = self.record.foundations
        return {
            name: _told(name, before.get(name), now)
            for name, now in self.ground.items()
            if before.get(name) != now and not self._went_out_since(name)
        }

    def _went_out_since(self, name: str) -> bool:
        """Whether nothing was published since but these results: they come out the same."""
        assert self.record is not None
        before, outputs = self.record.foundations.get(PUBLISHED), self.record.outputs
        return (
            name == PUBLISHED
            and before is not None
            and but_for(before, outputs) == but_for(self.ground[PUBLISHED], outputs)
        )

    def altered(self, names: Iterable[str]) -> list[str]:
        """Which outputs are not what the run made."""
        made = self.record.outputs if self.record else {}
        return [name for name in names if self.digests.get(name) != made[name]]

    @cached_property
    def strays(self) -> list[str]:
        """Files that lie among the results and are none."""
        return strays(self.folder, self.record.outputs) if self.record else []

    @property
    def outdated(self) -> bool:
        """Whether the tables cannot stay, as far as that is known without looking at them."""
        if self.forced or self.record is None:
            return True
        return any(self.changes.get(name) for name in (*OF_TABLES, LEARNERS))

    @cached_property
    def tables(self) -> list[str]:
        """Why the tables cannot stay as they are; empty if they can."""
        if self.forced:
            return [FORCED]
        if self.record is None:
            return [NEW]
        reasons = [why for name in OF_TABLES for why in self.changes.get(name, ())]
        return reasons + _altered(self.altered(self.record.tables))

    @property
    def learners(self) -> list[str]:
        """Why the tables of learners cannot stay, although the others can."""
        return self.changes.get(LEARNERS, [])

    @property
    def tables_believed(self) -> bool:
        """Whether new tables may be made from these: they are as the run left them."""
        if self.forced or self.record is None:
            return False
        return not self.altered(self.record.tables)

    def reports(
        self, jobs: Iterable[NotebookJob], places: Places, tables: Mapping[str, str]
    ) -> dict[str, list[str]]:
        """Why each report cannot stay as it is; an empty list if it can.

        Args:
            jobs: The reports wanted now.
            places: Where they would read now.
            tables: Digests of the tables' outputs that lie there, as far as they are known.
        """
        if self.forced or self.record is None:
            return {job.name: [FORCED if self.forced else NEW] for job in jobs}
        changed = differing(self.record.reads, places, tables)
        general = [
            why
            for name in ("aidkit", "package", "environment")
            for why in self.changes.get(name, ())
        ]
        return {job.name: general + self._report(job, changed) for job in jobs}

    def _report(self, job: NotebookJob, changed: set[str]) -> list[str]:
        assert self.record is not None
        if job.name in self.record.failed:
            return ["上次没有完成"]
        last = self.record.reports.get(job.name)
        if last is None:
            return [NEW]
        reasons = []
        notebook = f"{job.source.parent.name}/{job.source.name}"
        sources, now = self.record.foundations["notebooks"], self.ground["notebooks"]
        if last.notebook != notebook or sources.get(notebook) != now.get(notebook):
            reasons.append(f"笔记本 {notebook}")
        names = sorted({*job.parameters, *last.parameters})
        different = [n for n in names if job.parameters.get(n) != last.parameters.get(n)]
        reasons += [f"参数 {name}" for name in different]
        reasons += self._read(sorted(changed.intersection(last.reads)))
        return reasons + _altered(self.altered(last.outputs))

    def _read(self, keys: list[str]) -> list[str]:
        """What a report read and is different: of tables, what made them different."""
        if any(key.partition(":")[0] in {URL, UNSEEN} for key in keys):
            return ["用了别的程序或网络，读了什么无法核对，每次都重做"]
        tables = [key for key in keys if key.split(":", 2)[1] == "term"]
        others = [key.split(":", 2)[2] for key in keys if key not in tables]
        reasons = [f"读过的 {_listed(others)} 有变"] if others else []
        if tables:
            causes = [*self.tables, *self.learners] or ["表格"]
            reasons += [f"所用数据有变（{'；'.join(causes)}）"]
        return reasons


def read_last(folder: Path, ground: Mapping[str, Any], *, forced: bool = False) -> Last:
    """The last good results in `folder`, whatever became of them since."""
    return Last(folder, load_record(folder), ground, forced)


def _altered(names: list[str]) -> list[str]:
    return [f"结果被改动或删除：{_listed(names)}"] if names else []


def _listed(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _told(name: str, before: Any, now: Any) -> list[str]:
    """What changed in one foundation."""
    if not isinstance(now, dict):
        return _PLAIN.get(name, [f"参数 {name}"])
    before = before or {}
    different = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
    if name == "params":
        rooms = (f"{_PARAMS.get(key.split('/')[0], '设置')} {key}" for key in different)
        return [_listed(list(rooms))]
    if name == "parameters":
        return [f"参数 {key}" for key in different]
    if name == "environment":
        different = [f"{key} {before.get(key, '无')} → {now.get(key, '无')}" for key in different]
    elif name == "earlier":
        different = [Term.parse(code).label for code in different]
    elif name == PUBLISHED:
        different = [f"第 {number} 次" for number in different]
    return [f"{_NAMED[name]}{_listed(different)}"]


_PLAIN: dict[str, list[str]] = {
    "aidkit": [],  # its code changed with it
    "package": ["程序"],
    "settings": ["县区设置 county.toml"],
}

_NAMED = {
    "environment": "程序库 ",
    "inputs": "表格有变：",
    "county_params": "本县自己的项目文件或数据 ",
    "earlier": "以前学期的结果：",
    PUBLISHED: "本学期公布过的结果：",
    "notebooks": "笔记本 ",
    "fund": "基金账簿或时段 ",
    "learners": "以前学期的成绩、结对表格或截止日期 ",
}

_PARAMS = {"programs": "项目文件", "figures": "数据文件", "labels.toml": "对照表"}
