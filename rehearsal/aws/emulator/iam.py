"""IAM: limits and checks of documents that moto leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from moto.iam.exceptions import (
    DeleteConflictException,
    LimitExceededException,
    MalformedPolicyDocument,
    ValidationError,
)
from moto.iam.models import IAMBackend, ManagedPolicy, iam_backends
from moto.iam.policy_validation import IAMTrustPolicyDocumentValidator

from .account import ACCOUNT, PARTITION, PRINCIPAL
from .hooks import Args, around, before

NAME = re.compile(r"[\w+=,.@-]+")


def backend() -> Any:
    return iam_backends[ACCOUNT][PARTITION]


def find_role(arn: str) -> Any | None:
    return next((role for role in backend().get_roles() if role.arn == arn), None)


def is_principal(arn: str) -> bool:
    """Tells whether a role or user exists. Those of other accounts do, since nobody here can look them up."""
    match = PRINCIPAL.fullmatch(arn)
    if not match or match[1] != PARTITION:
        return False
    if match[2] != ACCOUNT:
        return True
    return bool(find_role(arn)) if ":role/" in arn else any(user.arn == arn for user in backend().users.values())


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def trusts(role: Any | None, service: str) -> bool:
    """Tells whether the role exists and lets this service assume it. In China some services go by a longer name too."""
    if role is None:
        return False
    document = role.assume_role_policy_document
    statements = as_list((json.loads(document) if isinstance(document, str) else document)["Statement"])
    principals = [s["Principal"] for s in statements if s["Effect"] == "Allow" and "Principal" in s]
    trusted = [name for p in principals if isinstance(p, dict) for name in as_list(p.get("Service"))]
    return service in trusted or (PARTITION == "aws-cn" and f"{service}.cn" in trusted)


def check_trust(document: str) -> None:
    """Checks a trust policy with its principals. moto checks on update only, and never the principals."""
    IAMTrustPolicyDocumentValidator(document).validate()
    if len(re.sub(r"\s", "", document)) > 2048:
        raise LimitExceededException("Cannot exceed quota for ACLSizePerRole: 2048")
    for statement in as_list(json.loads(document)["Statement"]):
        principal = statement.get("Principal", statement.get("NotPrincipal"))
        if not principal:
            raise MalformedPolicyDocument("Missing required field Principal")
        for arn in as_list(principal.get("AWS", [])) if isinstance(principal, dict) else []:
            # IAM resolves ARNs at once: a role or user must exist before a trust policy names it.
            if re.search(r":iam::\d*:(role|user)/", arn) and not is_principal(arn):
                raise MalformedPolicyDocument(f'Invalid principal in policy: "AWS":"{arn}"')


def check_size(document: str, limit: int, quota: str) -> None:
    """Checks the size as IAM does, which does not count white space."""
    if len(re.sub(r"\s", "", document)) > limit:
        raise LimitExceededException(quota)


@before(IAMBackend, "create_role")
def role_allowed(iam: Any, a: Args) -> None:
    name = a["role_name"]
    if len(name) > 64:
        raise ValidationError(
            f"1 validation error detected: Value '{name}' at 'roleName' failed to satisfy constraint: "
            "Member must have length less than or equal to 64"
        )
    if not NAME.fullmatch(name):
        raise ValidationError("The specified value for roleName is invalid.")
    check_trust(a["assume_role_policy_document"])


@before(IAMBackend, "update_assume_role_policy")
def trust_update(iam: Any, a: Args) -> None:
    check_trust(a["policy_document"])


@before(IAMBackend, "create_policy")
@before(IAMBackend, "create_policy_version")
def policy_size(iam: Any, a: Args) -> None:
    check_size(a["policy_document"], 6144, "Cannot exceed quota for PolicySize: 6144")


@before(IAMBackend, "put_role_policy")
def inline_size(iam: Any, a: Args) -> None:
    others = "".join(d for n, d in iam.get_role(a["role_name"]).policies.items() if n != a["policy_name"])
    quota = f"Maximum policy size of 10240 bytes exceeded for role {a['role_name']}"
    check_size(others + a["policy_json"], 10240, quota)


@before(IAMBackend, "attach_role_policy")
def attachments(iam: Any, a: Args) -> None:
    attached = iam.get_role(a["role_name"]).managed_policies
    if a["policy_arn"] not in attached and len(attached) >= 10:
        raise LimitExceededException("Cannot exceed quota for PoliciesPerRole: 10")


@around(ManagedPolicy, "attach_to")
def attach_once(attach: Callable[..., None], policy: Any, entity: Any) -> None:
    """moto counts a call that an SDK repeats as another attachment, so that the policy is never free again."""
    if policy.arn not in entity.managed_policies:
        attach(entity)


@before(IAMBackend, "delete_policy")
def policy_unused(iam: Any, a: Args) -> None:
    if iam.get_policy(a["policy_arn"]).attachment_count:
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
