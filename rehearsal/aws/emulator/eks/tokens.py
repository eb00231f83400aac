"""How EKS knows who calls: a token webhook for a real API server (authentication.k8s.io TokenReview).

A token is a presigned GetCallerIdentity, signed over a header that names the cluster. EKS sends it to STS. Here its
signature is checked against the keys that were given out, for each cluster: a token of another cluster opens nothing.
"""

from __future__ import annotations

import base64
import time
from calendar import timegm
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ..principals import caller
from .access_entries import CLUSTER_ADMIN
from .region import REGIONS, Doc

PREFIX = "k8s-aws-v1."
# Seconds; as aws-iam-authenticator has it, a token outlives its X-Amz-Expires.
LIFETIME = 15 * 60


class Refused(Exception):
    pass


def presigned(token: str) -> tuple[str, dict[str, str]]:
    """Returns the URL in a token, and the URL's parameters."""
    if not token.startswith(PREFIX):
        raise Refused(f"not an EKS token: no {PREFIX}")
    text = token.removeprefix(PREFIX)
    url = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    given = dict(parse_qsl(urlsplit(url).query))
    if given.get("Action") != "GetCallerIdentity" or "x-k8s-aws-id" not in given.get("X-Amz-SignedHeaders", ""):
        raise Refused("not a GetCallerIdentity signed for a cluster")
    age = time.time() - timegm(time.strptime(given["X-Amz-Date"], "%Y%m%dT%H%M%SZ"))
    if not -60 < age < LIFETIME:
        raise Refused(f"expired: {age:.0f} s old")
    return url, given


def signature(url: str, given: dict[str, str], secret: str, cluster: str) -> str:
    key, _, region, service, _ = given["X-Amz-Credential"].split("/")
    parts = urlsplit(url)
    query = urlencode({k: v[0] for k, v in parse_qs(parts.query).items() if k != "X-Amz-Signature"})
    unsigned = f"{parts.scheme}://{parts.netloc}{parts.path}?{query}"
    request = AWSRequest("GET", unsigned, headers={"x-k8s-aws-id": cluster})
    request.context["timestamp"] = given["X-Amz-Date"]
    signer = SigV4QueryAuth(Credentials(key, secret), service, region)
    return str(signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))


def identity(token: str) -> Doc:
    """Returns the user that EKS makes of a token's signer."""
    url, given = presigned(token)
    known = caller(given["X-Amz-Credential"].split("/")[0])
    if not known:
        raise Refused("the access key is not that of an assumed role or a user")
    for cluster in [c for region in REGIONS.values() for c in region.clusters.values()]:
        if signature(url, given, known.secret, cluster["name"]) == given["X-Amz-Signature"]:
            break
    else:
        raise Refused("signed for no cluster of this account, or with another key")
    entry = cluster["_entries"].get(known.arn)
    if not entry:
        raise Refused(f"{known.arn} has no access entry on {cluster['name']}")
    username = entry["username"].replace("{{SessionName}}", known.session or "")
    return {"username": username, "uid": known.arn, "groups": groups_of(entry)}


def groups_of(entry: Doc) -> list[str]:
    """Returns the entry's groups, and one for each policy: EKS authorizes by policies itself, without RBAC."""
    groups = list(entry["kubernetesGroups"])
    for policy, how in entry["_policies"].items():
        everything = policy == CLUSTER_ADMIN and how["accessScope"]["type"] == "cluster"
        groups.append("system:masters" if everything else "rehearsal:" + policy.rpartition("/")[2])
    return groups


def review(asked: Doc) -> Doc:
    """Answers a TokenReview."""
    try:
        status: Doc = {"authenticated": True, "user": identity(asked["spec"]["token"])}
    except (Refused, ValueError, KeyError) as error:
        status = {"authenticated": False, "error": str(error)}
    return {"apiVersion": asked["apiVersion"], "kind": "TokenReview", "status": status}
