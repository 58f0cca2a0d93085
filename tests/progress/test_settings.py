"""What is declared of progress: complete, and a county's own word goes before."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.labels import project_labels
from aidkit.progress.settings import FILE, ProgressSettings, read_progress_settings
from aidkit.project import find_project

PARAMS = find_project().params


def of_county(folder: Path, text: str) -> ProgressSettings:
    path = folder / "params" / FILE
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return read_progress_settings(PARAMS, folder)


def test_shipped_settings_know_every_examined_grade() -> None:
    settings = read_progress_settings(PARAMS)
    for grade in project_labels().names("grade"):
        known = settings.full_score(grade, "chinese")
        assert (known is None) == grade.startswith("k"), grade
        assert settings.declared_reliability(grade) == 0.8
    assert settings.full_score("j2", "mathematics") == 120
    assert settings.full_score("j2", "arts") == 100
    assert settings.full_score("p3", "mathematics") == 100


def test_a_county_without_a_file_follows_the_shipped_settings(tmp_path: Path) -> None:
    assert read_progress_settings(PARAMS, tmp_path) == read_progress_settings(PARAMS)


def test_a_county_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    shipped = read_progress_settings(PARAMS)
    own = of_county(
        tmp_path,
        "[full_scores.j3]\nchemistry = 60\n[full_scores.junior]\nphysics = 80\n"
        '[exams]\ncounty_wide = ["期末"]\n[prizes]\nties = "share_worse"\n',
    )
    assert own.full_score("j3", "chemistry") == 60
    assert own.full_score("j2", "chemistry") == 50
    assert own.full_score("j3", "physics") == own.full_score("j1", "physics") == 80
    assert own.full_score("j3", "chinese") == 120
    assert own.full_score("j3", "arts") == 100
    assert own.county_wide == ("期末",)
    assert own.least_subject_share == shipped.least_subject_share
    assert (own.ties, own.pupil_prizes) == ("share_worse", shipped.pupil_prizes)


def test_letters_tell_levels_where_schooling_is_compulsory(tmp_path: Path) -> None:
    shipped = read_progress_settings(PARAMS).letter_marks
    ways = {stage: shipped.way(stage) for stage in ("primary", "junior", "senior", "vocational")}
    assert [*ways.values()] == ["levels", "levels", "points", "points"]
    assert shipped.way("") == "levels"
    own = of_county(
        tmp_path,
        '[letters]\njunior = "points"\n[[letters.levels]]\nname = "甲"\nfrom = 0.5\n'
        '[[letters.levels]]\nname = "乙"\nfrom = 0\n',
    ).letter_marks
    assert (own.way("primary"), own.way("junior")) == ("levels", "points")
    assert own.levels == (("甲", 0.5), ("乙", 0.0))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[full_scores.middle]\ndefault = 100\n", "full_scores.middle"),
        ("[full_scores.junior]\nhistory = 100\n", "full_scores.junior.history"),
        ("[full_scores.junior]\nchinese = 0\n", "full_scores.junior.chinese"),
        ("[full_scores.junior]\nchinese = 301\n", "full_scores.junior.chinese"),
        ("[group]\nentry_share = 20\n", "group.entry_share"),
        ("[group]\nentry_shares = 0.2\n", "group.entry_shares"),
        ("[groups]\nentry_share = 0.2\n", "groups"),
        ("[prizes]\npupils = { first = 20, second = 30, third = 40 }\n", "prizes.pupils"),
        ("[prizes]\npupils = { first = 130, second = -30, third = 0 }\n", "prizes.pupils"),
        ('[prizes]\nties = "both"\n', "prizes.ties"),
        ("[measure]\nprize_z = 0.5\n", "measure.prize_z"),
        ("[measure]\nband_z = 0\n", "measure.band_z"),
        ("[measure]\nleast_pupils = 0\n", "measure.least_pupils"),
        ("[measure]\nceiling_share = 0.04\n", "measure.ceiling_share"),
        ("[reliability]\njunior = 1\n", "reliability.junior"),
        ("[reliability]\nestimate = 1\n", "reliability.estimate"),
        ("[zeros]\nall_subjects = 0\n", "zeros.all_subjects"),
        ('[letters]\njunior = "ranks"\n', "letters.junior"),
        ('[[letters.levels]]\nname = "甲"\nfrom = 0.5\n', "letters.levels"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ParamsError) as refused:
        of_county(tmp_path, text)
    where = str(refused.value.where)
    assert where.endswith(f"：{place}")
    assert where.startswith(str(tmp_path))
