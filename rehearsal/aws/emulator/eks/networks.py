"""What a cluster and its nodes may be put into: subnets, security groups, addresses of services."""

from __future__ import annotations

import ipaddress

from ..ec2.backend import backend
from .errors import invalid
from .region import Doc

PRIVATE = [ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]


def is_private(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return network.version == 4 and any(network.subnet_of(block) for block in PRIVATE)  # type: ignore[arg-type]


def common_vpc(region: str, subnets: list[str], groups: list[str]) -> str:
    """Returns the VPC of subnets and security groups, which must all exist and be in one."""
    ec2 = backend(region)
    known = {s.id: s for s in ec2.describe_subnets()}
    for subnet in subnets:
        if subnet not in known:
            raise invalid(f"The subnet ID '{subnet}' does not exist")
    vpcs = {known[s].vpc_id for s in subnets}
    for group in groups:
        found = ec2.get_security_group_from_id(group)
        if not found:
            raise invalid(f"The security group '{group}' does not exist")
        vpcs.add(found.vpc_id)
    if len(vpcs) != 1:
        raise invalid("Subnets and security groups must all be in one VPC")
    return str(vpcs.pop())


def zones_of(region: str, vpc: Doc) -> set[str]:
    return {backend(region).get_subnet(s).availability_zone for s in vpc["subnetIds"]}


def check_cluster_network(region: str, vpc: Doc) -> str:
    """Returns the VPC of a cluster's network, if EKS takes that."""
    vpc_id = common_vpc(region, vpc["subnetIds"], vpc["securityGroupIds"])
    if len(zones_of(region, vpc)) < 2:
        raise invalid("Subnets specified must be in at least two different AZs")
    if not (vpc["endpointPublicAccess"] or vpc["endpointPrivateAccess"]):
        raise invalid("Private and public endpoint access cannot be disabled")
    for cidr in vpc["publicAccessCidrs"]:
        try:
            network = ipaddress.ip_network(cidr)
        except ValueError:
            raise invalid(f"The following CIDRs are invalid in publicAccessCidrs: [{cidr}]") from None
        if is_private(network):
            raise invalid(f"The following CIDRs are not allowed in publicAccessCidrs: [{cidr}]")
    return vpc_id


def check_same_zones(region: str, old: Doc, new: Doc) -> None:
    """A cluster stays in its first zones (EKS user guide, "considerations" of subnets; aws/containers-roadmap#2330)."""
    first = zones_of(region, old)
    if not zones_of(region, new) <= first:
        raise invalid(f"Subnets must be in the same set of AZs as originally provided: {sorted(first)}")


def service_cidr(region: str, vpc_id: str, asked: str | None) -> str:
    """Returns the network that was asked for, if it is allowed. EKS itself picks one that is clear of the VPC."""
    associations = backend(region).get_vpc(vpc_id).get_cidr_block_association_set()
    blocks = [ipaddress.ip_network(a["cidr_block"]) for a in associations]
    usual = "172.20.0.0/16"
    taken = any(block.overlaps(ipaddress.ip_network(usual)) for block in blocks)
    cidr = asked or ("10.100.0.0/16" if taken else usual)
    network = ipaddress.ip_network(cidr)
    if not 12 <= network.prefixlen <= 24 or not is_private(network):
        raise invalid(f"serviceIpv4Cidr {cidr} must be private and between /24 and /12")
    if any(network.overlaps(block) for block in blocks):
        raise invalid(f"serviceIpv4Cidr {cidr} overlaps with the CIDR blocks of the VPC")
    return cidr
