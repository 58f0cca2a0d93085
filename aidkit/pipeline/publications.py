"""The publications of a term that its results rest on; nothing here imports polars.

What was withheld is withheld again (`published_before`). Results that went out as they lie are not
made again for it: made with what they told themselves they come out the same.
"""

from collections.abc import Mapping
from pathlib import Path

from aidkit.calendar import Term
from aidkit.digests import digest_of
from aidkit.project import FUND_PREFIX
from aidkit.review.standing import standing

_PLACES = (("public/", ""), (f"slices/public/{FUND_PREFIX}", f"slices/{FUND_PREFIX}"))
"""Where what is published lies among a term's results, and how `review.published` calls it."""


def publications(county: Path, term: Term) -> dict[str, str]:
    """Number of each publication of a term to the digest of what went out.

    Raises:
        InputError: The log of sign-offs is not what was written.
    """
    return {str(step.number): step.public for step in standing(county, term).publications}


def but_for(publications: Mapping[str, str], outputs: Mapping[str, str]) -> Mapping[str, str]:
    """Publications without those that are just what lies there.

    Args:
        publications: See `publications`.
        outputs: What a run made, relative to the term's folder, with its digest.
    """
    lying = digest_as_published(outputs)
    return {number: public for number, public in publications.items() if public != lying}


def digest_as_published(outputs: Mapping[str, str]) -> str:
    """What `review.published.digest_of_files` gives for results, by the digests of their files."""
    files = [
        (called + name.removeprefix(place), digest)
        for name, digest in outputs.items()
        for place, called in _PLACES
        if name.startswith(place)
    ]
    return digest_of(repr(sorted(files)).encode())
