import { paginateDescribeInstances, TerminateInstancesCommand } from "@aws-sdk/client-ec2";

import { nodePoolTag } from "../../../platform/names";
import { allPages } from "../../aws/pages";
import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { tagsFrom } from "../cluster-tags";
import { type ControllerState, deletion, isLost } from "../deletion";
import type { Obstacle, Step } from "../step";
import { unevictablePods } from "../unevictable-pods";

const nodePool: ObjectKind = { apiVersion: "karpenter.sh/v1", kind: "NodePool" };
const nodeClaim: ObjectKind = { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" };
const nodeClass: ObjectKind = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" };

/** This step ends Karpenter's nodes while Karpenter and Cilium's operator are there to drain them and to clean up. */
export const deleteNodePools: Step = {
  id: "node-pools",
  title: "Delete NodePools, and wait until no NodeClaim is left",
  verb: "delete",
  // A node may drain for half an hour (terminationGracePeriod).
  timeoutMinutes: 45,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [pools, claims] = await Promise.all([objects.list(nodePool), objects.list(nodeClaim)]);
    const draining = claims.filter(({ metadata }) => metadata?.deletionTimestamp !== undefined);
    const nodeNames = draining.flatMap(({ status }) => status?.["nodeName"] ?? []);
    return [...(await deletions(objects, [...pools, ...claims])), ...(await unevictablePods(objects, nodeNames))];
  },
};

/** Karpenter ends its instances by itself, except for those whose NodeClaims are gone. */
export const terminateInstances: Step = {
  id: "instances",
  title: "Terminate Karpenter's instances that are left",
  verb: "terminate",
  timeoutMinutes: 10,
  find: async ({ connection: { aws, settings }, ownership }) => {
    const states = ["pending", "running", "shutting-down", "stopping", "stopped"];
    const Filters = [
      { Name: "tag-key", Values: [nodePoolTag] },
      { Name: "instance-state-name", Values: states },
    ];
    const found = await allPages(paginateDescribeInstances({ client: aws.ec2 }, { Filters }), (page) =>
      page.Reservations?.flatMap(({ Instances = [] }) => Instances),
    );
    const own = found.filter(({ InstanceId: id = "", VpcId: vpc, Tags }) =>
      ownership.claimLocated({
        kind: "instance",
        id,
        name: `instance ${id}`,
        tags: tagsFrom(Tags),
        vpc,
        removal: `aws ec2 terminate-instances --region ${settings.region} --instance-ids ${id}`,
      }),
    );
    return own.map(({ InstanceId: id = "", State, Tags }) => {
      const { Name: name = "without a name" } = tagsFrom(Tags);
      const clear = async () => {
        await aws.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      };
      const isEnding = State?.Name === "shutting-down";
      return { name: `${id} (${name})`, heldBy: State?.Name, clear: isEnding ? undefined : clear };
    });
  },
};

export const deleteNodeClasses: Step = {
  id: "node-classes",
  title: "Delete EC2NodeClasses",
  verb: "delete",
  timeoutMinutes: 10,
  find: async ({ objects }) => (objects ? deletions(objects, await objects.list(nodeClass)) : []),
};

async function deletions(objects: ObjectClient, found: readonly ClusterObject[]): Promise<Obstacle[]> {
  const karpenter = found.length > 0 ? await karpenterState(objects) : "runs";
  return found.map((object) => deletion(objects, object, karpenter));
}

/** Returns whether Karpenter runs: without a ready node it does not, and its finalizers would hold for ever. */
async function karpenterState(objects: ObjectClient): Promise<ControllerState> {
  const deployment: ObjectKind = { apiVersion: "apps/v1", kind: "Deployment" };
  const found = await objects.list(deployment, "app.kubernetes.io/name=karpenter");
  return found.every((one) => one.spec?.["replicas"] === 0 || isLost("Available", one)) ? "is gone" : "runs";
}
