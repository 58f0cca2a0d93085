"""How learners move: the documents' rule and the fair measure, side by side; all of it internal."""
