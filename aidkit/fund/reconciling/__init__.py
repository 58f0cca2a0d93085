"""The book against the bank's statement."""
