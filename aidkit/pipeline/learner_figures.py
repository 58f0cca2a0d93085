"""What slices of learners' reports share: who publishes, words, declared figures."""

import datetime as dt
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.disclosure import read_settings
from aidkit.labels import read_labels
from aidkit.pairing.settings import PairingRules
from aidkit.progress.settings import ProgressSettings
from aidkit.project import Project
from aidkit.tables.learner_slices import BOTH, LearnerRoom
from aidkit.tables.slices import COUNTY


def shared_frames(
    project: Project,
    county: Path,
    term: Term,
    *,
    room: LearnerRoom,
    as_of: dt.date,
    figures: dict[str, str],
    schools: pl.DataFrame,
) -> dict[str, pl.DataFrame]:
    """Tables of `tables.learner_slices.BOTH`, of the county.

    Raises:
        ParamsError: Labels, settings or the rules of disclosure are wrong.
    """
    own = read_county_settings(county)
    door = read_settings(project.params / "disclosure.toml")
    labels = read_labels(project.params / "labels.toml")
    publisher = (own.name, own.publisher, own.contact)
    row = (room, COUNTY, term.code, *publisher, door.threshold, door.width, as_of)
    typed = {"threshold": pl.Int64, "width": pl.Int64, "as_of": pl.Date}
    types = dict.fromkeys(BOTH["settings"], pl.String) | typed
    words = [
        (vocabulary, code, label)
        for vocabulary in labels.vocabularies
        for code, label in labels.names(vocabulary).items()
    ]
    texts = dict.fromkeys(BOTH["labels"], pl.String)
    said = dict.fromkeys(BOTH["figures"], pl.String)
    listed = schools.select(BOTH["schools"]).sort("school_code")
    return {
        "settings": pl.DataFrame([row], schema=types, orient="row"),
        "labels": pl.DataFrame(words, schema=texts, orient="row"),
        "figures": pl.DataFrame(list(figures.items()), schema=said, orient="row"),
        "schools": listed,
        "school_names": listed.select(BOTH["school_names"]),
    }


def progress_figures(settings: ProgressSettings) -> dict[str, str]:
    """Declared figures that reports on progress print, by their names in the settings."""
    plain = (
        *("entry_share", "confidence", "band_z", "prize_z", "least_pupils", "least_exams"),
        *("ceiling_share", "floor_share", "least_days_helped", "ties"),
    )
    prizes = {"pupil_prizes": settings.pupil_prizes, "teacher_prizes": settings.teacher_prizes}
    return {name: str(getattr(settings, name)) for name in plain} | {
        name: "、".join(map(str, shares)) for name, shares in prizes.items()
    }


def helping_figures(rules: PairingRules) -> dict[str, str]:
    """Declared figures that reports on helping print, and where they come from."""
    figures = {
        "years": str(rules.years),
        "years_source": rules.years_source,
        "visit_month": str(rules.visits.month),
        "visit_village_month": str(rules.visits.village_month),
        "visit_year": str(rules.visits.year),
        "visit_source": rules.visits.source,
        "dropout_percent": str(rules.dropout_percent),
        "dropout_source": rules.dropout_source,
    }
    for role, rule in rules.loads.items():
        figures[f"{role}_least"] = str(rule.least)
        figures[f"{role}_most"] = "" if rule.most is None else str(rule.most)
        figures[f"{role}_source"] = rule.source
    return figures
