import { CreateAddonCommand, DeleteAddonCommand } from "@aws-sdk/client-eks";

import { added, done } from "../breaking";
import { admin, type BrokenStates, clusterName, eks } from "./state";

export const clusterStates: BrokenStates = {
  "settings that open the API to another network": {
    settings: { apiAccess: ["198.51.100.0/24"] },
    lines: [/^broken +API endpoint +open to 203\.0\.113\.0\/24, closed to 198\.51\.100\.0\/24, unlike apiAccess/],
  },
  "settings with an administrator who has no access entry": {
    settings: { admins: [admin, "arn:aws:iam::111122223333:role/newcomer"] },
    lines: [/^broken +access entries +arn:aws:iam::111122223333:role\/newcomer has none/],
  },
  "settings of a cluster that is not there": {
    settings: { name: "elsewhere" },
    lines: [
      /^broken +control plane +there is no cluster elsewhere in eu-central-1 of account 111122223333/,
      /^could not ask +Kubernetes version +there is no cluster elsewhere/,
      /^broken +interruption queue +there is no queue elsewhere-karpenter/,
    ],
  },
  "kube-proxy as an add-on": {
    broken: () =>
      done(
        () => eks().send(new CreateAddonCommand({ clusterName, addonName: "kube-proxy" })),
        () => eks().send(new DeleteAddonCommand({ clusterName, addonName: "kube-proxy" })),
      ),
    lines: [/^broken +no aws-node, no kube-proxy +add-on kube-proxy/],
  },
  "a DaemonSet aws-node": {
    broken: ({ kubectl }) =>
      added(kubectl, {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "aws-node", namespace: "kube-system" },
        spec: {
          selector: { matchLabels: { "k8s-app": "aws-node" } },
          template: {
            metadata: { labels: { "k8s-app": "aws-node" } },
            spec: { containers: [{ name: "aws-node", image: "amazon-k8s-cni:v1.23.2" }] },
          },
        },
      }),
    lines: [/^broken +no aws-node, no kube-proxy +DaemonSet aws-node/],
  },
};
