"""`python -m aidkit` is the same as `aidkit`."""

import sys

from aidkit.cli import main

sys.exit(main())
