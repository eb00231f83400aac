import type { Release } from "../../releases/release";
import { rolloutsOf } from "../../releases/rollouts";
import { type Commit, shortHash } from "./git";

/** What becomes of a cluster by a change. */
export type Fate = "added" | "removed" | "changed" | "unchanged";

/** A cluster's change from one release to another. */
export interface ReleaseChange {
  readonly cluster: string;
  readonly from: Release;
  readonly to: Release;
}

/** Returns sentences that a report begins with. They hold nothing that another run of the same change would say otherwise. */
export function notesOn(
  commit: Pick<Commit, "hash">,
  fates: ReadonlyMap<string, Fate>,
  upgrades: readonly ReleaseChange[],
): string[] {
  const hash = shortHash(commit);
  const sentences: Readonly<Record<Fate, (cluster: string) => string>> = {
    added: (cluster) => `${cluster} is added: commit ${hash} has no such cluster, and these plans create it.`,
    removed: (cluster) => `${cluster} is removed: only commit ${hash} has such a cluster, and these plans destroy it.`,
    changed: (cluster) => `${cluster} is planned on top of what commit ${hash} makes.`,
    unchanged: (cluster) => `${cluster} stays as commit ${hash} makes it: its stacks are the same, byte for byte.`,
  };
  return [
    "Planned in a rehearsal, against stand-ins for AWS, GitHub and Kubernetes: no account was asked.",
    ...[...fates].map(([cluster, fate]) => sentences[fate](cluster)),
    ...upgrades.map(({ cluster, from, to }) => {
      const rolls = rolloutsOf(from, to).join(", ") || "nothing";
      return `${cluster} goes from release ${from.name} to ${to.name}, at which rolls: ${rolls}.`;
    }),
  ];
}
