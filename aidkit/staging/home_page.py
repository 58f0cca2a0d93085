"""The home page with the notices that stand now, beside where the money goes."""

import json
from collections.abc import Sequence
from typing import Any

from aidkit.notices.on_site import ShownNotice
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import section
from aidkit.staging.site_pages import linked

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
    now = [one for one in shown if one.state in {"unit", "site"}]
    if not now:
        return home
    notebook: dict[str, Any] = json.loads(home)
    cells: list[dict[str, Any]] = notebook["cells"]
    ids = [cell.get("id") for cell in cells]
    place = ids.index(BEHIND) + 1 if BEHIND in ids else len(cells)
    cells.insert(place, _cell(now))
    return f"{json.dumps(notebook, ensure_ascii=False, indent=1)}\n".encode()


def _cell(now: Sequence[ShownNotice]) -> dict[str, Any]:
    columns = [Column((title,)) for title in ("公示", "范围", "期满", "还剩")]
    rows = [
        Row(
            (
                linked(f"{one.page}.html", one.notice.draft.title),
                one.notice.draft.scope,
                str(one.notice.end),
                f"{one.left} 个工作日",
            )
        )
        for one in now[:MOST]
    ]
    rows.append(
        Row((linked("notices/index.html", f"全部公示（正在公示 {len(now)} 个）"), "", "", ""))
    )
    part = section("正在公示", "notices", official_table(columns, rows))
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
