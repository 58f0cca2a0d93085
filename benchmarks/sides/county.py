"""A sample county made: FOLDER SIZE."""

import sys
from pathlib import Path
from typing import cast

from aidkit.sample import make_county
from aidkit.sample.county import Size

if __name__ == "__main__":
    folder, size = sys.argv[1:]
    make_county(Path(folder), size=cast(Size, size))
