"""Which reports a run is to end with."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.pipeline.fund_reports import FundReport, fund_reports
from aidkit.pipeline.jobs import NotebookJob, term_jobs
from aidkit.pipeline.report_reads import Places
from aidkit.pipeline.standing import Last
from aidkit.project import Project


@dataclass(frozen=True)
class Wanted:
    """What was asked for, beside what lies there.

    Attributes:
        project: Where the sources lie.
        county: The county folder.
        term: The term.
        parameters: The term's parameters.
        last: The last good results.
        school_code: Of reports that were never made, only this school's and the county's; None
            for all.
        tables_only: No report that was not made before.
    """

    project: Project
    county: Path
    term: Term
    parameters: Mapping[str, str]
    last: Last
    school_code: str | None
    tables_only: bool

    def jobs(
        self, folder: Path, codes: Sequence[str], outputs: Collection[str]
    ) -> list[NotebookJob]:
        """The reports that the run should end with.

        Args:
            folder: The term's results in the making.
            codes: Schools with students this term, sorted.
            outputs: Names of the tables stage's outputs.

        Raises:
            UsageError: There is no such school.
        """
        if self.school_code is not None and self.school_code not in codes:
            raise UsageError(
                f"这个学期的名册里没有学校 {self.school_code}。",
                remedy=f"现有学校标识码：{'、'.join(codes[:30])}",
            )
        jobs = term_jobs(self.project, folder, self.parameters, codes, self.funds, slices=outputs)
        if self.tables_only:
            return [job for job in jobs if job.name in self.there]
        if self.school_code is not None:
            own = {None, self.school_code}
            return [
                job
                for job in jobs
                if job.parameters.get("school_code") in own or job.name in self.there
            ]
        return jobs

    @property
    def funds(self) -> list[FundReport]:
        """The funds that the term reports on."""
        return fund_reports(self.county, self.term, self.parameters)

    def all_stand(self) -> bool:
        """Whether the last results are all that is wanted, and unchanged."""
        record = self.last.record
        if record is None or record.failed or self.last.strays:
            return False
        if self.last.tables or self.last.learners:
            return False
        jobs = self.jobs(self.last.folder, record.schools, record.outputs)
        reasons = self.last.reports(jobs, self.places(self.last.folder), self.last.digests)
        return {job.name for job in jobs} == {*record.reports} and not any(reasons.values())

    def places(self, folder: Path) -> Places:
        """Where reports of the term's results in `folder` read."""
        return Places(self.project.root, self.work, folder)

    def source(self, job: NotebookJob) -> str:
        """A report's notebook, relative to `notebooks/`."""
        return job.source.relative_to(self.project.notebooks).as_posix()

    def remarks(self, standing: Set[str], running: Sequence[NotebookJob]) -> list[str]:
        """What somebody who asked for a part should know of the rest, Chinese.

        Args:
            standing: Reports that are taken over.
            running: Reports that are made.
        """
        remarks = []
        if self.tables_only and (gone := len(self.there) - len(standing)):
            again = f"aidkit run {self.term.code}"
            remarks.append(
                f"数据、参数或程序有变，{gone} 份原来的报告已撤下；要重做请运行 {again}。"
            )
        own = {None, self.school_code}
        others = [job for job in running if job.parameters.get("school_code") not in own]
        if self.school_code and others:
            remarks.append(f"数据、参数或程序有变，其他学校的 {len(others)} 份报告也要重做。")
        return remarks

    @property
    def there(self) -> set[str]:
        """Names of the reports that lie there, failed ones too."""
        record = self.last.record
        return {*record.reports, *record.failed} if record else set()

    @property
    def target(self) -> Path:
        """Where the term's results lie."""
        return self.project.reports(self.county, self.term.code)

    @property
    def cache(self) -> Path:
        """Where what only saves time is kept; deleting it costs time and nothing else."""
        return self.project.root / "reports" / ".cache" / self.county.name

    @property
    def work(self) -> Path:
        """Where results are made before they are put in place."""
        return self.project.root / "reports" / ".work"
