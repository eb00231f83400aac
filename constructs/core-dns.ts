import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { coreDnsName } from "../platform/names";

export interface CoreDnsProps {
  readonly clusterName: string;

  /** Of the add-on: `v1.14.7-eksbuild.11`. */
  readonly version: string;

  /** Nodes that it runs on: before there are any it is never healthy, and the add-on fails after 20 minutes. */
  readonly nodes: ITerraformDependable;
}

/** Cluster DNS, one replica a node. */
export class CoreDns extends Construct {
  /** To depend on before there are pods that look up names. */
  readonly addon: EksAddon;

  constructor(scope: Construct, id: string, props: CoreDnsProps) {
    super(scope, id);
    const { clusterName, version, nodes } = props;

    this.addon = new EksAddon(this, "Resource", {
      clusterName,
      addonName: coreDnsName,
      addonVersion: version,
      configurationValues: JSON.stringify({ topologySpreadConstraints: [onePerNode] }, null, 2),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [nodes],
    });
  }
}

/** A mere preference would put both replicas on one node, if the other is busier. */
const onePerNode = {
  maxSkew: 1,
  topologyKey: "kubernetes.io/hostname",
  whenUnsatisfiable: "DoNotSchedule",
  // Otherwise a cordoned node counts as an empty one, and of two nodes the other takes no second replica (kubernetes/kops#18535). The
  // price: nodes whose startup taint is not off yet do not count either. The add-on's schema takes an array of anything.
  nodeTaintsPolicy: "Honor",
  labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};
