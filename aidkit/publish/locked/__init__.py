"""A published site that opens with a passphrase only: on any plain static hosting, and offline."""

from aidkit.publish.locked.cipher import Secret
from aidkit.publish.locked.site import LockedSite, lock_site

__all__ = ["LockedSite", "Secret", "lock_site"]
