import { type Cluster as DescribedCluster, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";

import type { Step } from "../step";

/**
 * Returns whether EKS would refuse to delete a cluster. One that fails or is being deleted goes whatever its protection says, which
 * cannot be changed then (EKS, "Deletion protection").
 */
export function isProtected({ deletionProtection, status = "ACTIVE" }: DescribedCluster): boolean {
  return deletionProtection === true && !["DELETING", "FAILED"].includes(status);
}

/** This step is only for those who ask for it: whoever wrote `settings.ts` wants the cluster kept. */
export const switchOffProtection: Step = {
  id: "deletion-protection",
  title: "Switch deletion protection off",
  verb: "switch off",
  timeoutMinutes: 10,
  find: async ({ connection: { aws, settings, describe } }) => {
    const cluster = await describe();
    const { name } = settings;
    if (!cluster || !isProtected(cluster)) {
      return [];
    }
    const clear = async () => {
      await aws.eks.send(new UpdateClusterConfigCommand({ name, deletionProtection: false }));
    };
    const isUpdating = cluster.status !== "ACTIVE";
    return [{ name: `deletion protection of ${name}`, heldBy: cluster.status, clear: isUpdating ? undefined : clear }];
  },
};
