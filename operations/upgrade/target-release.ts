import { nearest } from "../../platform/nearest";
import type { Release } from "../../releases/release";
import { stepProblems, upgradePath } from "../../releases/upgrade-path";
import { CommandError } from "../command/failure";

/** Where a cluster is, and where it is to go. */
export interface UpgradeQuestion {
  readonly clusterName: string;
  readonly from: Release;
  /** Name of the release that is wanted; the newest if it is undefined. */
  readonly wanted: string | undefined;
  /** All releases, the oldest first. */
  readonly known: readonly [Release, ...Release[]];
}

/**
 * Returns the releases that a cluster goes through, the last being the one that is wanted; none if it is there.
 * @throws CommandError if there is no such release, or no way to it
 */
export function pathTo(question: UpgradeQuestion): readonly Release[] {
  const { from, known } = question;
  const to = targetRelease(question);
  if (known.indexOf(to) < known.findIndex(({ name }) => name === from.name)) {
    throw new CommandError(
      `release ${to.name} comes before ${from.name}, which settings.ts has for ${question.clusterName}: an upgrade goes forward alone`,
      {
        next: "docs/upgrades.md#back says what goes back, until when, and in which order",
      },
    );
  }
  const path = upgradePath(from, to, known);
  if (path === undefined) {
    throw noPath(question, to);
  }
  return path;
}

function targetRelease({ clusterName, wanted, known }: UpgradeQuestion): Release {
  const names = known.map(({ name }) => name);
  const to = wanted === undefined ? known.at(-1) : known.find(({ name }) => name === wanted);
  if (to === undefined) {
    const meant = nearest(wanted ?? "", names);
    throw new CommandError(
      `there is no release '${wanted}'; releases/ has ${names.join(", ")}${meant === undefined ? "" : `; did you mean '${meant}'?`}`,
      { next: `npm run upgrade -- ${clusterName} --to ${meant ?? names.at(-1)}` },
    );
  }
  return to;
}

function noPath({ clusterName, from, known }: UpgradeQuestion, to: Release): CommandError {
  const reasons = stepProblems(from, to).map((text) =>
    text.startsWith("has ") ? `release ${from.name} ${text}` : text,
  );
  const reachable = [...known].reverse().find((one) => (upgradePath(from, one, known) ?? []).length > 0);
  return new CommandError(
    [
      `no way leads from release ${from.name} to ${to.name}, in one step or in several; in one:`,
      ...reasons.map((reason) => `  - ${reason}`),
    ].join("\n"),
    {
      next:
        reachable === undefined
          ? "add a release that lies between them: docs/upgrades.md#a-release-of-your-own says how"
          : `npm run upgrade -- ${clusterName} --to ${reachable.name} is as far as it goes; for more, add a release between them: docs/upgrades.md#a-release-of-your-own`,
    },
  );
}
