import { CreateAddonCommand, DeleteAddonCommand, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";

import { added, answered, type Break, done } from "../breaking";
import { admin, type BrokenStates, clusterName, eks } from "./state";

/** EKS says that its standard support of every version ends in some days. */
const supportEnds =
  (days: number): (() => Break) =>
  () => {
    const end = `$1${Math.floor(Date.now() / 1000) + days * 86_400}`;
    return answered("eks:DescribeClusterVersions", (answer) =>
      answer.replace(/("endOfStandardSupportDate": )[\d.]+/g, end),
    );
  };

const withUpgradePolicy = (supportType: "STANDARD" | "EXTENDED") =>
  eks().send(new UpdateClusterConfigCommand({ name: clusterName, upgradePolicy: { supportType } }));

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
  "support of Kubernetes that ends soon": {
    broken: supportEnds(31),
    lines: [/^warning +support of Kubernetes +1\.36 until \d{4}-\d\d-\d\d, 30 d from now/],
  },
  "support of Kubernetes that has ended": {
    broken: supportEnds(-1),
    lines: [/^broken +support of Kubernetes +1\.36 has had none since/],
  },
  "extended support, chosen by hand": {
    broken: () =>
      done(
        () => withUpgradePolicy("EXTENDED"),
        () => withUpgradePolicy("STANDARD"),
      ),
    lines: [/^warning +support of Kubernetes +1\.36 until \S+, then extended until \S+, at 0\.60 USD/],
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
