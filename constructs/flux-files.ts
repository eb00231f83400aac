import type { Release } from "../releases/release";
import type { AccessSettings } from "../schema/access";
import { karpenterObjects, syncObjects, yamlText } from "./flux-objects";
import type { GitRepository } from "./git-repository";
import { projectFile, releasedFile } from "./project-files";
import type { RepositoryText } from "./repository-files";

/** What of a cluster's settings decides its files. */
export interface FluxFilesProps {
  readonly name: string;

  readonly release: Release;

  /** Of whom those with the policy `verify` need a file. */
  readonly access: readonly Pick<AccessSettings, "policy">[];
}

/** Returns every file of a cluster in the repository, in the order of commits: Flux must never see a path that is not there yet. */
export function fluxFiles(
  { name: clusterName, release, access }: FluxFilesProps,
  repository: GitRepository,
): RepositoryText[] {
  const cluster = `clusters/${clusterName}`;
  const verifies = access.some(({ policy }) => policy === "verify");
  const karpenter = `karpenter/${clusterName}`;
  return [
    ...["release/source", "release/release", "release/flow-schemas", "nodepools/default"].map((name) => ({
      id: `karpenter-${name.replace("/", "-")}`,
      path: `${karpenter}/${name}.yaml`,
      content: releasedFile(`gitops/karpenter/${name}.yaml`, release),
    })),
    { id: "readme", path: `${cluster}/README.md`, content: readme(verifies) },
    {
      id: "gotk-components",
      path: `${cluster}/flux-system/gotk-components.yaml`,
      content: releasedFile("gitops/cluster/flux-system/gotk-components.yaml", release),
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
