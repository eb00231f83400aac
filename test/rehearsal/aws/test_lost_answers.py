"""A create that happens and whose answer is lost."""

from __future__ import annotations

import time

import pytest

from creates import CREATES, WITH_TOKEN


def count(aws, create):
    return len(aws.own("inventory").get(create.kind, []))


@pytest.mark.parametrize("create", CREATES, ids=lambda create: create.action)
def test_the_change_is_made(aws, refused, create):
    arguments = create.prepare(aws)
    before = count(aws, create)
    aws.own("fail", {"service": create.service, "action": create.action, "after": True})
    refused("InternalFailure", create.call(aws), **arguments)
    last = aws.own("journal")[-1]
    assert (last["action"], last["status"], last["fault"]) == (create.action, 200, "InternalFailure")
    assert count(aws, create) == before + (1 if create.kind else 0)


@pytest.mark.parametrize("create", WITH_TOKEN, ids=lambda create: create.action)
def test_a_repetition_with_the_same_token_finds_it(aws, refused, create):
    arguments = {**create.prepare(aws), create.token: f"{create.action}-{time.monotonic_ns()}"}
    aws.own("fail", {"service": create.service, "action": create.action, "after": True})
    refused("InternalFailure", create.call(aws), **arguments)
    before = count(aws, create)
    create.call(aws)(**arguments)
    assert count(aws, create) == before
