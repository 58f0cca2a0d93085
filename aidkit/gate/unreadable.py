"""The one thing that stops the reading of a file."""


class Unreadable(Exception):  # noqa: N818 - becomes a finding, not an error for people
    """Part of a file cannot be read, so nobody knows what it holds."""

    def __init__(self, place: str, why: str) -> None:
        self.place = place
        self.why = why
        super().__init__(why)
