"""Documents on paper: what a family gets to read about its own case."""

from aidkit.documents.files import write_letters
from aidkit.documents.letters import Item, Letter, letters_of
from aidkit.documents.progress_letter_files import write_progress_letters
from aidkit.documents.progress_letters import ProgressLetter, progress_letters_of

__all__ = [
    "Item",
    "Letter",
    "ProgressLetter",
    "letters_of",
    "progress_letters_of",
    "write_letters",
    "write_progress_letters",
]
