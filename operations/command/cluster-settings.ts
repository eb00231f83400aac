import { type Cluster, checkSettings } from "../../schema/settings";
import { clusters as settings } from "../../settings";

/** The settings of one cluster of `settings.ts`. */
export function settingsOf(clusterName: string): Cluster {
  const { clusters, problems } = checkSettings(settings);
  if (problems.length > 0) {
    throw new Error(`settings.ts has mistakes:\n  ${problems.join("\n  ")}`);
  }
  const found = clusters.find(({ name }) => name === clusterName);
  if (!found) {
    throw new Error(
      `settings.ts has no cluster '${clusterName}'; it has ${clusters.map(({ name }) => name).join(", ")}`,
    );
  }
  return found;
}
