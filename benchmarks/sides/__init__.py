"""Tasks in processes of their own, so that start, imports and memory are theirs and are counted."""
