import type { ClusterSettings } from "../schema/settings";

// State and runs in HCP Terraform. To use it: sed 's#"../schema#"./schema#' examples/hcp-terraform.ts > settings.ts
// `npm run synth` then asks for Terraform's version, so terraform must be on PATH. docs/terraform-cloud.md says how to set the workspaces.

/** The clusters of this repository. */
export const clusters: ClusterSettings[] = [
  {
    name: "demo-k8s-cilium",
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b"],
    cidrBlock: "10.200.0.0/16",
    endpoints: [],
    // People reach the API from here. HCP Terraform's runners have no fixed addresses: run the bootstrap workspace by an agent in the VPC,
    // which reaches the API whatever stands here, or write "0.0.0.0/0", of which synth warns.
    apiAccess: ["203.0.113.0/24"],
    // The first is the role of the runs (TFC_AWS_RUN_ROLE_ARN), which logs in to the cluster for the bootstrap stack.
    admins: ["arn:aws:iam::111122223333:role/terraform", "arn:aws:iam::111122223333:role/platform-admin"],
    repository: { owner: "acme", name: "demo-k8s-cilium-flux" },
    // A workspace a stack, named like it. In HCP Terraform Europe, add hostname: "app.eu.terraform.io".
    backend: { type: "cloud", organization: "acme", project: "platform" },
    // The runners have no AWS CLI, which "exec" would start.
    clusterAuth: "token",
  },
];
