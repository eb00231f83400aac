import type { Connection } from "../../../operations/connection";
import { collisionsOf } from "../../../operations/repair/collision";
import { readPlan } from "../../../operations/terraform/plan/read";
import { cluster } from "../../support/settings";

const { EKSClient } = jest.requireActual("@aws-sdk/client-eks");
const tags = { Cluster: "demo", ManagedBy: "Terraform" };

/** Ids of the node groups of EKS, `old` and `new`, that a plan with these changes of the group collides with. */
async function collisions(...changes: readonly object[]): Promise<string[]> {
  const eks = new EKSClient({});
  eks.send = async ({ input }: { input: { nodegroupName?: string } }) =>
    input.nodegroupName === undefined
      ? { nodegroups: ["system-old", "system-new"] }
      : { nodegroup: { tags, status: "ACTIVE" } };
  const connection = { settings: cluster({ name: "demo" }), aws: { eks } } as unknown as Connection;
  const group = { address: "aws_eks_node_group.system", type: "aws_eks_node_group", mode: "managed", name: "system" };
  const json = { format_version: "1.2", resource_changes: changes.map((change) => ({ ...group, ...change })) };
  const found = await collisionsOf(readPlan("demo-bootstrap", JSON.stringify(json)), connection, () => {});
  return found.map(({ id, obstacle }) => (obstacle ? `${id}, since ${obstacle.reason}` : id));
}

const old = { id: "demo:system-old" };
const planned = { cluster_name: "demo", node_group_name_prefix: "system-" };

test("a kill while a node group is replaced leaves its successor, which no state knows", async () => {
  expect(await collisions({ change: { actions: ["create", "delete"], before: old, after: planned } })).toEqual([
    "demo:system-new, since the state has the group that it was to replace",
  ]);
});

test("if the state has the group as one that is to be deleted, its successor is imported, and never itself", async () => {
  const deleted = { deposed: "0a1b2c3d", change: { actions: ["delete"], before: old, after: null } };

  expect(await collisions({ change: { actions: ["create"], before: null, after: planned } }, deleted)).toEqual([
    "demo:system-new",
  ]);
});

test("a node group that is not replaced is not looked for", async () => {
  expect(await collisions({ change: { actions: ["update"], before: old, after: planned } })).toEqual([]);
});
