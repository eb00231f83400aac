import type { ClusterSettings } from "../schema/settings";

// An API that only the VPC reaches. To use it: sed 's#"../schema#"./schema#' examples/private-api.ts > settings.ts
// The network and cluster stacks can be applied from anywhere, the bootstrap stack from a machine in the VPC (or connected to it) alone,
// and so can `npm run verify`, `hubble` and `teardown`.

/** The clusters of this repository. */
export const clusters: ClusterSettings[] = [
  {
    name: "internal",
    release: "2026-11-25",
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    cidrBlock: "10.203.0.0/16",
    apiAccess: [],
    admins: ["arn:aws:iam::111122223333:role/platform-admin"],
    // What the organization asks of every role, for the cluster's life; the boundary alone can be changed later.
    iam: {
      permissionsBoundary: "arn:aws:iam::111122223333:policy/platform-boundary",
      path: "/platform/",
      namePrefix: "platform-",
    },
    repository: { owner: "acme", name: "clusters" },
    backend: { type: "s3", bucket: "acme-terraform-state" },
    // The machine in the VPC has the AWS CLI, whose tokens are renewed: a first apply may take longer than the 15 minutes of "token".
    clusterAuth: "exec",
    endpoints: [
      // The default: what nodes, Cilium and Karpenter call stays within the VPC.
      "ecr.api",
      "ecr.dkr",
      "ec2",
      "sts",
      "logs",
      "eks",
      "sqs",
      "ssm",
      // With the one above, what Session Manager needs to open a shell on the machine from which the API is reached.
      "ssmmessages",
      "ec2messages",
    ],
  },
];
