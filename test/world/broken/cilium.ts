import { setTimeout } from "node:timers/promises";
import { demoRelease } from "../../../rehearsal/life/demo-settings";
import { ciliumReleaseSecret, restartCilium } from "../../../rehearsal/world/objects/cilium";
import { condition } from "../../../rehearsal/world/objects/status";
import { versionsOf } from "../../../releases/release";
import { added, type Break, changed } from "../breaking";
import type { World } from "../world";
import { type BrokenStates, object, onePod } from "./state";

const versions = versionsOf(demoRelease);

/** cilium-config has other members while agents run that have read the old ones. */
const configured =
  (data: Readonly<Record<string, string | null>>) =>
  ({ kubectl }: World): Break =>
  async (act) => {
    // Kubernetes keeps seconds.
    await setTimeout(1_100);
    try {
      return await changed(kubectl, "configmap/cilium-config --namespace=kube-system", { patch: { data } })(act);
    } finally {
      await restartCilium(kubectl);
    }
  };

/**
 * The operator's pods are of another template.
 * @param role - that EKS's webhook gave its pod
 */
const operatorWith =
  (version: string, role: string | undefined) =>
  ({ kubectl, facts }: World): Break => {
    const { k8sServiceHost } = facts.ciliumValues as { readonly k8sServiceHost: string };
    const env = [
      { name: "KUBERNETES_SERVICE_HOST", value: k8sServiceHost },
      ...(role === undefined ? [] : [{ name: "AWS_ROLE_ARN", value: role }]),
    ];
    const containers = [{ name: "cilium-operator", image: `operator-aws:${version}`, env }];
    return changed(kubectl, "deployment/cilium-operator --namespace=kube-system", {
      patch: { spec: { template: { spec: { containers } } } },
    });
  };

export const ciliumStates: BrokenStates = {
  "Hubble's UI scaled down": {
    broken: object("deployment/hubble-ui --namespace=kube-system", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +Hubble's UI +0 of 0 replicas/],
  },
  "a release that a killed apply left pending": {
    broken: ({ kubectl }) =>
      added(kubectl, ciliumReleaseSecret("pending-upgrade", 2, { createdAt: "1", modifiedAt: "1767225600" })),
    lines: [/^broken +Cilium's release +revision 2 of cilium is pending-upgrade, for \d+ d/],
  },
  "a release that an apply is at": {
    broken: ({ kubectl }) => added(kubectl, ciliumReleaseSecret("pending-upgrade", 2)),
    lines: [/^broken +Cilium's release +revision 2 of cilium is pending-upgrade, for \d+ s/],
  },
  "no release": {
    broken: object("secret/sh.helm.release.v1.cilium.v1 --namespace=kube-system", "gone"),
    lines: [/^broken +Cilium's release +there is no release cilium of Helm's in kube-system/],
  },
  "an operator that was made before EKS knew its role": {
    broken: operatorWith(`v${versions.cilium}`, undefined),
    lines: [/^broken +roles of pods in AWS +cilium-operator-\S+ and cilium-operator-\S+ have no AWS_ROLE_ARN/],
  },
  "no relay of Hubble's": {
    broken: object("deployment/hubble-relay --namespace=kube-system", "gone"),
    lines: [/^broken +Hubble's relay +there is no Deployment kube-system\/hubble-relay/],
  },
  "no DaemonSet of Cilium's agent": {
    broken: object("daemonset/cilium --namespace=kube-system", "gone"),
    lines: [
      /^broken +Cilium's agent +there is no DaemonSet kube-system\/cilium/,
      /^could not ask +Cilium's configuration +there is no agent/,
    ],
  },
  "an operator that fits on no node": {
    broken: object("deployment/cilium-operator --namespace=kube-system", {
      patch: {
        spec: {
          template: { spec: { nodeSelector: { nowhere: "true" } } },
          strategy: { type: "Recreate", rollingUpdate: null },
        },
      },
    }),
    lines: [/^broken +Cilium's operator +0 of 2 replicas: cilium-operator-\S+ has no node/],
  },
  "Cilium beside kube-proxy": {
    broken: configured({ "kube-proxy-replacement": "false" }),
    lines: [
      /^broken +Cilium's configuration +changed \d+ s ago, after 3 of 3 agents and 2 of 2 operators had read it/,
      /^broken +kube-proxy replacement +kube-proxy-replacement is false, not true/,
    ],
  },
  "Cilium without prefixes": {
    broken: configured({ "aws-enable-prefix-delegation": null }),
    lines: [/^broken +ENI IPAM with prefixes +aws-enable-prefix-delegation is not set, not true/],
  },
  "a subnet without a free prefix": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `ciliumnode/${machines[0]?.name}`, {
        status: { ipam: { "operator-status": { error: "InsufficientCidrBlocks: no free /28" } } },
      }),
    lines: [/^broken +ENI IPAM with prefixes +ip-10-200-0-10\.\S+: InsufficientCidrBlocks/],
  },
  "a node whose addresses are all taken": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `ciliumnode/${machines[0]?.name}`, {
        patch: { spec: { ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": 24 } }] } } } },
      }),
    lines: [/^broken +pod addresses +none left on ip-10-200-0-10\./],
  },
  "an agent whose image can't be pulled": {
    broken: onePod("kube-system", "k8s-app=cilium", {
      status: {
        conditions: [condition("Ready", "False", "ContainersNotReady")],
        containerStatuses: [
          {
            name: "cilium-agent",
            image: "cilium",
            imageID: "",
            ready: false,
            restartCount: 0,
            state: { waiting: { reason: "ImagePullBackOff" } },
          },
        ],
      },
    }),
    lines: [/^broken +Cilium's agent +on 2 of 3 nodes: cilium-\S+ is ImagePullBackOff/],
  },
  "Cilium's operator scaled to one": {
    broken: object("deployment/cilium-operator --namespace=kube-system", { patch: { spec: { replicas: 1 } } }),
    lines: [/^broken +Cilium's operator +1 of 1 replica$/],
  },
  "a node with one address left": {
    broken: ({ kubectl, machines }) =>
      changed(kubectl, `ciliumnode/${machines[0]?.name}`, {
        patch: { spec: { ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": 23 } }] } } } },
      }),
    lines: [/^warning +pod addresses +only 1 left on ip-10-200-0-10\./],
  },
  "policies that nobody enforces": {
    broken: configured({ "enable-policy": "never" }),
    lines: [
      /^broken +Cilium's configuration +changed \d+ s ago/,
      /^broken +enforcement of policies +enable-policy is never, not default/,
    ],
  },
  "an operator of another version": {
    broken: operatorWith("v1.20.1", "x"),
    lines: [
      new RegExp(`^broken +Cilium's operator +v1\\.20\\.1, and release ${demoRelease.name} has ${versions.cilium}`),
    ],
  },
};
