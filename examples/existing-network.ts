import type { ClusterSettings } from "../schema/settings";

// A VPC that is there, of this account or shared by another, with subnets for pods alone. docs/pod-addresses.md says which addresses go where.
// To use it: sed 's#"../schema#"./schema#' examples/existing-network.ts > settings.ts

/** The clusters of this repository. */
export const clusters: ClusterSettings[] = [
  {
    name: "payments",
    release: "2026-11-25",
    account: "111122223333",
    region: "eu-central-1",
    // aws ec2 describe-subnets --filters Name=vpc-id,Values=<VPC> shows subnets with their zones, networks, free addresses and owner.
    network: {
      vpcId: "vpc-0a1b2c3d4e5f60718",
      // Nodes. Two zones at least, each with a way out through a NAT gateway, a transit gateway or the like.
      privateSubnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
      // Pods, in the same zones, with a way out too: of a block that other networks need not know. Without these, pods are where nodes are.
      podSubnets: ["subnet-0a1b2c3d4e5f60741", "subnet-0a1b2c3d4e5f60742"],
      // Two zones at least, for the cluster's life. They may be the private ones.
      controlPlaneSubnets: ["subnet-0a1b2c3d4e5f60721", "subnet-0a1b2c3d4e5f60722"],
      // For the load balancer below alone.
      publicSubnets: ["subnet-0a1b2c3d4e5f60731", "subnet-0a1b2c3d4e5f60732"],
    },
    ingress: "nlb",
    apiAccess: ["203.0.113.0/24"],
    admins: ["arn:aws:iam::111122223333:role/platform-admin"],
    repository: { owner: "acme", name: "clusters" },
  },
];
