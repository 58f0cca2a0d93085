"""Chinese tables, charts and page pieces, from frames that the caller was allowed to see."""
