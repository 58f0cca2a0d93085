"""Sign-off (审核): who stood for a term's awards, on which day, and what their signature covers."""
