"""KMS: which keys can be used."""

from __future__ import annotations

from typing import Any

from moto.kms.models import kms_backends

from .account import ACCOUNT


def find_key(arn: str) -> Any | None:
    """Returns the usable key with this ARN or id, in whatever region."""
    keys = [key for kms in list(kms_backends[ACCOUNT].values()) for key in kms.keys.values()]
    return next((key for key in keys if arn in (key.arn, key.id) and key.key_state == "Enabled"), None)
