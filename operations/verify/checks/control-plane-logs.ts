import { controlPlaneLogGroup } from "../../../platform/names";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import { counted } from "../wording";

/** The logs that a control plane has, as EKS names them. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export const controlPlaneLogs: Check = {
  id: "control-plane-logs",
  title: "logs of control plane",
  async run(snapshot) {
    const { settings } = snapshot;
    const { clusterLogging = [] } = (await snapshot.cluster()).logging ?? {};
    const written = clusterLogging.filter(({ enabled }) => enabled).flatMap(({ types = [] }) => types);
    const missing = logTypes.filter((type) => !written.includes(type));
    return missing.length === 0
      ? holds(`all ${logTypes.length} go to ${controlPlaneLogGroup(settings.name)}`)
      : broken(
          `${counted(missing.length, "log is", "logs are")} switched off: ${missing.join(", ")}`,
          "somebody switched it off by hand: what is done in the cluster from then on is written nowhere",
          reviewInvocation(settings, "cluster"),
        );
  },
};
