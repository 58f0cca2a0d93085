"""The sheet of a notice for a board, as the register has the notice now."""

import datetime as dt
from pathlib import Path

from aidkit.county import read_county_settings
from aidkit.documents.notice_poster import poster
from aidkit.errors import UsageError
from aidkit.notices.notice import Notice
from aidkit.notices.register import list_of
from aidkit.pipeline.notices import notice_folder, rules_of
from aidkit.project import Project, replacing


def write_poster(project: Project, county: Path, notice: Notice, on: dt.date) -> Path:
    """Write the PDF that is printed and hung on a board; it names persons.

    Raises:
        InputError: Its list is lost or was changed.
        NoFontError: The machine has no Chinese font.
        UsageError: It is not posted yet, or no longer.
    """
    number = notice.number
    if notice.posted_on is None:
        raise UsageError(
            f"公示 {number} 还没有张贴，不知道公示到哪一天。",
            where=number,
            remedy=f"先运行 aidkit notice post {number} --by 姓名",
        )
    if on > notice.end:
        raise UsageError(
            f"公示 {number} 在 {notice.end} 已经期满，名单不能再贴。",
            where=number,
            remedy="要证明公示过，用 aidkit notice status --proof。",
        )
    settings, _ = rules_of(project, county)
    made = poster(notice, list_of(county, notice), read_county_settings(county), settings.reply)
    path = notice_folder(project, county) / f"{number}-公示栏.pdf"
    with replacing(path) as file:
        file.write(made)
    return path
