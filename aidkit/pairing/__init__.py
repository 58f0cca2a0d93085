"""Who helps whom, what was done of what is due, and who is missing: internal, names persons."""
