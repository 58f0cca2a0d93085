"""What the last build rested on and made: while both are as they were, there is nothing to build.

Nothing here imports polars.
"""

import json
from pathlib import Path
from typing import Any

from aidkit.caches import load, store
from aidkit.county import SETTINGS
from aidkit.digests import digest_of, digests, environment, file_digest, package_digest
from aidkit.pipeline.fund_reports import public_folders
from aidkit.pipeline.record import RECORD
from aidkit.project import Project

MADE = (
    *("_site", "index.ipynb", "reports", "schools", "funds", "notices", "_bar.yml"),
    *("corrections", "corrections.qmd", "downloads"),
)
"""What a build makes in the site's folder; the rest of it are sources."""

INSIDE = (
    "_site-internal",
    "._site-internal.last",
    "_site-school",
    "_site-published",
    "._site-published.last",
)
"""Sites for readers inside, and what replacing one may leave: neither sources nor published."""

PASSING = ("_site.new", "._site.last", "_site.quarto", ".quarto", *INSIDE)
"""What is no source and lies there only while a build works, or is another site."""

BUNDLE = "assets/vega.js"
"""The one asset that a build writes."""


class LastBuild:
    """The last build of a county's site by the offline publisher."""

    def __init__(self, project: Project, county: Path, cache: Path) -> None:
        """Look at what a build would rest on now: what changes from here on is built next time.

        Args:
            project: The checkout.
            county: The county folder; the results of its terms are as their records say.
            cache: The county's folder for what only saves time.
        """
        self._site, self._file = project.site, cache / "build.json"
        self._inputs = _digest(
            [
                package_digest(),
                environment(),
                digests(project.params, (".toml",)),
                digests(county / "params", (".toml",)),
                file_digest(county / SETTINGS),
                {
                    term.code: _results(project.reports(county, term.code))
                    for term in project.terms(county)
                },
                {
                    folder.relative_to(project.root).as_posix(): files(folder)
                    for folder in public_folders(project.root / "reports" / county.name)
                },
                {name: one for name, one in files(self._site).items() if not _made(name)},
            ]
        )

    def unchanged(self, shows: str) -> tuple[int, int] | None:
        """Its pages and files, if a build would make what lies there; else None.

        Args:
            shows: What else a site shows or needs: notices as of its day, what went out before.
        """
        content = load(self._file)
        known = json.loads(content) if content else {}
        if (known.get("inputs"), known.get("shows")) != (self._inputs, digest_of(shows.encode())):
            return None
        if known["outputs"] != self._outputs():
            return None
        return known["pages"], known["files"]

    def keep(self, pages: int, files: int, shows: str) -> None:
        """Note what was built, once it is in its place.

        Args:
            pages: Its pages.
            files: Its files.
            shows: As `unchanged` will be asked.
        """
        made = {"outputs": self._outputs(), "pages": pages, "files": files}
        made["shows"] = digest_of(shows.encode())
        store(self._file, json.dumps({"inputs": self._inputs, **made}).encode())

    def _outputs(self) -> str:
        return _digest({name: one for name, one in files(self._site).items() if _made(name)})


def files(folder: Path) -> dict[str, str]:
    """Digests of all files of a folder; none where there is no such folder."""
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in PASSING
    }


def _made(name: str) -> bool:
    return name == BUNDLE or name.partition("/")[0] in MADE


def _results(folder: Path) -> Any:
    """A term's results, by its record where it has one."""
    if (folder / RECORD).is_file():
        return file_digest(folder / RECORD)
    return files(folder / "public")


def _digest(content: Any) -> str:
    return digest_of(json.dumps(content, sort_keys=True).encode())
