import type { Addon, Cluster as DescribedCluster, Nodegroup } from "@aws-sdk/client-eks";

import type { Cluster } from "../../schema/settings";

/** Returns what EKS finds wrong with something, a text for each issue: `InsufficientFreeAddresses: …`. */
export function issueTexts({ health }: Pick<DescribedCluster | Nodegroup | Addon, "health">): string[] {
  return (health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`);
}

/** Says that a version is not the one of the cluster's release. */
export function versionMismatch(
  { release }: Pick<Cluster, "release">,
  found: string | undefined,
  wanted: string,
): string {
  return `${found}, and release ${release} has ${wanted}`;
}

/** Returns a count with its noun: `1 node`, `3 prefixes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Returns how many there are where something is so of all: `the one node`, `all 3 nodes`. */
export function allOf(count: number, noun: string): string {
  return count === 1 ? `the one ${noun}` : `all ${count} ${noun}s`;
}

/** Names in a text; of more than this, the rest is counted. */
const namesShown = 3;

/** Returns names for people: `a`, `a and b`, `a, b, c and 97 more`. */
export function namesText(names: readonly string[]): string {
  const shown = names.length > namesShown + 1 ? names.slice(0, namesShown) : names;
  const more = names.length - shown.length;
  const parts = more === 0 ? shown : [...shown, `${more} more`];
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Returns names as the subject of a sentence: `a has no prefix`, `a and b have no prefix`. */
export function sentenceOf(names: readonly string[], singular: string, plural: string): string {
  return `${namesText(names)} ${names.length === 1 ? singular : plural}`;
}

/** Returns a date in UTC, as EKS counts days of support: `2027-08-02`. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
