"""Roles and users: those that are there at start, and who signed a request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from moto.sts.models import sts_backends

from . import iam
from .account import ACCOUNT, ADMINS, CALLER, DEPLOYER, PARTITION, PRINCIPAL, REGION

if TYPE_CHECKING:
    from .call import Call


class Caller(NamedTuple):
    # The role rather than its session, as access entries have it.
    arn: str
    secret: str
    # None for a user.
    session: str | None


# Names everybody in the account.
ROOT = f"arn:{PARTITION}:iam::{ACCOUNT}:root"


def trust_policy(trusted: str) -> str:
    """Returns what lets a principal assume a role."""
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principal = {"AWS": trusted}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Principal": principal}]}
    )


def create_principals() -> dict[str, str]:
    """Makes the principals that are of this account, and returns the credentials of one as environment variables."""
    own = [arn for arn in ADMINS if f"::{ACCOUNT}:" in arn and arn != DEPLOYER]
    for arn in own:
        create(arn, ROOT)
    if not DEPLOYER:
        return credentials(own[0])
    create(CALLER, ROOT)
    # Only now: a trust policy names nobody who is not there.
    create(DEPLOYER, CALLER)
    return credentials(CALLER)


def create(arn: str, trusted: str) -> None:
    _, _, whole = PRINCIPAL.fullmatch(arn).groups()  # type: ignore[union-attr]
    path, _, name = whole.rpartition("/")
    if ":role/" in arn:
        iam.backend().create_role(name, trust_policy(trusted), f"{path}/", None, "Deploys the platform", [], "3600")
    else:
        iam.backend().create_user(REGION, name, f"{path}/")


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


def refusal(call: Call) -> str | None:
    """Returns why whoever signed a call may not make it. No policy is looked at but what says who may assume a role."""
    known = caller(call.key)
    who = session_arn(known) if known else ROOT
    reason = f"User: {who} is not authorized to perform: {call.service}:{call.action}"
    if (call.service, call.action) == ("sts", "AssumeRole"):
        role = str(call.parameters.get("RoleArn", ""))
        return None if trusts(role, known) else f"{reason} on resource: {role}"
    # Whoever forgets to assume the role gets nowhere.
    return reason if DEPLOYER and known and known.arn == CALLER and call.service != "sts" else None


def session_arn(known: Caller) -> str:
    if known.session is None:
        return known.arn
    return f"arn:{PARTITION}:sts::{ACCOUNT}:assumed-role/{known.arn.rpartition('/')[2]}/{known.session}"


def trusts(role: str, known: Caller | None) -> bool:
    """Tells whether a role is there and lets somebody in, by account or ARN; conditions are not looked at."""
    found = iam.find_role(role)
    document = found.assume_role_policy_document if found else '{"Statement": []}'
    for statement in iam.as_list((json.loads(document) if isinstance(document, str) else document)["Statement"]):
        principal = statement.get("Principal")
        named = iam.as_list(principal.get("AWS", [])) if isinstance(principal, dict) else [principal]
        trusted = {"*", ROOT, ACCOUNT, *([known.arn, session_arn(known)] if known else [])}
        if (
            statement["Effect"] == "Allow"
            and not trusted.isdisjoint(named)
            and not {"*", "sts:*", "sts:AssumeRole"}.isdisjoint(iam.as_list(statement.get("Action", [])))
        ):
            return True
    return False
