"""Launch templates: their own tags are not those of what is launched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.exceptions import InvalidLaunchTemplateIdNotFound
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend

from ..hooks import around

# moto keeps the tags of the moment at which the template was made. The setter is for its constructor.
LaunchTemplate.tags = property(LaunchTemplate.get_tags, lambda template, tags: None)  # type: ignore[assignment]


@around(LaunchTemplateBackend, "create_launch_template")
def own_tags_apart(
    original: Callable[..., Any], ec2: Any, name: str, description: str, data: dict[str, Any], own: dict[str, Any]
) -> Any:
    """Takes the template's own tags out of its data again: moto adds those to the ones of instances and volumes."""
    launched = [tags for tags in data.pop("TagSpecifications", []) if tags["ResourceType"] != "launch-template"]
    return original(name, description, {**data, **({"TagSpecifications": launched} if launched else {})}, own)


@around(LaunchTemplateBackend, "delete_launch_template")
def gone_by_its_id(original: Callable[..., Any], ec2: Any, name: str, tid: str | None) -> Any:
    """Answers as EC2 does for an id that is gone. By moto's code, the one for names, the provider fails where it asks a
    second time because the first answer was lost.
    """
    if not name and tid and tid not in ec2.launch_templates:
        raise InvalidLaunchTemplateIdNotFound(tid)
    return original(name, tid)
