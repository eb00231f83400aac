"""What EKS refuses of node groups."""

from __future__ import annotations

import base64
import re
import sys
from typing import Any

from ..ec2.backend import backend
from ..iam import find_role, trusts
from . import releases
from .clusters import VERSIONS
from .errors import bad_request, invalid
from .region import Doc

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def check_role(arn: str) -> None:
    role = find_role(arn)
    if not role:
        raise invalid(f"The role with name {arn.rpartition('/')[2]} cannot be found.")
    if not trusts(role, "ec2.amazonaws.com"):
        raise invalid(
            "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of "
            f"nodeRole {arn}"
        )


def check_scaling(scaling: Doc, update: Doc) -> None:
    low, want, high = scaling["minSize"], scaling["desiredSize"], scaling["maxSize"]
    if low > want:
        raise invalid(f"Minimum capacity {low} can't be greater than desired size {want}")
    if want > high:
        raise invalid(f"desired capacity {want} can't be greater than max size {high}")
    if {"maxUnavailable", "maxUnavailablePercentage"} <= update.keys():
        raise invalid("updateConfig takes one of maxUnavailable and maxUnavailablePercentage")


def check_version(cluster: Doc, group: Doc) -> None:
    version, newest = group["version"], cluster["version"]
    if version not in VERSIONS or VERSIONS.index(version) > VERSIONS.index(newest):
        raise invalid(f"Nodegroup Kubernetes version {version} is unknown or newer than the cluster's {newest}")


def check_nodes(region: str, cluster: Doc, group: Doc) -> None:
    """Checks what CreateNodegroup and UpdateNodegroupVersion have in common, and notes the nodes' security groups."""
    check_version(cluster, group)
    data = checked_template(region, group) if "launchTemplate" in group else {}
    for instance in group["instanceTypes"] or [data.get("InstanceType") or "t3.medium"]:
        if group["amiType"] != "CUSTOM" and is_arm(instance) != ("ARM_64" in group["amiType"]):
            raise invalid(f"[{instance}] is not a valid instance type for requested amiType {group['amiType']}")
    if release := group.get("releaseVersion"):
        releases.check_form(group["amiType"], group["version"], release)
    of_interfaces = [g for interface in data.get("NetworkInterfaces") or [] for g in interface.get("Groups") or []]
    group["_security_groups"] = [*(data.get("SecurityGroupIds") or []), *of_interfaces]


def is_arm(instance_type: str) -> bool:
    """Tells by the g right after the generation, as in t4g, m7g, c6gn, is4gen; a1 is older than that."""
    return bool(re.match(r"a1\.|[a-z]+\d+g", instance_type))


def checked_template(region: str, group: Doc) -> Doc:
    """Returns the data of the group's launch template, if they do not contradict the group."""
    template, ami = group["launchTemplate"], group["amiType"]
    data = template_data(region, template)
    if data.get("IamInstanceProfile"):
        raise invalid(
            f"Launch template {template['name']} should not specify an instance profile. "
            "The noderole in your request will be used to construct an instance profile."
        )
    if data.get("InstanceType") and group["instanceTypes"]:
        raise invalid("Instance types must be specified in the launch template or in the request, not in both")
    if data.get("ImageId") and ami != "CUSTOM":
        raise invalid("You cannot specify an image id within the launch template with an amiType other than CUSTOM")
    if "diskSize" in group:
        raise invalid("Disk size must be specified within the launch template.")
    if ami.startswith("BOTTLEROCKET") and data.get("UserData"):
        check_toml(data["UserData"])
    return data


def check_toml(user_data: Any) -> None:
    try:
        tomllib.loads(base64.b64decode(str(user_data)).decode())
    except ValueError:
        raise bad_request("User data was not in the TOML format.") from None


def template_data(region: str, template: Doc) -> Doc:
    """Returns the template's data, and completes the reference to it with id, name and version."""
    try:
        ec2, name = backend(region), template.get("name")
        found = ec2.get_launch_template_by_name(name) if name else ec2.get_launch_template(template.get("id"))
        version = found.get_version(template.get("version", "$Default"))
    except Exception as error:  # moto's own exceptions have no base that is narrower; EKS passes EC2's refusal on.
        raise invalid(f"Launch template could not be found: {error}") from None
    template.update(id=found.id, name=found.name, version=str(version.number))
    return dict(version.data)
