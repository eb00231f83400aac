import { compareVersions } from "../../../releases/compatibility";
import type { Release } from "../../../releases/release";
import type { RunningPart, Stage } from "./running-parts";

/** Where a cluster is among the releases. */
export type Position = AtRelease | BetweenReleases | AtNone;

/** All that runs is of one release. */
export interface AtRelease {
  readonly kind: "at";
  readonly release: Release;
}

/** Each part is of one of two releases, or is being rolled from one to the other. */
export interface BetweenReleases {
  readonly kind: "between";
  readonly from: Release;
  readonly to: Release;
  /** Of the stages in which the two differ, how far each is, in the order in which they follow each other. */
  readonly stages: readonly StageProgress[];
}

export interface StageProgress {
  readonly stage: Stage;
  readonly state: "done" | "begun" | "ahead";
  /** Titles of the parts that are not of the later release alone. */
  readonly left: readonly string[];
}

/** There are no two releases of which all parts are. */
export interface AtNone {
  readonly kind: "none";
}

const stages: readonly Stage[] = ["cluster", "bootstrap", "Flux"];

/**
 * Returns where a cluster is. Of several pairs of releases that it may be between, it is one with the release of its settings, and the
 * nearest of those.
 * @param known - all releases, the oldest first
 * @param own - name of the release in the cluster's settings
 */
export function positionOf(parts: readonly RunningPart[], known: readonly Release[], own: string): Position {
  const isOf = (...releases: readonly Release[]) =>
    parts.every(
      (part) =>
        (part.isOptional || part.versions.length > 0) &&
        part.versions.every((version) => releases.some((release) => part.versionIn(release) === version)),
    );
  const release = known.find((one) => isOf(one));
  if (release) {
    return { kind: "at", release };
  }
  const pairs = known.flatMap((from) =>
    known.filter((to) => compareVersions(from.name, to.name) < 0 && isOf(from, to)).map((to) => ({ from, to })),
  );
  const distance = ({ from, to }: { from: Release; to: Release }) => known.indexOf(to) - known.indexOf(from);
  const nearestFirst = pairs.toSorted((one, other) => distance(one) - distance(other));
  const pair =
    nearestFirst.find(({ to }) => to.name === own) ??
    nearestFirst.find(({ from }) => from.name === own) ??
    nearestFirst[0];
  return pair ? { kind: "between", ...pair, stages: progressOf(parts, pair.from, pair.to) } : { kind: "none" };
}

function progressOf(parts: readonly RunningPart[], from: Release, to: Release): readonly StageProgress[] {
  return stages.flatMap((stage) => {
    const changing = parts.filter((part) => part.stage === stage && part.versionIn(from) !== part.versionIn(to));
    // Without a node of Karpenter's there is nothing to be replaced.
    const there = changing.filter(({ versions }) => versions.length > 0);
    const left = there.filter((part) => part.versions.some((version) => version !== part.versionIn(to)));
    const isBegun = there.some((part) => part.versions.some((version) => version === part.versionIn(to)));
    const state = left.length === 0 ? "done" : isBegun ? "begun" : "ahead";
    return there.length === 0 ? [] : [{ stage, state, left: left.map(({ title }) => title) }];
  });
}
