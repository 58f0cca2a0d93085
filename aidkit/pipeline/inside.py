"""Sites for readers inside: the county's office, and each school; marked, and locked if asked."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.gate import raise_on, scan
from aidkit.locking import one_at_a_time
from aidkit.pipeline.build import Publisher, stored_terms
from aidkit.pipeline.people import county_people
from aidkit.pipeline.record import refuse_outdated
from aidkit.pipeline.review import reviewed
from aidkit.pipeline.workspace import fresh, restore_below, swap
from aidkit.project import Project
from aidkit.publish import PublishResult, publish_site
from aidkit.publish.charts import write_vega
from aidkit.staging.inside_pages import (
    PRINCIPAL,
    internal_pages,
    school_pages_inside,
    schools_inside,
)

Profile = Literal["internal", "school"]

INTERNAL = "_site-internal"
SCHOOL = "_site-school"
"""Folders below `site/`; of a school, one below the second, named by its code."""


@dataclass(frozen=True)
class InsideSite:
    """A site that was made.

    Attributes:
        name: `internal`, or the code of a school; its passphrase goes by this name.
        home: The page to open.
        pages: Its pages.
        locked: Whether it opens with the passphrase only.
    """

    name: str
    home: Path
    pages: int
    locked: bool


@dataclass(frozen=True)
class InsideBuild:
    """What a build for readers inside made.

    Attributes:
        sites: The sites, by name.
        drafts: Terms whose results are not approved; their pages say 草稿.
    """

    sites: tuple[InsideSite, ...]
    drafts: tuple[str, ...]


def build_inside(
    project: Project,
    county: Path,
    profile: Profile,
    *,
    school: str = "",
    lock: bool = False,
    publisher: Publisher = "auto",
    say: Callable[[str], None] = print,
) -> InsideBuild:
    """Build the county's internal site, or a site for each school; what fails leaves the last.

    The gate looks at every school's site with all its rules: no pupil's name, number or rank may
    lie there. The internal site shows persons, and so it has no gate.

    Args:
        project: The checkout.
        county: The county folder.
        profile: `internal` or `school`.
        school: Only the site of this school; empty for all.
        lock: Whether the sites open with a passphrase only; see `publish.locked`.
        publisher: Quarto, the offline publisher, or Quarto where it is installed.
        say: Gets one line of Chinese per stage.

    Raises:
        MissingTablesError: There are no internal reports, or results were altered.
        UsageError: What Quarto makes cannot be locked; or there is no such school.
        ParamsError: A passphrase is too short.
        LeakError: The gate found personal data on a school's site.
    """
    if lock and publisher == "quarto":
        raise UsageError("只有离线发布的网站可以加密。", remedy="请去掉 --publisher quarto。")
    by: Publisher = "offline" if lock else publisher
    with one_at_a_time(project.root / "reports" / ".lock"):
        restore_below(project.root / "reports" / county.name)
        terms = stored_terms(project, county, refuse_outdated)
        approved = {code: reviewed(project, county, Term.parse(code)).publishable for code in terms}
        drafts = tuple(code for code in terms if not approved[code])
        pages = _pages(project, county, profile, school, approved)
        work = project.root / "reports" / ".cache" / county.name / "inside"
        with _frame(project, work) as staged:
            check = _gate(project, county, terms) if profile == "school" else None
            sites = []
            for name, files in pages:
                made = _publish(staged, files, work / "plain", profile, by)
                if check:
                    check(made.out)
                target = project.site / (INTERNAL if profile == "internal" else f"{SCHOOL}/{name}")
                done = _lock(county, name, made.out, work / "locked") if lock else made.out
                swap(done, target)
                sites.append(InsideSite(name, target / "index.html", made.pages, lock))
                if len(sites) % 50 == 0:
                    say(f"做好 {len(sites)} 个网站。")
    return InsideBuild(tuple(sites), drafts)


def _pages(
    project: Project, county: Path, profile: Profile, school: str, approved: Mapping[str, bool]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Name and files of each site."""
    if profile == "internal":
        yield "internal", internal_pages(project, county, approved)
        return
    known = schools_inside(project, county, approved)
    if school and school not in known:
        raise UsageError(
            f"没有学校 {school} 的报告。",
            where=county.name,
            remedy="请核对学校标识码；还没有做过报告时先运行 aidkit run 学期",
        )
    for code in [school] if school else known:
        yield code, school_pages_inside(project, county, code, approved)


@contextmanager
def _frame(project: Project, work: Path) -> Iterator[Path]:
    """A Quarto project of its own with the site's settings and looks; gone afterwards."""
    try:
        staged = fresh(work) / "site"
        write_vega(project.site / "assets" / "vega.js")
        shutil.copytree(project.site / "assets", staged / "assets")
        for path in sorted(project.site.glob("_quarto*.yml")):
            shutil.copy(path, staged / path.name)
        yield staged
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publish(
    staged: Path, files: Mapping[str, bytes], out: Path, profile: Profile, publisher: Publisher
) -> PublishResult:
    for old in staged.iterdir():
        if old.suffix in (".ipynb", ".qmd") or old.name == "_bar.yml":
            old.unlink()
    for name, body in files.items():
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_bytes(body)
    return publish_site(staged, out, publisher, profile=profile)


def _gate(project: Project, county: Path, terms: Sequence[str]) -> Callable[[Path], None]:
    """Looks at one site after another; scripts and styles, which all have, are read once."""
    people = county_people(project, county, list(terms))
    cache = project.root / "reports" / ".cache" / county.name / "gate" / "schools.json"
    return lambda folder: raise_on(scan(folder, people, reader=PRINCIPAL, cache=cache))


def _lock(county: Path, name: str, site: Path, out: Path) -> Path:
    # OpenSSL takes a while to load, and most builds lock nothing.
    from aidkit.publish.locked import lock_site  # noqa: PLC0415
    from aidkit.publish.locked.passphrases import secret_of  # noqa: PLC0415

    return lock_site(site, out, secret_of(county, name)).home.parent
