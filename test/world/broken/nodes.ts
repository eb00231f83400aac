import {
  CreateAccessEntryCommand,
  CreateNodegroupCommand,
  DeleteAccessEntryCommand,
  DeleteNodegroupCommand,
} from "@aws-sdk/client-eks";
import type { Kubectl } from "../../../rehearsal/world/kubectl";
import type { Machine } from "../../../rehearsal/world/machines";
import { condition } from "../../../rehearsal/world/objects/status";
import { added, type Break, type Change, changed, done } from "../breaking";
import { createRole } from "../create-role";
import type { World } from "../world";
import { type BrokenStates, clusterName, eks, notReady } from "./state";

const firstNode =
  (change: Change) =>
  ({ kubectl, machines }: World): Break =>
    changed(kubectl, `node/${machines[0]?.name}`, change);

/** Keeps what stands in for kubelets from writing a node's status. */
const held: Change = { patch: { metadata: { labels: { "lab.example/hold": "yes" } } } };

/** Somebody has cordoned these machines' nodes. */
const cordoned =
  (kubectl: Kubectl, machines: readonly Machine[]): Break =>
  (act) => {
    const [first, ...others] = machines;
    return first === undefined
      ? act()
      : changed(kubectl, `node/${first.name}`, { patch: { spec: { unschedulable: true } } })(() =>
          cordoned(kubectl, others)(act),
        );
  };

const web = "pod/web --namespace=default";

/** A pod of somebody's, which Cilium gave no network when its node was new: it runs, and never became ready. */
const withoutNetwork = ({ kubectl, machines }: World): Break => {
  // The API server alone says when a node was made, however long a world has run: what started before it counts as among the first.
  const start = "2026-01-01T00:00:00Z";
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "default" },
    spec: { nodeName: machines[0]?.name, containers: [{ name: "web", image: "web" }] },
  };
  const running = { running: { startedAt: start } };
  const status = {
    startTime: start,
    conditions: [{ type: "Ready", status: "False", lastTransitionTime: start }],
    containerStatuses: [{ name: "web", image: "web", imageID: "", ready: false, restartCount: 0, state: running }],
  };
  return (act) =>
    added(
      kubectl,
      pod,
    )(async () => {
      await kubectl.run(["wait", "--for=condition=Ready", ...web.split(" "), "--timeout=60s"]);
      return changed(kubectl, web, { status })(act);
    });
};

const stray = { clusterName, nodegroupName: "stray" };
const strayRole = "arn:aws:iam::111122223333:role/stray";

export const nodeStates: BrokenStates = {
  "a node that is not ready": {
    broken:
      ({ kubectl, machines }) =>
      (act) =>
        changed(
          kubectl,
          `node/${machines[0]?.name}`,
          held,
        )(() =>
          changed(kubectl, `node/${machines[0]?.name}`, {
            status: notReady("KubeletNotReady", "container runtime network not ready: cni plugin not initialized"),
          })(act),
        ),
    lines: [/^broken +nodes +1 of 3 not ready: ip-10-200-0-10\.\S+ \(KubeletNotReady\)/],
  },
  "all nodes cordoned": {
    broken: ({ kubectl, machines }) => cordoned(kubectl, machines),
    lines: [/^broken +nodes that take pods +all 3 nodes are cordoned/],
  },
  "a node cordoned": {
    broken: ({ kubectl, machines }) => cordoned(kubectl, machines.slice(0, 1)),
    lines: [/^warning +nodes that take pods +ip-10-200-0-10\.\S+ is cordoned/],
  },
  "a kubelet five minors behind": {
    broken: firstNode({ status: { nodeInfo: { kubeletVersion: "v1.31.9-eks-1a2b3c4" } } }),
    lines: [
      /^broken +versions of kubelets +ip-10-200-0-10\.\S+ has v1\.31\.9-eks-1a2b3c4, and the control plane 1\.36/,
    ],
  },
  "a node whose disk is full": {
    broken:
      ({ kubectl, machines }) =>
      (act) =>
        changed(
          kubectl,
          `node/${machines[0]?.name}`,
          held,
        )(() =>
          changed(kubectl, `node/${machines[0]?.name}`, {
            status: {
              conditions: [
                condition("Ready", "True", "KubeletReady"),
                condition("DiskPressure", "True", "KubeletHasDiskPressure"),
              ],
            },
          })(act),
        ),
    lines: [/^broken +conditions of nodes +ip-10-200-0-10\.\S+: DiskPressure/],
  },
  "a node with another image": {
    broken: firstNode({ status: { nodeInfo: { osImage: "Bottlerocket OS 1.64.0 (aws-k8s-1.36)" } } }),
    lines: [/^broken +architecture and image +ip-10-200-0-10\.\S+ runs Bottlerocket OS 1\.64\.0/],
  },
  "a node with the taint of a starting agent": {
    broken: firstNode({
      patch: { spec: { taints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoSchedule" }] } },
    }),
    lines: [/^broken +no agent-not-ready taint +on ip-10-200-0-10\./],
  },
  "a pod that has had no network since its node was new": {
    broken: withoutNetwork,
    lines: [/^warning +pods of new nodes +default\/web has not become ready/],
  },
  "a node of another architecture": {
    broken: firstNode({ status: { nodeInfo: { architecture: "amd64" } } }),
    lines: [/^broken +architecture and image +ip-10-200-0-10\.\S+ is amd64/],
  },
  "a node group whose nodes may not join": {
    broken: ({ facts }) =>
      done(
        async () => {
          await createRole("stray", { Service: "ec2.amazonaws.com" });
          await eks().send(new CreateAccessEntryCommand({ clusterName, principalArn: strayRole }));
          await eks().send(new CreateNodegroupCommand({ ...stray, nodeRole: strayRole, subnets: [...facts.subnets] }));
        },
        async () => {
          await eks().send(new DeleteNodegroupCommand(stray));
          await eks().send(new DeleteAccessEntryCommand({ clusterName, principalArn: strayRole }));
        },
      ),
    lines: [
      /^broken +access entries +arn:aws:iam::111122223333:role\/stray has one of type STANDARD/,
      /^broken +node group +stray is CREATE_FAILED; NodeCreationFailure: /,
    ],
  },
};
