import { readdirSync } from "node:fs";
import { join } from "node:path";

import { teardownPolicy } from "../../scripts/teardown-policy";
import { teardownDocument } from "../support/documented";
import { plainIam } from "../support/iam";
import { actionsOf } from "../support/sdk-actions";

const { Statement: statements } = teardownPolicy({
  clusterName: "demo",
  region: "eu-central-1",
  account: "111122223333",
  iam: plainIam,
});

test("the policy allows every call that teardown can make, and no other", () => {
  const folder = join("operations", "teardown");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const asked = new Set(sources.flatMap((name) => actionsOf(join(folder, name))));
  // By the connection. Whoever asks STS who they are needs no permission.
  asked.add("eks:DescribeCluster");

  expect(asked.size).toBeGreaterThan(15);
  expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(asked);
});

test("docs/teardown.md has the policy as it is", () => {
  const written = teardownPolicy({
    clusterName: "demo-k8s-cilium",
    region: "eu-central-1",
    account: "111122223333",
    iam: plainIam,
  });

  expect(teardownDocument()).toEqual(written);
});

test("what it allows to delete has the cluster's tags, or its name", () => {
  for (const { Sid, Resource, Condition } of statements.filter(({ Sid }) => Sid !== "Read")) {
    expect({ Sid, text: JSON.stringify([Resource, Condition]) }).toEqual({
      Sid,
      text: expect.stringContaining("demo"),
    });
  }
  expect(statements.filter(({ Sid }) => Sid.startsWith("TerminateInstances"))).toEqual([
    expect.objectContaining({
      Condition: {
        StringEquals: {
          "aws:ResourceTag/kubernetes.io/cluster/demo": "owned",
          "aws:ResourceTag/eks:eks-cluster-name": "demo",
        },
        Null: { "aws:ResourceTag/karpenter.sh/nodepool": "false" },
      },
    }),
  ]);
});

test("no two statements have one name", () => {
  const names = statements.map(({ Sid }) => Sid);

  expect(new Set(names).size).toBe(names.length);
});

test("path and prefix are in the ARNs of what may be deleted in IAM, and in no others", () => {
  const { Statement } = teardownPolicy({
    clusterName: "demo",
    region: "eu-central-1",
    account: "111122223333",
    iam: { path: "/platform/", namePrefix: "acme-" },
  });
  const resources = Statement.flatMap(({ Resource }) => Resource);

  expect(resources.filter((arn) => arn.includes("acme") || arn.includes("platform"))).toEqual([
    ...["cilium-operator", "cluster", "flow-logs", "karpenter", "karpenter-nodes", "system-nodes"].map(
      (role) => `arn:aws:iam::111122223333:role/platform/acme-demo-${role}`,
    ),
    "arn:aws:iam::111122223333:instance-profile/platform/acme-demo-karpenter-nodes",
    "arn:aws:iam::111122223333:policy/platform/acme-demo-karpenter-*",
  ]);
});
