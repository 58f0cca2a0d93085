"""Notices (公示): who is to be helped, posted for as long as the rule says, then taken down."""
