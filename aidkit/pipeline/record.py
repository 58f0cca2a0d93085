"""The run record: what a term's results rest on, what each report read, and what came out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.digests import file_digest, files_below
from aidkit.errors import MissingTablesError, NotebookError
from aidkit.pipeline.ground import earlier_results
from aidkit.project import Project, replacing

RECORD = "run.json"


@dataclass(frozen=True)
class ReportRecord:
    """What one finished report was made from.

    Attributes:
        notebook: Its source, relative to `notebooks/`.
        parameters: What was injected.
        reads: What it read; keys of `RunRecord.reads`.
        outputs: What was made, relative to the term's folder.
    """

    notebook: str
    parameters: Mapping[str, str]
    reads: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class RunRecord:
    """All of one run.

    Attributes:
        foundations: Digests of what the results rest on; see `pipeline.ground`.
        counts: What the tables' summary says.
        schools: Codes of the schools that have reports of their own, sorted.
        reads: What reports read, with its digest; see `pipeline.report_reads`.
        reports: The reports that succeeded, by name.
        failed: Reports that did not, by name, with the error.
        outputs: Every file made, relative to the term's folder, with its digest.
        statements: What each fund's reports say of the journal: its head and the number of its
            last line, the day and the statement; the same is kept beside the journal
            (`fund.ledger.heads`), so that an audit finds a book that was cut or written anew.
    """

    foundations: Mapping[str, Any]
    counts: Mapping[str, int]
    schools: tuple[str, ...]
    reads: Mapping[str, str]
    reports: Mapping[str, ReportRecord]
    failed: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    statements: Sequence[Mapping[str, Any]] = ()

    @property
    def tables(self) -> list[str]:
        """Outputs of the tables stage: what no report made."""
        made = {name for report in self.reports.values() for name in report.outputs}
        return [name for name in self.outputs if name not in made and not _of_report(name)]


def write_record(folder: Path, record: RunRecord) -> None:
    """Write `run.json` beside a term's results."""
    with replacing(folder / RECORD) as file:
        file.write(json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())


def load_record(folder: Path) -> RunRecord | None:
    """The record of a run as it stands, or None where there is none that this version wrote."""
    try:
        stored = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        reports = {
            name: ReportRecord(
                one["notebook"], one["parameters"], tuple(one["reads"]), tuple(one["outputs"])
            )
            for name, one in stored.pop("reports").items()
        }
        return RunRecord(**stored | {"reports": reports, "schools": tuple(stored["schools"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def altered(folder: Path, names: Mapping[str, str]) -> list[str]:
    """Which outputs are no longer what the run made, sorted.

    Args:
        folder: The term's results.
        names: Output to digest.
    """
    now = output_digests(folder, names)
    return [name for name, digest in now.items() if names[name] != digest]


def read_record(folder: Path) -> RunRecord:
    """Read the record of a run and check that its results are still what it made.

    Raises:
        MissingTablesError: No run; a result was changed or removed since, or one was added to
            those that are published.
    """
    place, again = f"{folder.parent.name}/{folder.name}", f"aidkit run {folder.name}"
    record = load_record(folder)
    if record is None:
        raise MissingTablesError(
            "这个学期还没有完整的运行结果，或者是另一个版本的程序做的。",
            where=place,
            remedy=f"请先运行 {again}",
        )
    if changed := altered(folder, record.outputs):
        raise MissingTablesError(
            f"运行之后有 {len(changed)} 个结果文件被改动或删除，例如 {changed[0]}。",
            where=place,
            remedy=f"请重新运行 {again}",
        )
    if added := [name for name in strays(folder, record.outputs) if name.startswith("public/")]:
        raise MissingTablesError(
            f"公开的结果里有 {len(added)} 个不是运行做出的文件，例如 {added[0]}。",
            where=place,
            remedy=f"请把它们移走，或重新运行 {again}",
        )
    return record


def refuse_outdated(project: Project, county: Path, term: Term) -> RunRecord:
    """Read a term's record; stop where its reports must not be published as they lie.

    Raises:
        MissingTablesError: No run; a result was changed since; or the reports compare with an
            earlier term that was made again since.
        NotebookError: A public report did not succeed.
    """
    folder = project.reports(county, term.code)
    record = read_record(folder)
    place = f"{county.name}/{term.code}"
    if failed := [name for name in record.failed if name.startswith("public/")]:
        raise NotebookError(
            f"{term.label}有 {len(failed)} 份公开的报告没有完成：{'、'.join(failed[:5])}",
            where=place,
            remedy=f"请改正后重新运行 aidkit run {term.code}，只会重做没有完成的。",
        )
    if record.reports:
        now = earlier_results(project, county, term)
        before = record.foundations["earlier"]
        if other := sorted(code for code in {*now, *before} if now.get(code) != before.get(code)):
            labels = "、".join(Term.parse(code).label for code in other)
            raise MissingTablesError(
                f"{term.label}的报告与以前学期比较，而{labels}的结果后来变了。",
                where=place,
                remedy=f"请重新运行 aidkit run {term.code}，只会重做受影响的报告。",
            )
    return record


def made_of(folder: Path, name: str) -> tuple[str, ...]:
    """The files of a report: its executed copy and, of a public one, its page.

    Args:
        folder: The term's results.
        name: The report, e.g. `public/home`.
    """
    audience, _, stem = name.partition("/")
    candidates = (f"notebooks/{stem}.ipynb", f"pages/{stem}.ipynb", f"pages/{stem}.json")
    paths = (f"{audience}/{candidate}" for candidate in candidates)
    return tuple(path for path in paths if (folder / path).is_file())


def strays(folder: Path, names: Iterable[str]) -> list[str]:
    """Files among a term's results that its run did not make, sorted.

    Args:
        folder: The term's results.
        names: What the run made.
    """
    return sorted({*files_below(folder)} - {RECORD, *names})


def output_digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Digests of files just made, by name, sorted."""
    return {name: file_digest(f"{folder}/{name}") for name in sorted(names)}


def _of_report(name: str) -> bool:
    return name.split("/")[1] in {"notebooks", "pages"}
