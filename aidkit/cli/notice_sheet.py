"""What `aidkit notice sheet` calls and prints. Imports are local, as in `notice`."""

import argparse

from aidkit.cli.fund_words import asked_on
from aidkit.cli.places import county_of, short
from aidkit.project import find_project


def sheet(words: argparse.Namespace) -> int:
    """`aidkit notice sheet`: the PDF of a notice that hangs on a board."""
    from aidkit.notices.register import found, read_notices
    from aidkit.pipeline.notice_poster import write_poster

    project = find_project()
    county = project.county(county_of(project, words))
    on = asked_on(words.on)
    notice = found(read_notices(county, on), words.number)
    path = write_poster(project, county, notice, on)
    print(f"公示栏用的公示（A4，含姓名）：{short(project, path)}")
    print(f"打印、盖章后贴在公示栏；{notice.end} 以后请揭下销毁，不要拍照转发。")
    return 0
