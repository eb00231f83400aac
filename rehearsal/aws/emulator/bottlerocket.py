"""Releases of Bottlerocket."""

from __future__ import annotations

import hashlib
import os

# The newest that EKS knows. It is newer than the platform's, so that an update to "the newest" changes something.
NEWEST = os.environ.get("REHEARSAL_BOTTLEROCKET") or "1.69.0"

# The first release that has a minor version of Kubernetes (its release notes); of those not named, every release does.
FIRST = {"1.35": "1.53.0", "1.36": "1.61.0", "1.37": "1.66.0"}


def has(version: str, kubernetes: str) -> bool:
    """Returns whether a release has a minor version of Kubernetes."""
    numbers = lambda text: [int(number) for number in text.split(".") if number.isdigit()]  # noqa: E731
    return numbers(version) >= numbers(FIRST.get(kubernetes, "0"))


def release(version: str) -> str:
    """Returns how EKS names a version, as in `1.66.0-1a2b3c4d`."""
    return f"{version}-{hashlib.sha1(version.encode()).hexdigest()[:8]}"
