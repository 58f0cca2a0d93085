"""Passphrase to key to sealed bytes, as the browser's own WebCrypto undoes it.

PBKDF2-HMAC-SHA256 makes the key, AES-256-GCM seals; both are those of `cryptography` here and of
`crypto.subtle` in the browser. Nothing of either is our own.

Nonces are made of the content (HMAC-SHA256 under a key of its own), so that a site built again of
equal content has equal bytes. AES-GCM breaks where two contents share a nonce under one key: here
they would have to share 96 bits of a pseudorandom function, which two of a million files do with
a chance of 2^-57. Equal content in the same place gives equal bytes, so that who compares two
deliveries learns which files changed, and no more. (AES-GCM-SIV would do the same, but browsers
do not have it.)
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

ITERATIONS = 600_000
"""Rounds of PBKDF2-HMAC-SHA256, as OWASP asks for."""

SALT_BYTES = 16
KEY_BYTES = 32
NONCE_BYTES = 12

SHORTEST = 12
"""Letters and digits that a passphrase must have."""

_NONCES = b"aidkit locked site: nonces"


@dataclass(frozen=True)
class Secret:
    """What opens a site.

    Attributes:
        passphrase: What people say to each other.
        salt: Random, of this site alone, and no secret. It must not be made of the passphrase:
            it stands in every page, and guesses could be tried on it at no cost.
    """

    passphrase: str = field(repr=False)
    salt: bytes


class Cipher:
    """Seals the files of one site."""

    def __init__(self, secret: Secret) -> None:
        """Derive the keys; this is slow by design.

        Args:
            secret: Passphrase and salt of the site.
        """
        key = PBKDF2HMAC(hashes.SHA256(), KEY_BYTES, secret.salt, ITERATIONS).derive(
            plain(secret.passphrase).encode()
        )
        self._sealing = AESGCM(key)
        self._nonces = HKDFExpand(hashes.SHA256(), KEY_BYTES, _NONCES).derive(key)

    def sealed(self, place: str, content: bytes) -> bytes:
        """Nonce, ciphertext and tag of a content, which opens in its place only.

        Args:
            place: Where it lies; no secret.
            content: What nobody may read.
        """
        bound = place.encode()
        said = len(bound).to_bytes(8, "big") + bound + content
        nonce = hmac.digest(self._nonces, said, hashlib.sha256)[:NONCE_BYTES]
        return nonce + self._sealing.encrypt(nonce, content, bound)


def plain(passphrase: str) -> str:
    """A passphrase without what people get wrong when they write down what they heard.

    Full width becomes half width, capitals become small; hyphens and blanks go. `lock.js` does
    the same.
    """
    folded = unicodedata.normalize("NFKC", passphrase).lower()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "-‐‑–—_")
