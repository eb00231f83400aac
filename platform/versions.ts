/** Versions that are the project's, and no cluster's: those are in releases/. */
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
  /** The provider of HCP Terraform. */
  tfe: { source: "hashicorp/tfe", version: "0.71.0" },
} as const;
