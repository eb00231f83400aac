import { nearest } from "../../platform/nearest";
import { type Cluster, checkSettingsFile, mistakesText } from "../../schema/settings";
import * as settingsFile from "../../settings";
import { CommandError } from "./failure";

/**
 * Returns the settings of the cluster of `settings.ts` that a command line names.
 * @param command - by which the message shows how it is done, up to the name: `npm run verify --`
 * @param whenUnknown - returns what to do with a name that settings.ts has not, and that may be meant for another; by default a command for that
 * @throws CommandError if it names none or another, or if the settings have mistakes
 */
export function clusterSettings(
  clusterName: string | undefined,
  command: string,
  whenUnknown?: (clusterName: string, meant: string | undefined) => string | undefined,
): Cluster {
  const clusters = allClusterSettings();
  const names = clusters.map(({ name }) => name);
  const found = clusters.find(({ name }) => name === clusterName);
  if (found) {
    return found;
  }
  // Never taken for granted, even if it is the only one: a command may delete it.
  const meant = clusterName === undefined ? undefined : nearest(clusterName, names);
  const example = names.length === 0 ? "add a cluster to settings.ts" : `${command} ${meant ?? names[0]}`;
  const unknown = clusterName === undefined ? undefined : whenUnknown?.(clusterName, meant);
  throw new CommandError(
    clusterName === undefined
      ? `name a cluster: settings.ts has ${listed(names)}`
      : `settings.ts has no cluster '${clusterName}'; it has ${listed(names)}${meant ? `; did you mean '${meant}'?` : ""}`,
    { next: unknown ?? example },
  );
}

/**
 * Returns the settings of all clusters of `settings.ts`.
 * @throws CommandError if they have mistakes
 */
export function allClusterSettings(): readonly Cluster[] {
  const { clusters, problems } = checkSettingsFile(settingsFile);
  if (problems.length > 0) {
    throw new CommandError(mistakesText(problems));
  }
  return clusters;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
