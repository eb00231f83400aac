import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { type StackPart, stackName, stackParts } from "../../platform/parts";
import type { SynthesizedStack } from "../terraform/local-state";

/** The folders of a cluster's stacks, as one side of a change synthesizes them. */
export type ClusterStacks = Readonly<Record<StackPart, string>>;

/** All clusters of one side, by name. */
export type Side = ReadonlyMap<string, ClusterStacks>;

/** Groups stacks by cluster. Those that are no part of a platform are left out. */
export function sideOf(stacks: readonly SynthesizedStack[]): Side {
  const folders = new Map(stacks.map(({ name, folder }) => [name, folder]));
  const names = [...folders.keys()].flatMap((name) => /^(.+)-network$/.exec(name)?.[1] ?? []);
  return new Map(
    names.flatMap((cluster) => {
      const [network, eks, bootstrap] = stackParts.map((part) => folders.get(stackName(cluster, part)));
      return network === undefined || eks === undefined || bootstrap === undefined
        ? []
        : [[cluster, { network, cluster: eks, bootstrap }] as const];
    }),
  );
}

/** Returns whether both sides make the same of a cluster, byte for byte. */
export function areSame(one: ClusterStacks, other: ClusterStacks): boolean {
  return stackParts.every((part) => {
    const [files, others] = [filesIn(one[part]), filesIn(other[part])];
    return (
      files.join("\n") === others.join("\n") &&
      files.every((file) => readFileSync(join(one[part], file)).equals(readFileSync(join(other[part], file))))
    );
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
