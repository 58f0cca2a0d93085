"""The gate over a site, with the persons of a project's county: PROJECT SITE."""

import json
import os
import sys
import time
from pathlib import Path

from aidkit.gate import scan
from aidkit.pipeline.people import county_people
from aidkit.project import find_project
from benchmarks.bench import COUNTY, EARLIER, TERM


def main(root: str, site: str) -> None:
    """Scan it, with nothing kept of earlier times."""
    folder = Path(site).resolve()
    os.chdir(root)
    project = find_project()
    people = county_people(project, project.root / COUNTY, [*EARLIER, TERM])
    start = time.perf_counter()
    found = scan(folder, people)
    print(json.dumps({"seconds": time.perf_counter() - start, "findings": len(found)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
