"""The home page with the notices that stand now, beside where the money goes."""

import json
from collections.abc import Sequence
from typing import Any

from aidkit.notices.on_site import ShownNotice
from aidkit.show.parts import prose, section
from aidkit.staging.notice_list import notice_list, standing

BEHIND = "home-money"
"""Id of the cell behind which they stand."""

MOST = 5
"""Notices that the home page lists; all of them stand on their own page."""


def with_notices(home: bytes, shown: Sequence[ShownNotice]) -> bytes:
    """The home page's notebook with a section of notices; unchanged where none stands.

    Args:
        home: The staged notebook.
        shown: Notices as the day of the site shows them, newest first.
    """
    now = standing(shown)
    if not now:
        return home
    notebook: dict[str, Any] = json.loads(home)
    cells: list[dict[str, Any]] = notebook["cells"]
    ids = [cell.get("id") for cell in cells]
    place = ids.index(BEHIND) + 1 if BEHIND in ids else len(cells)
    cells.insert(place, _cell(now))
    return f"{json.dumps(notebook, ensure_ascii=False, indent=1)}\n".encode()


def _cell(now: Sequence[ShownNotice]) -> dict[str, Any]:
    count = f"全部 {len(now)} 个公示" if len(now) > MOST else "全部公示"
    part = section(
        "正在公示",
        "notices",
        notice_list(now[:MOST]),
        prose(f"[{count}和怎样提出异议](notices/index.qmd)"),
    )
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "home-notices",
        "metadata": {},
        "outputs": [
            {
                "data": {"text/markdown": part.markdown.splitlines(keepends=True)},
                "metadata": {},
                "output_type": "display_data",
            }
        ],
        "source": [],
    }
