import { BranchDefault } from "@cdktf/provider-github/lib/branch-default";
import { Repository } from "@cdktf/provider-github/lib/repository";
import { RepositoryDeployKey } from "@cdktf/provider-github/lib/repository-deploy-key";
import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { Construct } from "constructs";

import { deployKeyTitle } from "../platform/names";

export interface GitRepositoryProps {
  /** The cluster whose key it is. */
  readonly clusterName: string;

  readonly owner: string;

  readonly name: string;

  readonly branch: string;

  readonly mode: "existing" | "create";

  readonly access: "deploy-key" | "public";
}

/** A key pair, and its registration with GitHub, by which it may read. */
export interface DeployKey {
  readonly keyPair: PrivateKey;
  readonly registration: RepositoryDeployKey;
}

/** The GitHub repository that Flux follows, and how Flux may read it. */
export class GitRepository extends Construct {
  /** Name without the owner; where the repository is made here, a reference that waits for its branch. */
  readonly name: string;

  readonly branch: string;

  /** URL that Flux reads it from. */
  readonly url: string;

  /** Key that Flux reads it with; undefined for a public repository. */
  readonly credentials: DeployKey | undefined;

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id);
    const { owner, name, branch, mode, access } = props;

    this.name = mode === "create" ? this.create(props).repository : name;
    this.branch = branch;
    this.url = access === "public" ? `https://github.com/${owner}/${name}` : `ssh://git@github.com/${owner}/${name}`;
    this.credentials = access === "public" ? undefined : this.deployKey(props);
  }

  private create({ name, branch, access }: GitRepositoryProps): BranchDefault {
    const repository = new Repository(this, "Resource", {
      name,
      description: "Clusters, as Flux keeps them",
      visibility: access === "public" ? "public" : "private",
      // Without a first commit there is no branch to commit to.
      autoInit: true,
      archiveOnDestroy: true,
    });
    // The first commit is on the branch that the owner's settings name, which may be another.
    return new BranchDefault(this, "BranchDefault", { repository: repository.name, branch, rename: true });
  }

  private deployKey({ clusterName }: GitRepositoryProps): DeployKey {
    const keyPair = new PrivateKey(this, "Key", { algorithm: "ED25519" });
    const registration = new RepositoryDeployKey(this, "DeployKey", {
      repository: this.name,
      title: deployKeyTitle(clusterName),
      key: keyPair.publicKeyOpenssh,
      readOnly: true,
    });
    return { keyPair, registration };
  }
}
