import { type Cluster, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";

import type { Step } from "../step";

/** In other states EKS deletes a cluster whatever its protection says, and does not let it be changed (EKS, "Deletion protection"). */
export function isProtected({ deletionProtection, status = "ACTIVE" }: Cluster): boolean {
  return deletionProtection === true && !["DELETING", "FAILED"].includes(status);
}

/** Only for those who ask for it: `settings.ts` says that nobody shall delete the cluster. */
export const disableProtection: Step = {
  id: "deletion-protection",
  title: "Switch deletion protection off",
  verb: "switch off",
  timeout: 10,
  find: async ({ connection: { aws, settings, describe } }) => {
    const cluster = await describe();
    const { name } = settings;
    if (!cluster || !isProtected(cluster)) {
      return [];
    }
    const act = async () => {
      await aws.eks.send(new UpdateClusterConfigCommand({ name, deletionProtection: false }));
    };
    const busy = cluster.status !== "ACTIVE";
    return [{ name: `deletion protection of ${name}`, held: cluster.status, act: busy ? undefined : act }];
  },
};
