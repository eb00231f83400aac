import { releaseNamed, releases } from "../../../../releases/all";
import { compareVersions } from "../../../../releases/compatibility";
import type { Release } from "../../../../releases/release";
import type { Cluster } from "../../../../schema/settings";
import { broken, type Check, type CheckOutcome, holds } from "../../../verify/check";
import { reviewInvocation, verifyInvocation } from "../../../verify/next-commands";
import { namesText } from "../../../verify/wording";
import { type AtRelease, type BetweenReleases, positionOf, type StageProgress } from "../position";
import { type RunningPart, runningParts } from "../running-parts";

/** @param next - the release that is ahead; undefined if there is none */
export function whereItIs(next: Release | undefined): Check {
  return {
    id: "release",
    title: "where it is",
    async run(snapshot) {
      const parts = await runningParts(snapshot);
      const { settings } = snapshot;
      const position = positionOf(parts, releases, settings.release);
      switch (position.kind) {
        case "at":
          return atRelease(settings, position, next, parts);
        case "between":
          return betweenReleases(settings, position);
        case "none":
          return broken(
            `at none: ${parts.map(partText).join(", ")}`,
            "somebody changed versions by hand, or the release was taken out of releases/",
            `npm run verify -- ${settings.name}`,
          );
      }
    },
  };
}

function partText({ title, versions }: RunningPart): string {
  return `${title} ${versions.length === 0 ? "not there" : versions.join(" and ")}`;
}

function atRelease(
  settings: Cluster,
  { release }: AtRelease,
  next: Release | undefined,
  parts: readonly RunningPart[],
): CheckOutcome {
  const own = releaseNamed(settings.release);
  if (release.name === own.name) {
    return holds(next === undefined ? `at ${own.name}` : `at ${own.name}; ${next.name} is ahead`);
  }
  const found = `at ${release.name}, and settings.ts says ${own.name}`;
  const first = parts.find((part) => part.versionIn(release) !== part.versionIn(own));
  return compareVersions(release.name, own.name) > 0
    ? broken(found, "settings.ts went back, or is that of another checkout", goOnOrBack(release))
    : broken(
        found,
        "nothing of the release was applied yet",
        reviewInvocation(settings, first?.stage === "cluster" ? "cluster" : "bootstrap"),
      );
}

function betweenReleases(settings: Cluster, { from, to, stages }: BetweenReleases): CheckOutcome {
  const first = stages.find(({ state }) => state !== "done");
  const done = stages.filter(({ state }) => state === "done").map(({ stage }) => `${stageTitle(stage)} applied`);
  const ahead = first === undefined ? [] : [progressText(first)];
  const found = `between ${from.name} and ${to.name}: ${[...done, ...ahead].join(", ")}`;
  return settings.release === to.name
    ? broken(
        found,
        "an upgrade is under way, or ended in the middle: what is done stays done, and the same commands go on",
        nextCommand(settings, first, stages),
      )
    : broken(
        found,
        `settings.ts says ${settings.release}: an upgrade was applied by other settings, or is on its way back`,
        goOnOrBack(to),
      );
}

/** Returns what to do where a later release than that of the settings was applied. */
function goOnOrBack({ name }: Release): string {
  return `to go on, write release: "${name}" in settings.ts, and run this again; to go back, go by docs/upgrades.md#back`;
}

function stageTitle(stage: StageProgress["stage"]): string {
  return stage === "Flux" ? "Flux's commit" : `${stage} stack`;
}

function progressText({ stage, state, left }: StageProgress): string {
  return state === "begun" ? `${stageTitle(stage)} begun (left: ${namesText(left)})` : `${stageTitle(stage)} is next`;
}

/** Returns what goes on. Flux applies what the bootstrap stack commits: where that stack has nothing else to do, it is not known whether it did. */
function nextCommand(settings: Cluster, first: StageProgress | undefined, stages: readonly StageProgress[]): string {
  const bootstrapped = stages.some(({ stage, state }) => stage === "bootstrap" && state === "done");
  const isBegun = first?.stage === "Flux" && (bootstrapped || first.state === "begun");
  if (first === undefined || isBegun) {
    return verifyInvocation(settings);
  }
  return reviewInvocation(settings, first.stage === "cluster" ? "cluster" : "bootstrap");
}
