import type { Step } from "../step";

/** EKS deletes no cluster that it is still making, and it goes on making one when the apply is interrupted. */
export const awaitCreation: Step = {
  id: "creation",
  title: "Wait until EKS has made the cluster",
  verb: "wait for",
  timeoutMinutes: 30,
  find: async ({ connection: { describe, settings } }) => {
    const status = (await describe())?.status;
    return status === "CREATING" ? [{ name: `cluster ${settings.name}`, heldBy: status, clear: undefined }] : [];
  },
};
