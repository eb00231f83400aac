import type { Release } from "../releases/release";
import type { AccessSettings } from "../schema/access";
import type { ExistingNetwork } from "../schema/network";
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

  /**
   * Subnets of a network that is there, for Karpenter's nodes.
   * @default - the subnets have a tag by which Karpenter finds them
   */
  readonly network?: Pick<ExistingNetwork, "privateSubnets"> | undefined;
}

/** Returns every file of a cluster in the repository, in the order of commits: Flux must never see a path that is not there yet. */
export function fluxFiles(
  { name: clusterName, release, access, network }: FluxFilesProps,
  repository: GitRepository,
): RepositoryText[] {
  const cluster = `clusters/${clusterName}`;
  const verifies = access.some(({ policy }) => policy === "verify");
  const karpenter = `karpenter/${clusterName}`;
  return [
    ...["release/source", "release/release", "release/flow-schemas"].map((name) => ({
      id: `karpenter-${name.replace("/", "-")}`,
      path: `${karpenter}/${name}.yaml`,
      content: releasedFile(`gitops/karpenter/${name}.yaml`, release),
    })),
    {
      id: "karpenter-nodepools-default",
      path: `${karpenter}/nodepools/default.yaml`,
      content: nodePools(releasedFile("gitops/karpenter/nodepools/default.yaml", release), network?.privateSubnets),
    },
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

/** The term by which Karpenter finds subnets that have the cluster's tag. */
const taggedSubnets = /(?<=^ {2}subnetSelectorTerms:\n)(?: {4}.*\n)+/m;

/** Returns the node pools' file, with subnets by their ids where they are given: one of another account has no tags here. */
function nodePools(page: string, subnetIds: readonly string[] | undefined): string {
  return subnetIds === undefined
    ? page
    : page.replace(taggedSubnets, subnetIds.map((id) => `    - id: ${id}\n`).join(""));
}

/** Returns the page that says which files are Terraform's. */
function readme(verifies: boolean): string {
  const page = projectFile("gitops/cluster/README.md");
  const row = "| `verify.yaml` | what those may read who have the access `verify` in settings.ts |\n";
  return verifies ? page.replace(/^\| `karpenter.yaml` .*\n/m, (last) => `${last}${row}`) : page;
}
