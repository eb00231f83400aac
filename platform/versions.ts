/** Every version of the platform. Those that gitops/ writes out are held to these by a test. */
export const versions = {
  /** Has write-only arguments since 1.11, and ephemeral values since 1.10. */
  terraform: ">= 1.11",
  /**
   * Has both since 1.11, and locks in S3 since 1.10 (opentofu.org, "What's new"). It is the same as Terraform's, since both read the
   * same `required_version`, in modules/terraform-version.
   */
  openTofu: ">= 1.11",
  /** Terraform in the workspaces of HCP Terraform, which takes the newest that there is of a constraint. */
  hcpTerraform: "~> 1.11",
  /** The highest minor that Karpenter 1.14, Flux 2.9 and Cilium 1.20 are all tested on (their compatibility tables). */
  kubernetes: "1.36",
  /** 1.20.0 and 1.20.1 miscount delegated prefixes: cilium/cilium#48125, #48193. */
  cilium: "1.20.2",
  /** Printed by `aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.36`. */
  coreDns: "v1.14.7-eksbuild.11",
  /** Has aws-k8s-1.36 since 1.61.0 (bottlerocket-os/bottlerocket release notes). */
  bottlerocket: "1.68.1",
  /** Needs Kubernetes 1.33 or later (fluxcd/flux2 `flux check --pre`). */
  flux: "2.9.5",
  /** Needs Kubernetes 1.36 or earlier (karpenter.sh, compatibility matrix). */
  karpenter: "1.14.3",
  /** Keys are local names. AWS and GitHub are later than their bindings (6.25.0, 6.9.0), of the same major version. */
  providers: {
    aws: { source: "hashicorp/aws", version: "6.34.0" },
    github: { source: "integrations/github", version: "6.13.0" },
    helm: { source: "hashicorp/helm", version: "3.1.1" },
    kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
    tfe: { source: "hashicorp/tfe", version: "0.71.0" },
    tls: { source: "hashicorp/tls", version: "4.0.4" },
  },
} as const;
