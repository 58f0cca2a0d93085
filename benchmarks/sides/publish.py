"""A staged site made into web pages: SITE OUT PUBLISHER."""

import json
import sys
from pathlib import Path
from typing import Literal, cast

from aidkit.publish import publish_site


def main(site: str, out: str, publisher: str) -> None:
    """Publish it, with nothing kept of earlier times."""
    how = cast(Literal["quarto", "offline"], publisher)
    made = publish_site(Path(site), Path(out), how)
    print(json.dumps({"pages": made.pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
