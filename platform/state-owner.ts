/** Whose a state is: what tells the clusters of two projects apart that have the same name and the same backend. */
export interface StateOwner {
  readonly account: string;
  readonly region: string;
  /** `owner/name` of the GitHub repository that Flux follows, in small letters: to GitHub, names are the same in either case. */
  readonly repository: string;
}

/** Address of the resource that holds it, in each stack whose backend projects can share. */
export const stateOwnerAddress = "terraform_data.state_owner";

export interface OwningCluster {
  readonly account: string;
  readonly region: string;
  readonly repository: { readonly owner: string; readonly name: string };
}

/** Returns the owner that the state of a cluster's stacks names. */
export function stateOwner({ account, region, repository: { owner, name } }: OwningCluster): StateOwner {
  return { account, region, repository: `${owner}/${name}`.toLowerCase() };
}

export function stateOwnerText({ account, region, repository }: StateOwner): string {
  return `the cluster in ${region} of account ${account} with Flux repository ${repository}`;
}
