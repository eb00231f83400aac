import type { AccessSettings } from "../schema/access";
import { karpenterObjects, syncObjects, yamlText } from "./flux-objects";
import type { GitRepository } from "./git-repository";
import { projectFile } from "./project-files";
import type { RepositoryText } from "./repository-files";

/**
 * Returns every file of a cluster in the repository, in the order of commits: Flux must never see a path that is not there yet.
 * @param access - of whom those with the policy `verify` need a file
 */
export function fluxFiles(
  clusterName: string,
  repository: GitRepository,
  access: readonly Pick<AccessSettings, "policy">[],
): RepositoryText[] {
  const cluster = `clusters/${clusterName}`;
  const verifies = access.some(({ policy }) => policy === "verify");
  const karpenter = `karpenter/${clusterName}`;
  return [
    ...["release/source", "release/release", "release/flow-schemas", "nodepools/default"].map((name) => ({
      id: `karpenter-${name.replace("/", "-")}`,
      path: `${karpenter}/${name}.yaml`,
      content: projectFile(`gitops/karpenter/${name}.yaml`),
    })),
    { id: "readme", path: `${cluster}/README.md`, content: readme(verifies) },
    {
      id: "gotk-components",
      path: `${cluster}/flux-system/gotk-components.yaml`,
      content: projectFile("gitops/cluster/flux-system/gotk-components.yaml"),
    },
    {
      id: "gotk-sync",
      path: `${cluster}/flux-system/gotk-sync.yaml`,
      content: yamlText(syncObjects(clusterName, repository)),
    },
    {
      id: "kustomization",
      path: `${cluster}/flux-system/kustomization.yaml`,
      content: projectFile("gitops/cluster/flux-system/kustomization.yaml"),
    },
    { id: "karpenter", path: `${cluster}/karpenter.yaml`, content: yamlText(karpenterObjects(clusterName)) },
    ...(verifies
      ? [{ id: "verify", path: `${cluster}/verify.yaml`, content: projectFile("gitops/access/verify.yaml") }]
      : []),
  ];
}

/** Returns the page that says which files are Terraform's. */
function readme(verifies: boolean): string {
  const page = projectFile("gitops/cluster/README.md");
  const row = "| `verify.yaml` | what those may read who have the access `verify` in settings.ts |\n";
  return verifies ? page.replace(/^\| `karpenter.yaml` .*\n/m, (last) => `${last}${row}`) : page;
}
