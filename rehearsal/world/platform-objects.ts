import { parse } from "yaml";

import { clusterVariablesName, fluxNamespace, karpenterNamespace, systemNamespace } from "../../platform/names";
import { releaseNamed } from "../../releases/all";
import { versionsOf } from "../../releases/release";
import { renderChart } from "../charts/charts";
import type { Facts } from "./facts";
import type { Kubectl, KubernetesObject } from "./kubectl";
import type { Machine, Machines } from "./machines";
import { ciliumNode, ciliumReleaseSecret, hubbleCertificates, restartCilium } from "./objects/cilium";
import { coreDns } from "./objects/core-dns";
import { fluxControllers, followed } from "./objects/flux";
import { nodeClaim, withKarpenterStatus } from "./objects/karpenter";
import { node } from "./objects/nodes";
import { withRolesOfAccounts } from "./objects/service-accounts";
import { servicesRangeOf } from "./services-range";

/** Name of Karpenter's node and of what it claims. */
export const claim = "default-7x2kp";

/** Launches the one machine that Karpenter has, unless it runs. */
export async function launchKarpenterMachine(machines: Machines, { subnets }: Facts): Promise<void> {
  if ((await machines.running()).some(({ nodeGroup }) => nodeGroup === undefined)) {
    return;
  }
  await machines.launch({
    subnet: subnets[0] ?? "",
    instanceType: "t4g.small",
    tags: {
      "eks:eks-cluster-name": machines.clusterName,
      "karpenter.sh/nodepool": "default",
      "karpenter.sh/nodeclaim": claim,
      "karpenter.k8s.aws/ec2nodeclass": "default",
    },
  });
}

/** Returns what puts all objects of the platform into its cluster, as they are when everything is well. */
export async function platformObjects(
  facts: Facts,
  machines: readonly Machine[],
): Promise<(kubectl: Kubectl) => Promise<void>> {
  const { cluster, variables } = facts;
  const release = releaseNamed(cluster.release);
  const versions = versionsOf(release);
  const karpenterRelease = parse(facts.files[`karpenter/${cluster.name}/release/release.yaml`] ?? "");
  const [cilium, karpenter] = await Promise.all([
    renderChart({ chart: "cilium", namespace: systemNamespace, values: facts.ciliumValues, release }),
    renderChart({
      chart: "karpenter",
      namespace: karpenterNamespace,
      values: substituted(karpenterRelease.spec.values, variables),
      release,
    }),
  ]);
  const objects: KubernetesObject[] = [
    ...[fluxNamespace, karpenterNamespace].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...machines.flatMap((machine) => [node(cluster, machine), ciliumNode(facts, machine)]),
    ciliumReleaseSecret(),
    ...hubbleCertificates,
    ...coreDns(servicesRangeOf(cluster), versions.coreDns),
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: clusterVariablesName,
        namespace: fluxNamespace,
        labels: { "reconcile.fluxcd.io/watch": "Enabled" },
      },
      data: variables,
    },
    ...fluxControllers(release),
    ...followed(facts).map((object) => withKarpenterStatus(object, facts)),
    ...machines.filter(({ nodeGroup }) => nodeGroup === undefined).map((machine) => nodeClaim(claim, machine)),
  ];
  return async (kubectl) => {
    await kubectl.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: cilium-secrets}\n");
    await kubectl.put(objects);
    await Promise.all([cilium, karpenter].map((manifest) => kubectl.apply(withRolesOfAccounts(manifest))));
    await restartCilium(kubectl);
  };
}

function substituted(values: object, variables: Readonly<Record<string, string>>): object {
  return JSON.parse(
    JSON.stringify(values).replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
      JSON.stringify(variables[name] ?? "").slice(1, -1),
    ),
  );
}
