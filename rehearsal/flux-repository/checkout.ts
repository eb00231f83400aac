import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { nearest } from "../../platform/nearest";

/** A checkout of the repository that a cluster's Flux follows. */
export interface FluxCheckout {
  /** An absolute path. */
  readonly root: string;
  /** Where Flux begins, below the root: `clusters/demo-k8s-cilium`. */
  readonly entry: string;
}

/**
 * Returns the checkout of a cluster's repository in a folder.
 * @throws CommandError if there is none
 */
export function fluxCheckout(folder: string, cluster: string): FluxCheckout {
  const root = resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    throw new CommandError(`--flux-repository: ${folder} ${found ? "is no folder" : "is not there"}`, {
      next: "name the folder of a checkout of the repository that Flux follows: git clone it",
    });
  }
  const entry = join("clusters", cluster);
  if (!existsSync(join(root, entry))) {
    throw wrongCheckout(folder, root, cluster);
  }
  return { root, entry };
}

function wrongCheckout(folder: string, root: string, cluster: string): CommandError {
  const clusters = join(root, "clusters");
  const names = existsSync(clusters) ? readdirSync(clusters) : [];
  const has = names.length === 0 ? "it has no folder clusters" : `it has those of ${names.join(", ")}`;
  const meant = nearest(cluster, names);
  return new CommandError(`--flux-repository: ${folder} has no folder clusters/${cluster}; ${has}`, {
    next:
      meant === undefined
        ? "name a checkout of the repository that settings.ts names for this cluster, on the branch that Flux follows"
        : `npm run rehearse -- ${meant} --flux-repository ${folder}`,
  });
}
