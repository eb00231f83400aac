"""Flow logs need a role that they can assume."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.flow_logs import FlowLogsBackend

from ..hooks import Args, before
from ..iam import find_role, trusts
from .backend import refusal


@before(FlowLogsBackend, "create_flow_logs")
def flow_log_role(ec2: Any, a: Args) -> None:
    """The provider retries on this very message, for two minutes."""
    role = a["deliver_logs_permission_arn"]
    if role and not trusts(find_role(role), "vpc-flow-logs.amazonaws.com"):
        raise refusal("InvalidParameter", "Unable to assume given IAM role")
