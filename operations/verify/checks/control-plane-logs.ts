import { controlPlaneLogGroup } from "../../../platform/names";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import { counted } from "../wording";

export const controlPlaneLogs: Check = {
  id: "control-plane-logs",
  title: "logs of control plane",
  async run(snapshot) {
    const { settings } = snapshot;
    const { clusterLogging = [] } = (await snapshot.cluster()).logging ?? {};
    const written = clusterLogging.filter(({ enabled }) => enabled).flatMap(({ types = [] }) => types);
    const wanted = settings.controlPlane.logTypes;
    const missing = wanted.filter((type) => !written.includes(type));
    return missing.length === 0
      ? holds(foundText(wanted, controlPlaneLogGroup(settings.name)))
      : broken(
          `${counted(missing.length, "log is", "logs are")} switched off: ${missing.join(", ")}`,
          "somebody switched it off by hand: what is done in the cluster from then on is written nowhere",
          reviewInvocation(settings, "cluster"),
        );
  },
};

function foundText(wanted: readonly string[], logGroup: string): string {
  if (wanted.length === 0) {
    return "none is asked for";
  }
  const those = wanted.length === 1 ? `${wanted[0]} goes` : `all ${wanted.length} go`;
  return `${those} to ${logGroup}`;
}
