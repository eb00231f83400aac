import { ciliumReleaseName, systemNamespace } from "../../../../platform/names";
import { releaseNamed, releases } from "../../../../releases/all";
import { compareVersions, minorOf, minorsBetween } from "../../../../releases/compatibility";
import type { Release } from "../../../../releases/release";
import { broken, type Check, type CheckOutcome, holds, warning } from "../../../verify/check";
import { restartDanger } from "../../../verify/first-interface";
import { reviewInvocation } from "../../../verify/next-commands";
import type { Snapshot } from "../../../verify/snapshot";
import { workloadVersion } from "../../../verify/workload";
import { targetOf } from "../target";

/** @param next - the release that is ahead; undefined if there is none */
export function ciliumUpgrade(next: Release | undefined): Check {
  return {
    id: "cilium-upgrade",
    title: "upgrade of Cilium",
    async run(snapshot) {
      const [{ release }, daemonSets] = await Promise.all([
        targetOf(snapshot, next),
        snapshot.daemonSets(systemNamespace),
      ]);
      const agent = daemonSets.find(({ metadata }) => metadata?.name === ciliumReleaseName);
      const running = agent === undefined ? undefined : workloadVersion(agent).replace(/^v/, "");
      if (running === undefined) {
        return broken(
          `there is no DaemonSet ${systemNamespace}/${ciliumReleaseName}`,
          "the bootstrap stack was not applied",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
      }
      const { version } = release.cilium;
      const judged = step(snapshot, running, release);
      const danger = running === version || judged.state === "broken" ? undefined : await restartDanger(snapshot);
      return danger ? broken(`${running} to ${version} restarts every agent`, danger.cause, danger.next) : judged;
    },
  };
}

/** Judges a step by what upstream asks before one (Cilium, "Upgrade Guide"). */
function step({ settings }: Snapshot, running: string, { cilium: { version }, name }: Release): CheckOutcome {
  const own = releaseNamed(settings.release).cilium.version;
  if (running !== own && running !== version) {
    return broken(
      `${running} runs, and release ${settings.release} has ${own}`,
      "an apply of the bootstrap stack was not made, or ended in the middle",
      reviewInvocation(settings, "bootstrap"),
    );
  }
  const [before, after] = [running, version].map(minorOf);
  if (before === after) {
    return holds(
      running === version ? `stays at ${running}` : `${running} to ${version}: a patch of one minor version`,
    );
  }
  if (minorsBetween(running, version) !== 1) {
    return broken(
      `${running} to ${version} is more than one minor version`,
      "upstream tests upgrades, and going back, from one minor version to the next alone",
      `npm run upgrade -- ${settings.name} --to ${name} shows the releases between`,
    );
  }
  const newest = newestPatch(before ?? "");
  if (newest !== undefined && compareVersions(running, newest.cilium.version) < 0) {
    return broken(
      `${running} is not ${newest.cilium.version}, the latest patch that a release has of ${before}`,
      "upstream asks for the latest patch before the next minor version",
      `npm run upgrade -- ${settings.name} --to ${newest.name}`,
    );
  }
  return warning(
    `${running} to ${version}, and upgradeCompatibility is not set`,
    "defaults of the chart that differ between the two change with the upgrade, which is what a new cluster has; connections may break",
    `read what Cilium's upgrade guide says of ${after}`,
  );
}

function newestPatch(minor: string): Release | undefined {
  return releases
    .filter(({ cilium }) => minorOf(cilium.version) === minor)
    .toSorted((one, other) => compareVersions(other.cilium.version, one.cilium.version))[0];
}
