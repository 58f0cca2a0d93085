"""What the log of spot checks keeps."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aidkit.calendar import Term
from aidkit.review.spot_check import Row, Sample
from aidkit.review.spot_check_log import draws, enter_draw

DAY = dt.date(2026, 11, 23)
TERM = Term.parse("2026-autumn")
ROW = Row("1", "试验小学", "1班", "试甲一", "G1", "项目", "", "1.00", "在校", "ab")


def test_a_sample_that_several_draw_at_once_is_noted_once(tmp_path: Path) -> None:
    sample = Sample(TERM, seed=7, awards=5, universal=False, rows=(ROW,))
    with ThreadPoolExecutor(8) as several:
        told = several.map(lambda _: enter_draw(tmp_path, sample, by="王", on=DAY), range(16))
        assert set(told) == {1}
    assert len(draws(tmp_path, TERM)) == 1
