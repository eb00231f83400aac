import { paginateDescribeInstances, TerminateInstancesCommand } from "@aws-sdk/client-ec2";

import { allPages } from "../../aws/pages";
import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { type Controller, deletion, isLost } from "../deletion";
import { tagsIn } from "../ownership";
import type { Step, Thing } from "../step";
import { undrainable } from "./drain";

const pool: ObjectKind = { apiVersion: "karpenter.sh/v1", kind: "NodePool" };
const claim: ObjectKind = { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" };
const nodeClass: ObjectKind = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" };

async function deletions(objects: ObjectClient, found: readonly ClusterObject[]): Promise<Thing[]> {
  const controller = found.length > 0 ? await karpenter(objects) : "runs";
  return found.map((object) => deletion(objects, object, controller));
}

/** Where no node is ready, it does not run either, and its finalizers would hold for ever. */
async function karpenter(objects: ObjectClient): Promise<Controller> {
  const found = await objects.list({ apiVersion: "apps/v1", kind: "Deployment" }, "app.kubernetes.io/name=karpenter");
  return found.every((one) => one.spec?.["replicas"] === 0 || isLost("Available", one)) ? "is gone" : "runs";
}

/** Karpenter's nodes, while it and Cilium's operator are there to drain and clean up. */
export const deleteNodePools: Step = {
  id: "node-pools",
  title: "Delete NodePools, and wait until no NodeClaim is left",
  verb: "delete",
  // A node may drain for half an hour (terminationGracePeriod).
  timeout: 45,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [pools, claims] = await Promise.all([objects.list(pool), objects.list(claim)]);
    const draining = claims.filter(({ metadata }) => metadata?.deletionTimestamp !== undefined);
    const nodes = draining.flatMap(({ status }) => status?.["nodeName"] ?? []);
    return [...(await deletions(objects, [...pools, ...claims])), ...(await undrainable(objects, nodes))];
  },
};

/** What Karpenter launched and no NodeClaim knows any more. */
export const terminateInstances: Step = {
  id: "instances",
  title: "Terminate Karpenter's instances that are left",
  verb: "terminate",
  timeout: 10,
  find: async ({ connection: { aws }, owned }) => {
    const states = ["pending", "running", "shutting-down", "stopping", "stopped"];
    const Filters = [
      { Name: "tag-key", Values: ["karpenter.sh/nodepool"] },
      { Name: "instance-state-name", Values: states },
    ];
    const found = await allPages(paginateDescribeInstances({ client: aws.ec2 }, { Filters }), (page) =>
      page.Reservations?.flatMap(({ Instances = [] }) => Instances),
    );
    return found
      .filter(({ InstanceId: id = "", Tags }) => owned.has("instance", id, tagsIn(Tags)))
      .map(({ InstanceId: id = "", State, Tags }): Thing => {
        const { Name: name = "without a name" } = tagsIn(Tags);
        const act = async () => {
          await aws.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
        };
        const ending = State?.Name === "shutting-down";
        return { name: `${id} (${name})`, held: State?.Name, act: ending ? undefined : act };
      });
  },
};

export const deleteNodeClasses: Step = {
  id: "node-classes",
  title: "Delete EC2NodeClasses",
  verb: "delete",
  timeout: 10,
  find: async ({ objects }) => (objects ? deletions(objects, await objects.list(nodeClass)) : []),
};
