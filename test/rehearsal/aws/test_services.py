"""IAM, STS, KMS, Logs, SQS, SSM."""

import json
import re

import pytest

from conftest import ACCOUNT, REGION, trust


def policy(size=0, **changes):
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", **changes}
    if size:
        statement["Resource"] = ["arn:aws:s3:::" + "x" * 99] * (size // 115)
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_identity_of_the_deployer(aws):
    who = aws.sts.get_caller_identity()
    assert who["Account"] == ACCOUNT
    assert who["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/platform-admin/rehearsal"
    assert aws.iam.get_role(RoleName="platform-admin")["Role"]["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/platform-admin"


def test_assume_role_needs_the_role(aws, refused):
    refused("AccessDenied", aws.sts.assume_role, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/none", RoleSessionName="x")
    made = aws.iam.create_role(RoleName="open", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))["Role"]
    assert aws.sts.assume_role(RoleArn=made["Arn"], RoleSessionName="x")["Credentials"]


@pytest.mark.parametrize(
    "document",
    [
        "{nope",
        policy(),
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
        trust({"AWS": f"arn:aws:iam::{ACCOUNT}:role/none"}),
        trust({"Service": "ec2.amazonaws.com"}).replace("sts:", "s3:"),
    ],
)
def test_malformed_trust(aws, refused, document):
    refused("MalformedPolicyDocument", aws.iam.create_role, RoleName="malformed", AssumeRolePolicyDocument=document)
    aws.role(name=f"fine-{abs(hash(document))}")
    refused(
        "MalformedPolicyDocument",
        aws.iam.update_assume_role_policy,
        RoleName=f"fine-{abs(hash(document))}",
        PolicyDocument=document,
    )


def test_role_limits(aws, refused):
    refused(
        "ValidationError",
        aws.iam.create_role,
        RoleName="r" * 65,
        AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}),
    )
    refused(
        "ValidationError",
        aws.iam.create_role,
        RoleName="a b",
        AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}),
    )
    refused(
        "LimitExceeded",
        aws.iam.create_role,
        RoleName="big",
        AssumeRolePolicyDocument=trust({"Service": ["ec2.amazonaws.com"] * 120}),
    )
    aws.iam.create_role(RoleName="r" * 64, AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))


def test_policy_limits(aws, refused):
    refused("LimitExceeded", aws.iam.create_policy, PolicyName="big", PolicyDocument=policy(7000))
    made = aws.iam.create_policy(PolicyName="fits", PolicyDocument=json.dumps(json.loads(policy(5500)), indent=40))[
        "Policy"
    ]["Arn"]
    refused("LimitExceeded", aws.iam.create_policy_version, PolicyArn=made, PolicyDocument=policy(7000))
    name = aws.role().rpartition("/")[2]
    refused("LimitExceeded", aws.iam.put_role_policy, RoleName=name, PolicyName="p", PolicyDocument=policy(11000))
    aws.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy(8000))
    aws.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy(8000))
    refused("LimitExceeded", aws.iam.put_role_policy, RoleName=name, PolicyName="q", PolicyDocument=policy(8000))


def test_attachments(aws, refused):
    name = aws.role().rpartition("/")[2]
    policies = [
        aws.iam.create_policy(PolicyName=f"many-{i}", PolicyDocument=policy())["Policy"]["Arn"] for i in range(11)
    ]
    for arn in policies[:10]:
        aws.iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    refused("LimitExceeded", aws.iam.attach_role_policy, RoleName=name, PolicyArn=policies[10])
    refused("DeleteConflict", aws.iam.delete_policy, PolicyArn=policies[0])
    refused("DeleteConflict", aws.iam.delete_role, RoleName=name)
    aws.iam.attach_role_policy(RoleName=name, PolicyArn=policies[0])  # once more, as an SDK that heard no answer
    aws.iam.detach_role_policy(RoleName=name, PolicyArn=policies[0])
    aws.iam.delete_policy(PolicyArn=policies[0])
    other = aws.role().rpartition("/")[2]
    refused("NoSuchEntity", aws.iam.attach_role_policy, RoleName=other, PolicyArn="arn:aws:iam::aws:policy/NoSuch")


def test_kms_alias_needs_a_key(aws, refused):
    refused(
        "NotFoundException",
        aws.kms.create_alias,
        AliasName="alias/none",
        TargetKeyId="11111111-1111-1111-1111-111111111111",
    )


def test_log_groups(aws, refused):
    aws.logs.create_log_group(logGroupName="/retention")
    refused("InvalidParameterException", aws.logs.put_retention_policy, logGroupName="/retention", retentionInDays=31)
    aws.logs.put_retention_policy(logGroupName="/retention", retentionInDays=30)
    key = aws.kms.create_key()["KeyMetadata"]["Arn"]
    refused("InvalidParameterException", aws.logs.create_log_group, logGroupName="/key", kmsKeyId=key)
    document = policy(Principal={"Service": f"logs.{REGION}.amazonaws.com"}, Action="kms:*")
    aws.logs.create_log_group(logGroupName="/key", kmsKeyId=aws.kms.create_key(Policy=document)["KeyMetadata"]["Arn"])


def test_queue_policy(aws, refused):
    url = aws.sqs.create_queue(QueueName="q")["QueueUrl"]
    refused("InvalidAttributeValue", aws.sqs.set_queue_attributes, QueueUrl=url, Attributes={"Policy": "{x"})
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy(Principal="*")})
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"MessageRetentionPeriod": "600"})
    assert "Policy" in aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def test_bottlerocket_parameters(aws, refused):
    base = "/aws/service/bottlerocket/aws-k8s-1.34/arm64/1.66.0/"
    value = {k: aws.ssm.get_parameter(Name=base + k)["Parameter"]["Value"] for k in ("image_version", "image_id")}
    assert re.fullmatch(r"1\.66\.0-[0-9a-f]{8}", value["image_version"]) and re.fullmatch(
        r"ami-[0-9a-f]{17}", value["image_id"]
    )
    again = aws.ssm.get_parameters(Names=[base + "image_version", base + "none"])
    assert again["Parameters"][0]["Value"] == value["image_version"] and again["InvalidParameters"] == [base + "none"]
    for wrong in ("1.66", "latest", "v1.66.0"):
        refused("ParameterNotFound", aws.ssm.get_parameter, Name=base.replace("1.66.0", wrong) + "image_version")
