import { UpdateAddonCommand, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";

import { added, changed, done } from "../breaking";
import { type BrokenStates, clusterName, eks, object } from "./state";

const version = (addonVersion: string) =>
  eks().send(new UpdateAddonCommand({ clusterName, addonName: "coredns", addonVersion }));
const taint = { key: "reserved", value: "true", effect: "NO_SCHEDULE" } as const;

const service = "service/kube-dns --namespace=kube-system";
const otherService = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kube-dns", namespace: "kube-system" },
  spec: {
    clusterIP: "172.20.0.99",
    selector: { "k8s-app": "kube-dns" },
    ports: [{ name: "dns", port: 53, protocol: "UDP" }],
  },
};

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
  "CoreDNS scaled to one": {
    broken: object("deployment/coredns --namespace=kube-system", { patch: { spec: { replicas: 1 } } }),
    lines: [/^broken +CoreDNS +1 of 1 replica$/],
  },
  "an empty Corefile": {
    broken: object("configmap/coredns --namespace=kube-system", { patch: { data: { Corefile: "" } } }),
    lines: [/^broken +CoreDNS's configuration +the Corefile in kube-system\/coredns is empty/],
  },
  "a Corefile without the cluster's names": {
    broken: object("configmap/coredns --namespace=kube-system", {
      patch: { data: { Corefile: ".:53 {\n  forward . /etc/resolv.conf\n}\n" } },
    }),
    lines: [/^broken +CoreDNS's configuration +the Corefile in kube-system\/coredns does not serve cluster\.local/],
  },
  "kube-dns at another address": {
    broken:
      ({ kubectl }) =>
      (act) =>
        changed(kubectl, service, "gone")(() => added(kubectl, otherService)(act)),
    lines: [/^broken +address of kube-dns +it is 172\.20\.0\.99, and kubelets tell pods 172\.20\.0\.10/],
  },
  "another version of the add-on": {
    broken: () =>
      done(
        () => version("v1.14.6-eksbuild.1"),
        () => version("v1.14.7-eksbuild.11"),
      ),
    lines: [/^broken +CoreDNS add-on +v1\.14\.6-eksbuild\.1, and release [\d-]+ has v1\.14\.7/],
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
