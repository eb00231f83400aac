import { karpenterObjects, syncObjects, yamlText } from "./flux-objects";
import type { GitRepository } from "./git-repository";
import { projectFile } from "./project-files";
import type { RepositoryText } from "./repository-files";

/** Returns every file of a cluster in the repository, in the order of commits: Flux must never see a path that is not there yet. */
export function fluxFiles(clusterName: string, repository: GitRepository): RepositoryText[] {
  const cluster = `clusters/${clusterName}`;
  const karpenter = `karpenter/${clusterName}`;
  return [
    ...["release/source", "release/release", "release/flow-schemas", "nodepools/default"].map((name) => ({
      id: `karpenter-${name.replace("/", "-")}`,
      path: `${karpenter}/${name}.yaml`,
      content: projectFile(`gitops/karpenter/${name}.yaml`),
    })),
    { id: "readme", path: `${cluster}/README.md`, content: projectFile("gitops/cluster/README.md") },
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
  ];
}
