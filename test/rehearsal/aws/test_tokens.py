"""EKS tokens, made as botocore and the AWS command line make them."""

import base64
import json
import time
import urllib.request

import boto3
import pytest
from botocore.signers import RequestSigner

from conftest import ACCOUNT, REGION

ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def token(aws, session, cluster, at=None, monkeypatch=None):
    client = session.client("sts", region_name=REGION, endpoint_url=aws.url)
    signer = RequestSigner(
        client.meta.service_model.service_id, REGION, "sts", "v4", session.get_credentials(), session.events
    )
    request = {
        "method": "GET",
        "url": f"{aws.url}/?Action=GetCallerIdentity&Version=2011-06-15",
        "body": {},
        "headers": {"x-k8s-aws-id": cluster},
        "context": {},
    }
    url = signer.generate_presigned_url(request, region_name=REGION, expires_in=60, operation_name="")
    return "k8s-aws-v1." + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


def review(aws, value):
    body = json.dumps(
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": value}}
    ).encode()
    with urllib.request.urlopen(
        urllib.request.Request(f"{aws.url}/_rehearsal/token-review?timeout=10s", body)
    ) as answer:
        return json.load(answer)["status"]


@pytest.fixture
def who(aws):
    name = f"person-{time.monotonic_ns()}"
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}
        ],
    }
    aws.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    given = aws.sts.assume_role(RoleArn=arn, RoleSessionName="me")["Credentials"]
    return arn, boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])


def test_an_entry_and_its_policies_decide(aws, who):
    (arn, session), made = who, aws.cluster(accessConfig={"authenticationMode": "API"})
    assert "no access entry" in review(aws, token(aws, session, made["name"]))["error"]
    aws.eks.create_access_entry(clusterName=made["name"], principalArn=arn, kubernetesGroups=["readers"])
    assert review(aws, token(aws, session, made["name"]))["user"]["groups"] == ["readers"]
    aws.eks.associate_access_policy(
        clusterName=made["name"], principalArn=arn, policyArn=ADMIN, accessScope={"type": "cluster"}
    )
    user = review(aws, token(aws, session, made["name"]))["user"]
    assert user["groups"] == ["readers", "system:masters"] and user["username"].endswith("/me")


def test_tokens_that_open_nothing(aws, who):
    (arn, session), made = who, aws.cluster(accessConfig={"authenticationMode": "API"})
    aws.eks.create_access_entry(clusterName=made["name"], principalArn=arn)
    good = token(aws, session, made["name"])
    for bad in (
        "nonsense",
        "k8s-aws-v1.####",
        good[:-6],
        token(aws, session, "another"),
        token(aws, boto3.Session("AKIAIOSFODNN7EXAMPLE", "x"), made["name"]),
    ):
        assert not review(aws, bad)["authenticated"], bad
    assert review(aws, good)["authenticated"]
