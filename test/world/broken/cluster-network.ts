import { added, type Break, done } from "../breaking";
import type { World } from "../world";
import { type BrokenStates, object } from "./state";

const policy =
  (spec: object) =>
  ({ kubectl }: World): Break =>
    added(kubectl, {
      apiVersion: "cilium.io/v2",
      kind: "CiliumClusterwideNetworkPolicy",
      metadata: { name: "deny" },
      spec: { endpointSelector: {}, ...spec },
    });

/** Nobody answers it, and what it is asked about is refused. */
const webhook = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "gatekeeper" },
  webhooks: [
    {
      name: "pods.gatekeeper.example",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      failurePolicy: "Fail",
      clientConfig: { service: { namespace: "default", name: "gatekeeper" } },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
    },
  ],
};

const daemonSet = ["daemonset/cilium", "--namespace=kube-system"];

/** Cilium's agents look for the API elsewhere. */
const agentsAsk =
  (host: string) =>
  ({ kubectl, facts }: World): Break => {
    const { k8sServiceHost } = facts.ciliumValues as { readonly k8sServiceHost: string };
    const set = (value: string) => kubectl.run(["set", "env", ...daemonSet, `KUBERNETES_SERVICE_HOST=${value}`]);
    return done(
      () => set(host),
      () => set(k8sServiceHost),
    );
  };

/** What of the cluster's network, and of what decides over pods, keeps the platform's pods from working. */
export const clusterNetworkStates: BrokenStates = {
  "agents that look for the API elsewhere": {
    broken: agentsAsk("other.example"),
    lines: [/^broken +Cilium's way to the API +cilium asks other\.example, and the endpoint is 127\.0\.0\.1:\d+/],
  },
  "a clusterwide policy that denies all": {
    broken: policy({ ingressDeny: [{ fromEntities: ["all"] }], egressDeny: [{ toEntities: ["all"] }] }),
    lines: [/^broken +clusterwide policies +deny denies all traffic of all pods/],
  },
  "a clusterwide policy that allows nothing": {
    broken: policy({ ingress: [{}], egress: [{}] }),
    lines: [/^broken +clusterwide policies +deny denies all traffic that no other policy allows, and none does/],
  },
  "a webhook that refuses every pod": {
    broken: ({ kubectl }) => added(kubectl, webhook),
    lines: [/^broken +webhooks +pods\.gatekeeper\.example refuses new pods/],
  },
  "a certificate of Hubble's that is gone": {
    broken: object("secret/hubble-server-certs --namespace=kube-system", "gone"),
    lines: [/^broken +Hubble's certificates +hubble-server-certs is not there/],
  },
  "no renewal of Hubble's certificates": {
    broken: object("cronjob/hubble-generate-certs --namespace=kube-system", "gone"),
    lines: [/^broken +renewal of certificates +there is no CronJob kube-system\/hubble-generate-certs/],
  },
  "a renewal that is suspended": {
    broken: object("cronjob/hubble-generate-certs --namespace=kube-system", { patch: { spec: { suspend: true } } }),
    lines: [/^broken +renewal of certificates +the CronJob hubble-generate-certs is suspended/],
  },
};
