import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { coreDnsName } from "../platform/names";
import { versions } from "../platform/versions";

export interface CoreDnsProps {
  readonly clusterName: string;

  /** Nodes that it runs on: before there are any it is never healthy, and the add-on fails after 20 minutes. */
  readonly nodes: ITerraformDependable;
}

/** Cluster DNS, one replica a node. */
export class CoreDns extends Construct {
  /** To depend on before there are pods that look up names. */
  readonly addon: EksAddon;

  constructor(scope: Construct, id: string, props: CoreDnsProps) {
    super(scope, id);
    const { clusterName, nodes } = props;

    this.addon = new EksAddon(this, "Resource", {
      clusterName,
      addonName: coreDnsName,
      addonVersion: versions.coreDns,
      configurationValues: JSON.stringify({ topologySpreadConstraints: [onePerNode] }, null, 2),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [nodes],
    });
  }
}

/** The first node to lose its taint would get both replicas, if a mere preference decided. */
const onePerNode = {
  maxSkew: 1,
  topologyKey: "kubernetes.io/hostname",
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};
