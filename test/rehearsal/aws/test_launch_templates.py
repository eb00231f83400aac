"""Launch templates: their own tags, those of what is launched, and what is gone."""

from __future__ import annotations

import time


def tags(kind, **values):
    return {"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in values.items()]}


def template(aws, data):
    return aws.ec2.create_launch_template(
        LaunchTemplateName=f"lt-{time.time_ns()}",
        LaunchTemplateData=data,
        TagSpecifications=[tags("launch-template", own="1")],
    )["LaunchTemplate"]


def test_own_tags_are_not_those_of_instances(aws):
    made = template(aws, {"TagSpecifications": [tags("instance", launched="1")]})
    bare = template(aws, {"EbsOptimized": True})
    data = [
        aws.ec2.describe_launch_template_versions(LaunchTemplateId=t["LaunchTemplateId"])["LaunchTemplateVersions"][0]
        for t in (made, bare)
    ]
    assert data[0]["LaunchTemplateData"]["TagSpecifications"] == [tags("instance", launched="1")]
    assert "TagSpecifications" not in data[1]["LaunchTemplateData"]
    assert made["Tags"] == [{"Key": "own", "Value": "1"}]


def test_own_tags_follow_later_changes(aws):
    made = template(aws, {"EbsOptimized": True})["LaunchTemplateId"]
    aws.ec2.create_tags(Resources=[made], Tags=[{"Key": "late", "Value": "2"}])
    aws.ec2.delete_tags(Resources=[made], Tags=[{"Key": "own"}])
    described = aws.ec2.describe_launch_templates(LaunchTemplateIds=[made])["LaunchTemplates"][0]
    assert described["Tags"] == [{"Key": "late", "Value": "2"}]


def test_a_second_delete_by_id_names_the_id_as_gone(aws, refused):
    made = template(aws, {"EbsOptimized": True})["LaunchTemplateId"]
    aws.ec2.delete_launch_template(LaunchTemplateId=made)
    refused("InvalidLaunchTemplateId.NotFound", aws.ec2.delete_launch_template, LaunchTemplateId=made)
