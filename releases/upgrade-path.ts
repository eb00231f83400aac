import { bottlerocketProblems, compareVersions, componentProblems, minorOf, minorsBetween } from "./compatibility";
import { changedComponents, changedProviders, componentTitles, type Release } from "./release";

/**
 * Returns the releases that a cluster goes through, each an upgrade of its own, the last being the one that is wanted; undefined if there
 * is no way. Of several ways it is one with the fewest steps, through the newest releases.
 * @param known - all releases, the oldest first
 */
export function upgradePath(from: Release, to: Release, known: readonly Release[]): readonly Release[] | undefined {
  const newestFirst = [...known].reverse();
  const reached = new Set([from.name]);
  let ways: readonly (readonly Release[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Release[])[] = [];
    for (const way of ways) {
      const last = way.at(-1) ?? from;
      if (last.name === to.name) {
        return way;
      }
      for (const next of newestFirst.filter((one) => !reached.has(one.name) && stepProblems(last, one).length === 0)) {
        reached.add(next.name);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}

/** Returns why a cluster can't go from one release to the next in a single upgrade; nothing if it can. */
export function stepProblems(from: Release, to: Release): string[] {
  return [
    ...backwards(from, to),
    ...minorsSkipped("kubernetes", from, to).map((text) => `${text}, and EKS upgrades one minor version at a time`),
    ...minorsSkipped("cilium", from, to).map(
      (text) => `${text}, and upstream tests Cilium from one minor version to the next alone`,
    ),
    // The cluster stack comes first: until bootstrap is applied, what is in the cluster runs on the new control plane.
    ...componentProblems(from, to.kubernetes.version),
    ...bottlerocketProblems(from, to.kubernetes.version),
  ];
}

function backwards(from: Release, to: Release): string[] {
  return changedComponents(from, to)
    .filter((name) => compareVersions(to[name].version, from[name].version) < 0)
    .map((name) => `${componentTitles[name]} goes back from ${from[name].version} to ${to[name].version}`)
    .concat(
      changedProviders(from, to)
        .map((name) => ({ name, before: from.providers[name].version, after: to.providers[name].version }))
        .filter(({ before, after }) => compareVersions(after, before) < 0)
        // A state that a later provider has written may be one that an older cannot read.
        .map(({ name, before, after }) => `the provider ${name} goes back from ${before} to ${after}`),
    );
}

function minorsSkipped(name: "kubernetes" | "cilium", from: Release, to: Release): string[] {
  const [before, after] = [from[name].version, to[name].version];
  return [0, 1].includes(minorsBetween(before, after))
    ? []
    : [`${componentTitles[name]} goes from ${minorOf(before)} to ${minorOf(after)}`];
}
