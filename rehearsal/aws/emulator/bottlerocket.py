"""Releases of Bottlerocket."""

from __future__ import annotations

import hashlib
import os

# The newest that EKS knows. It is newer than the platform's, so that an update to "the newest" changes something.
NEWEST = os.environ.get("REHEARSAL_BOTTLEROCKET") or "1.69.0"


def release(version: str) -> str:
    """Returns how EKS names a version, as in `1.66.0-1a2b3c4d`."""
    return f"{version}-{hashlib.sha1(version.encode()).hexdigest()[:8]}"
