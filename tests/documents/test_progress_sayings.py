"""What letters say of how a pupil moved: a word for every band, none of them to be ashamed of."""

from aidkit.documents.progress_sayings import say_progress
from aidkit.progress.bands import BANDS, REASONS
from tests.documents.test_progress_letters import HARMFUL


def test_every_band_and_reason_has_its_words() -> None:
    """A word that is added elsewhere must be given its saying here."""
    sayings = [say_progress(band, None, ceiling=False) for band in BANDS]
    sayings += [say_progress("not_assessed", reason, ceiling=False) for reason in REASONS]
    assert len({saying.text for saying in sayings}) == len(BANDS) + len(REASONS)
    for saying in sayings:
        assert not any(word in saying.headline + saying.text for word in HARMFUL)


def test_it_says_what_the_expectation_is_made_from() -> None:
    """A band is against the line of the grade: it is not without others."""
    for band in BANDS:
        assessed = band != "not_assessed"
        text = say_progress(band, None, ceiling=False).text
        assert ("从同年级以前成绩相近的学生算" in text) == assessed


def test_who_can_rise_no_higher_is_told_so() -> None:
    assert "接近满分" in say_progress("steady", None, ceiling=True).text
    for band in ("clearly_better", "better", "attention", "not_assessed"):
        plain, ceiling = (say_progress(band, "no_outcome", ceiling=c) for c in (False, True))
        assert plain == ceiling
