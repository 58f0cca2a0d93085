"""The journal: a chain of vouchers that nobody changes unseen, and what may stand in it."""
