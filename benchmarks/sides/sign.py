"""The sample county's terms of a project signed off, as its demo does: FOLDER."""

import sys
from pathlib import Path

from aidkit.cli.sample_review import sign_off
from aidkit.project import Project
from benchmarks.bench import COUNTY

if __name__ == "__main__":
    project = Project(Path(sys.argv[1]))
    county = project.county(COUNTY)
    for said in sign_off(project, county, project.terms(county)):
        print(said)
