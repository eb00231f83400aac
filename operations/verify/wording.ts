import type { Addon, Cluster as DescribedCluster, Nodegroup } from "@aws-sdk/client-eks";

/** Returns what EKS finds wrong with something, a text for each issue: `InsufficientFreeAddresses: …`. */
export function issueTexts({ health }: Pick<DescribedCluster | Nodegroup | Addon, "health">): string[] {
  return (health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`);
}

/** Says that a version is not the one of `platform/versions.ts`. */
export function versionMismatch(found: string | undefined, wanted: string): string {
  return `${found}, and platform/versions.ts says ${wanted}`;
}
