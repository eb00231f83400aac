"""VPC endpoints: which can be made, and the routes of gateway endpoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError, InvalidServiceName
from moto.ec2.models.vpcs import VPCBackend

from ..account import PARTITION
from ..hooks import Args, around, before
from .backend import alive, refusal

INTERFACE_SERVICES = frozenset(
    """autoscaling cloudformation dynamodb ec2 ec2messages ecr.api ecr.dkr eks eks-auth elasticfilesystem
    elasticloadbalancing email-smtp events execute-api guardduty-data kms logs monitoring s3 secretsmanager sns sqs
    ssm ssmmessages sts xray""".split()
)
GATEWAY_SERVICES = frozenset({"s3", "dynamodb"})
# In China some names begin with `cn.com.amazonaws`.
PREFIXES = ("", "cn.") if PARTITION == "aws-cn" else ("",)


@before(VPCBackend, "create_vpc_endpoint")
def endpoint_allowed(ec2: Any, a: Args) -> None:
    name = a["service_name"]
    prefix, _, service = name.partition(f"com.amazonaws.{ec2.region_name}.")
    interface = (a["endpoint_type"] or "Gateway") == "Interface"
    if prefix not in PREFIXES or service not in INTERFACE_SERVICES | GATEWAY_SERVICES:
        raise InvalidServiceName(name)
    if not interface and service not in GATEWAY_SERVICES:
        raise refusal("InvalidParameter", f"Endpoint type (Gateway) does not match available service types for {name}.")
    for group in a["security_group_ids"] or []:
        if not ec2.get_security_group_from_id(group):
            raise InvalidSecurityGroupNotFoundError(group)
    zones = [ec2.get_subnet(s).availability_zone for s in a["subnet_ids"] or []]
    if len(zones) != len(set(zones)):
        raise refusal("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the same availability zone")
    if interface and a["private_dns_enabled"]:
        check_private_dns(ec2, ec2.get_vpc(a["vpc_id"]), name)


def check_private_dns(ec2: Any, vpc: Any, name: str) -> None:
    if any(str(enabled).lower() != "true" for enabled in (vpc.enable_dns_support, vpc.enable_dns_hostnames)):
        raise refusal(
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes "
            f"set to true for {vpc.id}",
        )
    for other in alive(ec2.vpc_end_points.values()):
        if other.vpc_id == vpc.id and other.service_name == name and other.private_dns_enabled:
            raise refusal(
                "InvalidParameter",
                "private-dns-enabled cannot be set because there is already a conflicting DNS domain "
                f"for {name} in the VPC {vpc.id}",
            )


@around(VPCBackend, "modify_vpc_endpoint")
def modify_endpoint(original: Callable[..., None], ec2: Any, vpc_id: str, *args: Any, **kwargs: Any) -> None:
    """Keeps the routes of a gateway endpoint with its route tables; moto adds them to the first tables only."""
    endpoint = ec2.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
    old, prefix_list = set(endpoint.route_table_ids or []), endpoint.destination_prefix_list_id
    original(vpc_id, *args, **kwargs)
    new = set(endpoint.route_table_ids or [])
    for table in new - old if prefix_list else ():
        ec2.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
    for table in old - new if prefix_list else ():
        ec2.delete_route(table, prefix_list)
