"""The small county's sites for readers inside: marked, checked, locked, and apart."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser

from aidkit.errors import LeakError, UsageError
from aidkit.pipeline.build import build_site
from aidkit.pipeline.inside import build_inside
from aidkit.project import Project
from aidkit.publish.locked.passphrases import FILE, secret_of
from tests.browsing import PHONE, Watched
from tests.conftest import COUNTY, TERM, aidkit_in


def quiet(_: str) -> None:
    pass


def pupils(root: Path) -> list[str]:
    table = root / "reports" / "demo" / TERM / "internal" / "tables" / "students.parquet"
    names = pl.read_parquet(table)["name"].unique().sort().to_list()
    return [name for name in names if len(name) >= 3]


def texts(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.html")))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_command_makes_locked_sites_and_leaves_the_public_one(project: Path) -> None:
    before = contents(project / "site" / "_site")
    done = aidkit_in(project, "build", "--profile", "internal", "--lock", "--county", COUNTY)
    assert done.returncode == 0, done.stdout + done.stderr
    secret = secret_of(project / COUNTY, "internal")
    assert FILE in done.stdout
    assert secret.passphrase not in done.stdout + done.stderr
    locked = contents(project / "site" / "_site-internal")
    everything = b"".join(locked.values())
    assert [name for name in pupils(project) if name.encode() in everything] == []
    assert secret.passphrase.encode() not in everything
    assert contents(project / "site" / "_site") == before
    # Neither a source of the public site nor looked at by its gate.
    done = aidkit_in(project, "build", "--publisher", "offline", "--county", COUNTY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(project / "site" / "_site") == before


def test_the_internal_site_shows_the_reports(project: Path) -> None:
    made = build_inside(
        Project(project), project / COUNTY, "internal", publisher="offline", say=quiet
    )
    (site,) = made.sites
    assert made.drafts == ()
    assert any(name in texts(site.home.parent) for name in pupils(project))
    assert "草稿" not in texts(site.home.parent)
    assert not (project / "reports" / ".cache" / "demo" / "inside").exists()
    # The public site's gate, which looks at all sources, passes it over.
    (project / "reports" / ".cache" / "demo" / "build.json").unlink()
    built = build_site(Project(project), project / COUNTY, publisher="offline", say=quiet)
    assert not built.changed


def test_each_school_has_its_own_totals(project: Path) -> None:
    made = build_inside(
        Project(project), project / COUNTY, "school", publisher="offline", say=quiet
    )
    assert len(made.sites) >= 5
    for site in made.sites:
        text = texts(site.home.parent)
        assert [name for name in pupils(project) if name in text] == []
        assert "供本校校长和资助专干使用" in text
        others = {other.name for other in made.sites} - {site.name}
        assert [code for code in others if code in text] == []


def test_what_changed_after_approval_is_a_draft(project: Path) -> None:
    shutil.rmtree(project / COUNTY / "review")
    made = build_inside(
        Project(project), project / COUNTY, "internal", publisher="offline", say=quiet
    )
    assert TERM in made.drafts
    assert "草稿" in texts(made.sites[0].home.parent)


def test_a_name_on_a_schools_site_stops_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {"": ("index", frozenset({"page", "recipients"}))}
    monkeypatch.setattr("aidkit.staging.inside_pages.SCHOOL_CELLS", every)
    with pytest.raises(LeakError):
        build_inside(Project(project), project / COUNTY, "school", publisher="offline", say=quiet)
    assert not (project / "site" / "_site-school").exists()


def test_what_does_not_go_together_is_refused(project: Path) -> None:
    for words, says in (
        (("--lock",), "不加密"),
        (("--profile", "internal", "--school", "9901010001"), "不分学校"),
        (("--profile", "internal", "--lock", "--publisher", "quarto"), "离线发布"),
    ):
        done = aidkit_in(project, "build", *words, "--county", COUNTY)
        assert done.returncode == UsageError.exit_code
        assert says in done.stderr
    with pytest.raises(UsageError, match="1234567890"):
        build_inside(Project(project), project / COUNTY, "school", school="1234567890", say=quiet)


@pytest.mark.browser
def test_a_principal_opens_the_schools_site_on_a_phone(project: Path, chromium: Browser) -> None:
    school = build_inside(Project(project), project / COUNTY, "school", lock=True, say=quiet).sites[
        0
    ]
    assert school.locked
    with chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        watched = Watched(context.new_page(), f"{school.home.parent.as_uri()}/")
        page = watched.open("index.html")
        page.get_by_label("口令", exact=True).fill(
            secret_of(project / COUNTY, school.name).passphrase
        )
        page.get_by_role("button", name="打开").click()
        page.locator(".shell-title h1").wait_for()
        assert "内部资料" in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert watched.complaints == []
