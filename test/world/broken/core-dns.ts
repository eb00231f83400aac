import { UpdateAddonCommand, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";

import { done } from "../breaking";
import { type BrokenStates, clusterName, eks, object } from "./state";

const version = (addonVersion: string) =>
  eks().send(new UpdateAddonCommand({ clusterName, addonName: "coredns", addonVersion }));
const taint = { key: "reserved", value: "true", effect: "NO_SCHEDULE" } as const;

export const coreDnsStates: BrokenStates = {
  "CoreDNS without its Service": {
    broken: object("service/kube-dns --namespace=kube-system", {
      patch: { spec: { selector: { "k8s-app": "nothing" } } },
    }),
    lines: [/^broken +CoreDNS +its pods run, and none is behind the Service kube-dns/],
  },
  "CoreDNS scaled down": {
    broken: object("deployment/coredns --namespace=kube-system", { patch: { spec: { replicas: 0 } } }),
    lines: [/^broken +CoreDNS +0 of 0 replicas/],
  },
  "another version of the add-on": {
    broken: () =>
      done(
        () => version("v1.14.6-eksbuild.1"),
        () => version("v1.14.7-eksbuild.11"),
      ),
    lines: [/^broken +CoreDNS add-on +v1\.14\.6-eksbuild\.1, and platform\/versions\.ts says v1\.14\.7/],
  },
  "nodes on which CoreDNS may not run": {
    broken: ({ facts: { nodeGroup: nodegroupName } }) => {
      const change = (taints: object) =>
        eks().send(new UpdateNodegroupConfigCommand({ clusterName, nodegroupName, taints }));
      return done(
        () => change({ addOrUpdateTaints: [taint] }),
        () => change({ removeTaints: [taint] }),
      );
    },
    lines: [/^broken +CoreDNS add-on +DEGRADED; InsufficientNumberOfReplicas: /],
  },
};
