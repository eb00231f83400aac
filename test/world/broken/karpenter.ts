import { released } from "../../../rehearsal/world/objects/flux";
import { condition } from "../../../rehearsal/world/objects/status";
import { claim } from "../../../rehearsal/world/platform-objects";
import { changed } from "../breaking";
import { type BrokenStates, notReady, object } from "./state";

export const karpenterStates: BrokenStates = {
  "Karpenter scaled down": {
    broken: object("deployment/karpenter --namespace=karpenter", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +Karpenter +0 of 0 replicas/],
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
    lines: [/^broken +Karpenter +chart 1\.13\.0, and platform\/versions\.ts says 1\.14\.\d+/],
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
