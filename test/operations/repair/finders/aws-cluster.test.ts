import type { Connection } from "../../../../operations/connection";
import type { Predecessors } from "../../../../operations/repair/existing";
import { clusterFinders } from "../../../../operations/repair/finders/aws-cluster";
import { cluster } from "../../../support/settings";

const settings = cluster({ name: "demo" });
const none = { ids: [], isReplaced: false };

function foundCluster(status: string) {
  const connection = { settings, describe: async () => ({ name: "demo", status, tags: {} }) } as unknown as Connection;
  return clusterFinders["aws_eks_cluster"]?.({ name: "demo" }, connection, none);
}

test.each([
  ["CREATING", "it is CREATING", "wait until EKS has done that, and run this again"],
  ["FAILED", "it is FAILED, so EKS never finished it", "aws eks delete-cluster --region eu-central-1 --name demo, and"],
])("a cluster that is %s is not imported: its state would take it for whole", async (status, reason, next) => {
  expect((await foundCluster(status))?.obstacle).toEqual({ reason, next: expect.stringContaining(next) });
});

test("one that is ACTIVE can be", async () => {
  expect(await foundCluster("ACTIVE")).toMatchObject({ id: "demo" });
  expect(await foundCluster("ACTIVE")).not.toHaveProperty("obstacle");
});

const ourTags = { Cluster: "demo", ManagedBy: "Terraform" };
const nodeGroups: Readonly<Record<string, object>> = {
  "other-1": { tags: ourTags, status: "ACTIVE" },
  "system-1": { tags: {}, status: "ACTIVE" },
  "system-2": { tags: ourTags, status: "ACTIVE" },
};

function foundNodeGroup(groups: typeof nodeGroups, predecessors: Predecessors) {
  const send = async ({ input }: { input: { nodegroupName?: string } }) =>
    input.nodegroupName === undefined
      ? { nodegroups: Object.keys(groups) }
      : { nodegroup: groups[input.nodegroupName] };
  const { EKSClient } = jest.requireActual("@aws-sdk/client-eks");
  const connection = { settings, aws: { eks: Object.assign(new EKSClient({}), { send }) } } as unknown as Connection;
  const planned = { cluster_name: "demo", node_group_name_prefix: "system-" };
  return clusterFinders["aws_eks_node_group"]?.(planned, connection, predecessors);
}

test("of node groups, one of this cluster's Terraform is found by the prefix of its name", async () => {
  expect(await foundNodeGroup(nodeGroups, none)).toMatchObject({ id: "demo:system-2" });
  expect(await foundNodeGroup(nodeGroups, none)).not.toHaveProperty("obstacle");
});

test("a node group that the state is still to delete is never imported: Terraform would delete it as both", async () => {
  const predecessors = { ids: ["demo:system-2"], isReplaced: false };

  expect(await foundNodeGroup(nodeGroups, predecessors)).toBeUndefined();
  expect(
    await foundNodeGroup({ ...nodeGroups, "system-3": { tags: ourTags, status: "ACTIVE" } }, predecessors),
  ).toMatchObject({ id: "demo:system-3" });
});

test("the successor of a node group that a killed apply left is named, with what deletes it", async () => {
  const found = await foundNodeGroup(
    { ...nodeGroups, "system-3": { tags: ourTags, status: "ACTIVE" } },
    { ids: ["demo:system-2"], isReplaced: true },
  );

  expect(found).toMatchObject({
    id: "demo:system-3",
    obstacle: {
      reason: "the state has the group that it was to replace",
      next: expect.stringContaining(
        "aws eks delete-nodegroup --region eu-central-1 --cluster-name demo --nodegroup-name system-3",
      ),
    },
  });
});

test("a policy is looked for at its path, by which its ARN goes", async () => {
  const asked: string[] = [];
  const { IAMClient } = jest.requireActual("@aws-sdk/client-iam");
  const send = async ({ input }: { input: { PolicyArn: string } }) => {
    asked.push(input.PolicyArn);
    return { Policy: { Arn: input.PolicyArn } };
  };
  const identity = async () => ({ account: "111122223333" });
  const aws = { iam: Object.assign(new IAMClient({}), { send }), identity };
  const found = (planned: object) =>
    clusterFinders["aws_iam_policy"]?.(
      { name: "acme-p", ...planned },
      { settings, aws } as unknown as Connection,
      none,
    );
  const arn = "arn:aws:iam::111122223333:policy/platform/acme-p";

  expect(await found({ path: "/platform/" })).toMatchObject({ id: arn });
  expect(await found({ path: "/" })).toMatchObject({ id: "arn:aws:iam::111122223333:policy/acme-p" });
  expect(asked).toHaveLength(2);
});
