"""Roles and users: those that are there at start, and who signed a request."""

from __future__ import annotations

import json
from typing import NamedTuple

from moto.sts.models import sts_backends

from . import iam
from .account import ACCOUNT, ADMINS, PARTITION, PRINCIPAL, REGION


class Caller(NamedTuple):
    # The role rather than its session, as access entries have it.
    arn: str
    secret: str
    # None for a user.
    session: str | None


def trust_policy() -> str:
    """Returns what lets everybody in the account assume a role."""
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principal = {"AWS": f"arn:{PARTITION}:iam::{ACCOUNT}:root"}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Principal": principal}]}
    )


def create_admins() -> dict[str, str]:
    """Makes the admins that are of this account, and returns the credentials of the first as environment variables."""
    own = [arn for arn in ADMINS if f"::{ACCOUNT}:" in arn]
    for arn in own:
        _, _, whole = PRINCIPAL.fullmatch(arn).groups()  # type: ignore[union-attr]
        path, _, name = whole.rpartition("/")
        if ":role/" in arn:
            iam.backend().create_role(name, trust_policy(), f"{path}/", None, "Deploys the platform", [], "3600")
        else:
            iam.backend().create_user(REGION, name, f"{path}/")
    return credentials(own[0])


def credentials(arn: str) -> dict[str, str]:
    if ":role/" in arn:
        key = sts_backends[ACCOUNT][PARTITION].assume_role(REGION, "rehearsal", arn, "", 43200, "")
        token = key.session_token
    else:
        key = iam.backend().create_access_key(arn.rpartition("/")[2])
        token = ""  # So that a session of the caller's own does not mix with the user's key.
    return {
        "AWS_ACCESS_KEY_ID": key.access_key_id,
        "AWS_SECRET_ACCESS_KEY": key.secret_access_key,
        "AWS_SESSION_TOKEN": token,
    }


def caller(access_key: str) -> Caller | None:
    """Returns who got this access key here."""
    session = sts_backends[ACCOUNT][PARTITION].get_assumed_role_from_access_key(access_key)
    if session:
        return Caller(session.role_arn, session.secret_access_key, session.session_name)
    user = iam.backend().get_user_from_access_key_id(access_key)
    for key in user.access_keys if user else []:
        if key.access_key_id == access_key:
            return Caller(user.arn, key.secret_access_key, None)
    return None
