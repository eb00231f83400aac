"""KMS: which keys are there at start, and which can be used."""

from __future__ import annotations

from typing import Any

from moto.kms.models import Key, KmsBackend, kms_backends

from .account import ACCOUNT, KEYS
from .hooks import around


def find_key(arn: str) -> Any | None:
    """Returns the usable key with this ARN or id, in whatever region."""
    keys = [key for kms in list(kms_backends[ACCOUNT].values()) for key in kms.keys.values()]
    return next((key for key in keys if arn in (key.arn, key.id) and key.key_state == "Enabled"), None)


def create_keys() -> None:
    """Makes the keys that are there at start: those of other accounts too, which this one is let use."""
    for arn in KEYS:
        _, _, _, region, account, resource = arn.split(":")
        key = Key("", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "There before the platform", account, region)
        key.id, key.arn = resource.removeprefix("key/"), arn
        kms_backends[ACCOUNT][region].keys[key.id] = key


@around(KmsBackend, "list_keys")
def keys_of_this_account(original: Any, kms: KmsBackend) -> list[Key]:
    return [key for key in original() if key.account_id == ACCOUNT]
