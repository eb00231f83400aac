import type { Connection } from "../../../../operations/connection";
import { clusterFinders } from "../../../../operations/repair/finders/aws-cluster";
import { cluster } from "../../../support/settings";

const settings = cluster({ name: "demo" });

function foundCluster(status: string) {
  const connection = { settings, describe: async () => ({ name: "demo", status, tags: {} }) } as unknown as Connection;
  return clusterFinders["aws_eks_cluster"]?.({ name: "demo" }, connection);
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

test("of node groups, one of this cluster's Terraform is found by the prefix of its name", async () => {
  const groups: Record<string, object> = {
    "other-1": { tags: { Cluster: "demo", ManagedBy: "Terraform" } },
    "system-1": { tags: {} },
    "system-2": { tags: { Cluster: "demo", ManagedBy: "Terraform" }, status: "ACTIVE" },
  };
  const send = async ({ input }: { input: { nodegroupName?: string } }) =>
    input.nodegroupName === undefined
      ? { nodegroups: Object.keys(groups) }
      : { nodegroup: groups[input.nodegroupName] };
  const { EKSClient } = jest.requireActual("@aws-sdk/client-eks");
  const connection = { settings, aws: { eks: Object.assign(new EKSClient({}), { send }) } } as unknown as Connection;
  const planned = { cluster_name: "demo", node_group_name_prefix: "system-" };

  expect(await clusterFinders["aws_eks_node_group"]?.(planned, connection)).toMatchObject({ id: "demo:system-2" });
});
