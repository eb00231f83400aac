"""Whose AWS this is. `__main__` puts its arguments into the environment before anything imports this."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from moto.utilities.utils import get_partition

# moto takes every request as this account's, whatever key signed it.
ACCOUNT = os.environ.setdefault("MOTO_ACCOUNT_ID", "111122223333")
REGION = os.environ.get("REHEARSAL_REGION") or "eu-central-1"
PARTITION = get_partition(REGION)
DNS_SUFFIX = "amazonaws.com.cn" if PARTITION == "aws-cn" else "amazonaws.com"

# The partition, the account and the path with the name.
PRINCIPAL = re.compile(r"arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):(?:role|user)(/.+)")

# ARNs of the roles and users that are there at start. The credentials are those of the first that is of this account.
ADMINS = list(dict.fromkeys(os.environ.get("REHEARSAL_ADMINS", "").split())) or [
    f"arn:{PARTITION}:iam::{ACCOUNT}:role/platform-admin"
]

# ARN of a role that is there at start. If there is one, the credentials are those of a user who may assume it and do
# nothing else.
DEPLOYER = os.environ.get("REHEARSAL_DEPLOYER", "")
CALLER = f"arn:{PARTITION}:iam::{ACCOUNT}:user/rehearsal/caller"
# ARNs of the KMS keys that are there at start, of this account or another.
KEYS = list(dict.fromkeys(os.environ.get("REHEARSAL_KEYS", "").split()))
# A network of another account that is there at start: its vpcId, owner, cidrBlock, secondBlock (if any) and subnets,
# each of which has an id, a zone, a cidrBlock and a wayOut ("NAT gateway", "internet gateway", "none", "main route
# table").
NETWORK: dict[str, Any] = json.loads(os.environ.get("REHEARSAL_NETWORK") or "{}")


def problem() -> str | None:
    """Returns why this account cannot be, as one sentence."""
    if not re.fullmatch(r"\d{12}", ACCOUNT):
        return f"an account id has 12 digits, and '{ACCOUNT}' is none"
    if DEPLOYER and (f"::{ACCOUNT}:role/" not in DEPLOYER):
        return f"'{DEPLOYER}' is not the ARN of a role of account {ACCOUNT}"
    for arn in [*ADMINS, *([DEPLOYER] if DEPLOYER else [])]:
        match = PRINCIPAL.fullmatch(arn)
        if not match:
            return f"'{arn}' is not the ARN of an IAM role or user"
        if match[1] != PARTITION:
            return f"'{arn}' is of another partition than {REGION}, which is of {PARTITION}"
    for arn in KEYS:
        if not re.fullmatch(rf"arn:{PARTITION}:kms:[a-z0-9-]+:\d{{12}}:key/[a-z0-9-]+", arn):
            return f"'{arn}' is not the ARN of a KMS key of the partition {PARTITION}"
    if not DEPLOYER and not any(f"::{ACCOUNT}:" in arn for arn in ADMINS):
        return f"none of the admins is of account {ACCOUNT}: {' '.join(ADMINS)}"
    return None
