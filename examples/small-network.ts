import type { ClusterSettings } from "../schema/settings";

// A VPC with few addresses that other networks know, and others for pods. docs/pod-addresses.md says which addresses go where.
// To use it: sed 's#"../schema#"./schema#' examples/small-network.ts > settings.ts

/** The clusters of this repository. */
export const clusters: ClusterSettings[] = [
  {
    name: "routed",
    release: "2026-11-25",
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    // Nodes, load balancers and the control plane: what your organization gives out sparingly.
    cidrBlock: "10.204.4.0/22",
    // Pods: networks that are connected to the VPC need a way back to these, or see none of their packets answered.
    podCidr: "100.64.0.0/16",
    apiAccess: ["203.0.113.0/24"],
    admins: ["arn:aws:iam::111122223333:role/platform-admin"],
    nodes: { minSize: 3, maxSize: 6 },
    repository: { owner: "acme", name: "clusters" },
    backend: { type: "s3", bucket: "acme-terraform-state" },
  },
];
