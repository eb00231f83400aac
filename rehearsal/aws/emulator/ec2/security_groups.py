"""Security groups: who uses them, and how their rules are described."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups

from ..hooks import Args, around, before
from .backend import alive, held_by_others, refusal

# A rule that names a group has its description there. moto reads ip_range alone, so every plan would have a change.
SecurityGroupRule.description = property(  # type: ignore[method-assign, assignment]
    lambda rule: rule.ip_range.get("Description") or (rule.source_group or {}).get("Description")
)


@around(SecurityGroupBackend, "modify_security_group_rules")
def modify_rules(original: Callable[..., None], ec2: Any, group_id: str, rules: dict[str, Args]) -> None:
    """The provider leaves ports out for protocol -1, as AWS wants it; moto insists on them."""
    portless = [i for i, rule in rules.items() if rule.get("IpProtocol") == "-1"]
    original(group_id, {i: {**r, "FromPort": -1, "ToPort": -1} if i in portless else r for i, r in rules.items()})
    for i in portless:
        rule = ec2.get_security_group_by_name_or_id(group_id).get_rule(i)
        rule.from_port = rule.to_port = None


def named_by_others(ec2: Any, group: str) -> bool:
    """Tells whether a rule of another group names this one."""
    others = [g for groups in list(ec2.groups.values()) for g in list(groups.values()) if g.id != group]
    rules = [rule for other in others for rule in [*other.ingress_rules, *other.egress_rules]]
    return any((rule.source_group or {}).get("GroupId") == group for rule in rules)


# The API call rather than the backend's method: inside moto, DeleteVpc deletes the default group by the latter.
@before(SecurityGroups, "delete_security_group")
def group_unused(response: Any, a: Args) -> None:
    ec2 = response.ec2_backend
    group = ec2.get_security_group_from_id(response._get_param("GroupId"))
    if not group:
        return
    if group.is_default:
        raise refusal("CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user')
    on_interface = any(group in eni.group_set for eni in ec2.enis.values())
    on_endpoint = any(group.id in e.security_group_ids for e in alive(ec2.vpc_end_points.values()))
    if named_by_others(ec2, group.id) or on_interface or on_endpoint or held_by_others(ec2, group.id):
        raise DependencyViolationError(f"resource {group.id} has a dependent object")
