import { isNullOrEmpty, type Value } from "../../../terraform/plan/value";
import { changing, type DangerRule, switchedOff, switchedOn } from "./rule";

const applied = ["Kustomization", "HelmRelease"];
const sources = ["GitRepository", "HelmChart", "HelmRepository", "OCIRepository"];

/** Rules on where charts and objects come from, and on what bounds Flux. */
export const sourceRules: readonly DangerRule[] = [
  {
    id: "chart-source-changed",
    severity: "danger",
    types: ["helm_release"],
    actions: changing,
    attributes: ["host"],
    // The same chart in a registry, where it came from a repository, is a mirror.
    matters: (before, after) => isRegistry(before) === isRegistry(after) && before !== null && after !== null,
    subject: "a chart",
    predicate:
      "comes from another host, or another folder of a registry (a registry after a host is taken for its mirror)",
    workloads: "whoever holds that host runs what they like in the cluster",
  },
  {
    id: "flux-guard-off",
    severity: "danger",
    types: [...applied, ...sources],
    actions: ["update"],
    attributes: ["spec.serviceAccountName", "spec.verify", "spec.chart.spec.verify"],
    matters: (before) => !isNullOrEmpty(before),
    subject: "the account that Flux applies with, or the signature that it asks for,",
    predicate: "changes",
    workloads: "without an account it applies with the controller's own rights; without a signature, whatever is there",
  },
  {
    id: "flux-switched",
    severity: "caution",
    types: [...applied, ...sources],
    actions: ["update"],
    attributes: ["spec.suspend", "spec.prune"],
    matters: (before, after) => switchedOff(before, after) || switchedOn(before, after),
    subject: "whether Flux applies, or deletes what is declared no longer,",
    predicate: "changes",
    workloads: "suspended, it leaves all as it is; without pruning, what is taken out of the repository goes on",
  },
];

function isRegistry(host: Value): boolean {
  return String(host).startsWith("oci:");
}
