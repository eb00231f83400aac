import type { Step } from "../step";

/** An apply that was interrupted does not end what EKS has begun, and EKS deletes no cluster that it is still making. */
export const awaitCluster: Step = {
  id: "creation",
  title: "Wait until EKS has made the cluster",
  verb: "wait for",
  timeout: 30,
  find: async ({ connection: { describe, settings } }) => {
    const status = (await describe())?.status;
    return status === "CREATING" ? [{ name: `cluster ${settings.name}`, held: status, act: undefined }] : [];
  },
};
