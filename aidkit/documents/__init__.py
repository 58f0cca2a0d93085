"""Documents on paper: what a family gets to read about its own case."""

from aidkit.documents.files import write_letters
from aidkit.documents.letters import Item, Letter, letters_of

__all__ = ["Item", "Letter", "letters_of", "write_letters"]
