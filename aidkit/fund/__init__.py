"""The charity fund: a journal that must balance before it speaks, and all that is told from it."""
