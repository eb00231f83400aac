"""SQS: policies of queues."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.sqs.exceptions import InvalidAttributeValue
from moto.sqs.models import Queue, SQSBackend

from .hooks import Args, around, before


@around(Queue, "_set_attributes")
def keep_policy(original: Callable[..., None], queue: Any, attributes: Args, now: float | None = None) -> None:
    """SetQueueAttributes names only what changes; moto would drop the policy."""
    if "Policy" not in attributes and getattr(queue, "_policy_json", None):
        attributes = {**attributes, "Policy": queue.policy}
    original(attributes, now)


@before(SQSBackend, "set_queue_attributes")
def queue_policy(sqs: Any, a: Args) -> None:
    policy = a["attributes"].get("Policy")
    try:
        valid = not policy or json.loads(policy)["Statement"]
    except (ValueError, KeyError, TypeError):
        valid = False
    if not valid:
        raise InvalidAttributeValue("Policy")
