import { demoRelease } from "../../../rehearsal/life/demo-settings";
import { released } from "../../../rehearsal/world/objects/flux";
import { condition } from "../../../rehearsal/world/objects/status";
import { claim } from "../../../rehearsal/world/platform-objects";
import { versionsOf } from "../../../releases/release";
import { added, changed } from "../breaking";
import { type BrokenStates, notReady, object } from "./state";

const versions = versionsOf(demoRelease);

/** A pod of somebody's for which there is no node. */
const waitingPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "waiting", namespace: "default" },
  spec: { nodeSelector: { nowhere: "true" }, containers: [{ name: "waiting", image: "waiting" }] },
};

export const karpenterStates: BrokenStates = {
  "Karpenter scaled down": {
    broken: object("deployment/karpenter --namespace=karpenter", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +Karpenter +0 of 0 replicas/],
  },
  "Karpenter scaled to one": {
    broken: object("deployment/karpenter --namespace=karpenter", { patch: { spec: { replicas: 1 } } }),
    lines: [/^broken +Karpenter +1 of 1 replica$/],
  },
  "a NodePool that is being deleted": {
    broken: object("nodepool/default", "going"),
    lines: [/^broken +NodePools +default is being deleted, for \d+ s/],
  },
  "an EC2NodeClass that is being deleted": {
    broken: object("ec2nodeclass/default", "going"),
    lines: [/^broken +EC2NodeClasses +default is being deleted, for \d+ s/],
  },
  "a NodePool at its limits while a pod waits": {
    broken:
      ({ kubectl }) =>
      (act) =>
        changed(kubectl, "nodepool/default", { status: { resources: { cpu: "10", memory: "4Gi" } } })(() =>
          added(kubectl, waitingPod)(act),
        ),
    lines: [/^warning +pods that wait for a node +1 pod, and NodePool default has 10 of 10 cpu/],
  },
  "an EC2NodeClass that finds no subnet": {
    broken: object("ec2nodeclass/default", {
      status: notReady("SubnetsNotFound", "SubnetSelector did not match any Subnets"),
    }),
    lines: [/^broken +EC2NodeClasses +default: SubnetsNotFound/],
  },
  "no NodePool": {
    broken: object("nodepool/default", "gone"),
    lines: [/^broken +NodePools +there is none/],
  },
  "a node of Karpenter's that does not join": {
    broken: object(`nodeclaim/${claim}`, {
      status: {
        conditions: [
          condition("Launched", "True", "Launched"),
          condition("Registered", "Unknown", "NodeNotFound", "Node not registered with cluster"),
          condition("Ready", "Unknown", "UnhealthyDependents"),
        ],
      },
    }),
    lines: [/^broken +nodes of Karpenter +default-7x2kp is not registered after \d+ \w+ \(NodeNotFound\)/],
  },
  "Karpenter of another version": {
    broken: object("helmrelease/karpenter --namespace=karpenter", {
      status: { history: [released("karpenter", "karpenter", "1.13.0")] },
    }),
    lines: [
      new RegExp(`^broken +Karpenter +chart 1\\.13\\.0, and release ${demoRelease.name} has ${versions.karpenter}`),
    ],
  },
  "a node of Karpenter's that Cilium has not reached": {
    broken:
      ({ kubectl, machines }) =>
      (act) => {
        const node = machines.find(({ nodeGroup }) => nodeGroup === undefined)?.name;
        const conditions = [
          condition("Launched", "True", "Launched"),
          condition("Registered", "True", "Registered"),
          condition("Initialized", "Unknown", "StartupTaintsExist"),
          condition("Ready", "Unknown", "UnhealthyDependents"),
        ];
        const taints = [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoSchedule" }];
        return changed(kubectl, `node/${node}`, { patch: { spec: { taints } } })(() =>
          changed(kubectl, `nodeclaim/${claim}`, { status: { conditions } })(act),
        );
      },
    lines: [
      /^broken +no agent-not-ready taint +on ip-10-200-0-12\./,
      /^broken +nodes of Karpenter +default-7x2kp is not initialized after \d+ \w+ \(StartupTaintsExist\)/,
    ],
  },
};
