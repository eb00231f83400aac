import type { ClusterSettings } from "../schema/settings";

// State and runs in HCP Terraform. To use it: sed 's#"../schema#"./schema#' examples/hcp-terraform.ts > settings.ts
// `npm run synth` then asks for Terraform's version, so terraform must be on PATH. docs/terraform-cloud.md says what to type next.

/** The clusters of this repository. */
export const clusters: ClusterSettings[] = [
  {
    name: "demo-k8s-cilium",
    release: "2026-11-25",
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b"],
    cidrBlock: "10.200.0.0/16",
    endpoints: [],
    // People reach the API from here, and agents from inside the VPC, whatever stands here.
    apiAccess: ["203.0.113.0/24"],
    // People: the role with which runs apply is an administrator without standing here.
    admins: ["arn:aws:iam::111122223333:role/platform-admin"],
    repository: { owner: "acme", name: "demo-k8s-cilium-flux" },
    backend: {
      type: "cloud",
      organization: "acme",
      // A project that the stack `acme-workspaces` makes. For one that is there: projectMode: "existing".
      project: "platform",
      // In HCP Terraform Europe: hostname: "app.eu.terraform.io".
      // HCP Terraform's own machines have no fixed addresses, so agents in the VPC run the bootstrap stack. Without them, write
      // "0.0.0.0/0" in apiAccess, of which synth warns.
      agentPool: "eu-central-1",
      // A run for each commit of cdktf.out, of which docs/terraform-cloud.md says more.
      vcs: { repository: "acme/platform", branch: "main" },
      // Reviews every plan: npm run review -- --serve.
      runTask: { url: "https://plan-review.example.com" },
    },
    // The runners have no AWS CLI, which "exec" would start.
    clusterAuth: "token",
  },
];
