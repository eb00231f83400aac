"""Client tokens: who repeats a call gets the first answer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from creates import WITH_TOKEN, nat_gateway


def token(create):
    return {create.token: f"{create.action}-{time.monotonic_ns()}"}


def result(answer):
    return {key: value for key, value in answer.items() if key != "ResponseMetadata"}


@pytest.mark.parametrize("create", WITH_TOKEN, ids=lambda create: create.action)
def test_a_repetition_makes_nothing(aws, create):
    arguments = {**create.prepare(aws), **token(create)}
    first = create.call(aws)(**arguments)
    inventory = aws.own("inventory")
    assert result(create.call(aws)(**arguments)) == result(first)
    assert aws.own("inventory") == inventory
    assert aws.own("journal")[-1]["repeated"]


@pytest.mark.parametrize("create", WITH_TOKEN, ids=lambda create: create.action)
def test_other_parameters_are_refused(aws, refused, create):
    arguments = {**create.prepare(aws), **token(create)}
    other = create.other(aws)
    create.call(aws)(**arguments)
    code = "InvalidParameterException" if create.service == "eks" else "IdempotentParameterMismatch"
    assert "inconsistent" in refused(code, create.call(aws), **{**arguments, **other})


@pytest.mark.parametrize("create", WITH_TOKEN, ids=lambda create: create.action)
def test_a_refused_call_may_be_repeated(aws, refused, create):
    arguments = {**create.prepare(aws), **token(create)}
    aws.own("fail", {"service": create.service, "action": create.action, "status": 400})
    refused("InternalFailure", create.call(aws), **arguments)
    create.call(aws)(**arguments)
    assert "repeated" not in aws.own("journal")[-1]


def test_two_at_once_make_one(aws):
    arguments = {**nat_gateway(aws), "ClientToken": f"both-{time.monotonic_ns()}"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: aws.ec2.create_nat_gateway(**arguments), range(4)))
    assert len({answer["NatGateway"]["NatGatewayId"] for answer in answers}) == 1
