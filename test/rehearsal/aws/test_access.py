"""Who may do what in a cluster: access entries, their policies, pod identities."""

from emulator.eks import access_entries

from conftest import ACCOUNT

ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def test_access_entry(aws, cluster, refused):
    of = {"clusterName": cluster["name"], "principalArn": aws.role()}
    aws.eks.create_access_entry(**of, kubernetesGroups=["viewers"], tags={"t": "1"})
    now = aws.eks.describe_access_entry(**of)["accessEntry"]
    assert now["type"] == "STANDARD" and now["kubernetesGroups"] == ["viewers"] and "assumed-role" in now["username"]
    aws.eks.update_access_entry(**of, kubernetesGroups=["others"])
    assert aws.eks.describe_access_entry(**of)["accessEntry"]["kubernetesGroups"] == ["others"]
    assert of["principalArn"] in aws.eks.list_access_entries(clusterName=cluster["name"])["accessEntries"]
    refused("ResourceInUseException", aws.eks.create_access_entry, **of)
    aws.eks.delete_access_entry(**of)
    refused("ResourceNotFoundException", aws.eks.describe_access_entry, **of)


def test_access_entry_refusals(aws, cluster, refused):
    of = {"clusterName": cluster["name"], "principalArn": aws.role()}
    wrong = [
        {"type": "NODE"},
        {"type": "EC2_LINUX", "kubernetesGroups": ["a"]},
        {"kubernetesGroups": ["system:masters"]},
        {"username": "system:x"},
    ]
    wrong += [
        {"principalArn": a}
        for a in (f"arn:aws:iam::{ACCOUNT}:role/none", f"arn:aws:sts::{ACCOUNT}:assumed-role/a/b", "nonsense")
    ]
    for change in wrong:
        refused("InvalidParameterException", aws.eks.create_access_entry, **{**of, **change})
    old = aws.cluster(accessConfig={"authenticationMode": "CONFIG_MAP"})
    refused("InvalidRequestException", aws.eks.create_access_entry, **{**of, "clusterName": old["name"]})


def test_access_policies(aws, cluster, refused):
    of = {"clusterName": cluster["name"], "principalArn": aws.role()}
    aws.eks.create_access_entry(**of)
    aws.eks.associate_access_policy(**of, policyArn=ADMIN, accessScope={"type": "cluster"})
    aws.eks.associate_access_policy(
        **of,
        policyArn=ADMIN.replace("ClusterAdmin", "View"),
        accessScope={"type": "namespace", "namespaces": ["default"]},
    )
    found = aws.eks.list_associated_access_policies(**of)["associatedAccessPolicies"]
    assert [f["accessScope"]["type"] for f in found] == ["cluster", "namespace"]
    wrong = [
        (ADMIN, {"type": "namespace"}),
        (ADMIN, {"type": "cluster", "namespaces": ["a"]}),
        (ADMIN + "s", {"type": "cluster"}),
        (ADMIN, {"type": "all"}),
    ]
    for arn, scope in wrong:
        refused("InvalidParameterException", aws.eks.associate_access_policy, **of, policyArn=arn, accessScope=scope)
    aws.eks.disassociate_access_policy(**of, policyArn=ADMIN)
    refused("ResourceNotFoundException", aws.eks.disassociate_access_policy, **of, policyArn=ADMIN)
    assert ADMIN in access_entries.POLICIES


def test_policies_are_for_people(aws, cluster, refused):
    of = {"clusterName": cluster["name"], "principalArn": aws.role()}
    aws.eks.create_access_entry(**of, type="EC2_LINUX")
    refused(
        "InvalidRequestException",
        aws.eks.associate_access_policy,
        **of,
        policyArn=ADMIN,
        accessScope={"type": "cluster"},
    )


def test_pod_identity(aws, cluster, refused):
    role, of = aws.role("pods.eks.amazonaws.com"), {"clusterName": cluster["name"]}
    what = {**of, "namespace": "kube-system", "serviceAccount": "karpenter"}
    made = aws.eks.create_pod_identity_association(**what, roleArn=role, tags={"t": "1"})["association"]
    refused("ResourceInUseException", aws.eks.create_pod_identity_association, **what, roleArn=role)
    for wrong in (aws.role("ec2.amazonaws.com"), f"arn:aws:iam::{ACCOUNT}:role/none"):
        refused(
            "InvalidParameterException",
            aws.eks.create_pod_identity_association,
            **{**what, "serviceAccount": "x"},
            roleArn=wrong,
        )
    of["associationId"] = made["associationId"]
    other = aws.role("pods.eks.amazonaws.com")
    aws.eks.update_pod_identity_association(**of, roleArn=other)
    assert aws.eks.describe_pod_identity_association(**of)["association"]["roleArn"] == other
    assert (
        len(
            aws.eks.list_pod_identity_associations(clusterName=cluster["name"], namespace="kube-system")["associations"]
        )
        == 1
    )
    aws.eks.delete_pod_identity_association(**of)
    refused("ResourceNotFoundException", aws.eks.describe_pod_identity_association, **of)
