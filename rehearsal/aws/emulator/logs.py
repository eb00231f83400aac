"""CloudWatch Logs: retention and keys of log groups."""

from __future__ import annotations

from typing import Any

from moto.logs.exceptions import InvalidParameterException
from moto.logs.models import LogsBackend

from .hooks import Args, before
from .kms import find_key

RETENTION_DAYS = {
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
}


@before(LogsBackend, "put_retention_policy")
def retention_allowed(logs: Any, a: Args) -> None:
    if int(a["retention_in_days"]) not in RETENTION_DAYS:
        raise InvalidParameterException(
            constraint=f"Member must satisfy enum value set: {sorted(RETENTION_DAYS)}",
            parameter="retentionInDays",
            value=str(a["retention_in_days"]),
        )


@before(LogsBackend, "create_log_group")
def log_key_usable(logs: Any, a: Args) -> None:
    """CloudWatch Logs tries the key at once: its policy must name the service of the region."""
    arn = a["kwargs"].get("kmsKeyId")
    key = find_key(arn) if arn else None
    services = "logs.amazonaws.com", f"logs.{logs.region_name}.amazonaws.com"
    if arn and not (key and any(service in str(key.policy) for service in services)):
        name = a["log_group_name"]
        raise InvalidParameterException(
            msg=f"The specified KMS key does not exist or is not allowed to be used with LogGroup '{name}'"
        )
