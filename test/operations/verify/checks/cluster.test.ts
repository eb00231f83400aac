import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { runChecks } from "../../../../operations/verify/check";
import { controlPlane, endpointAccess, kubernetesVersion } from "../../../../operations/verify/checks/cluster";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster as settings } from "../../../support/settings";

/** What the stand-in for EKS never is. */
const states: Readonly<Record<string, readonly [DescribedCluster, string]>> = {
  "a cluster that EKS is still making": [{ status: "CREATING" }, "control plane: CREATING"],
  "a cluster that could not be made": [
    { status: "FAILED", health: { issues: [{ code: "AccessDenied", message: "the role may not" }] } },
    "control plane: FAILED; AccessDenied: the role may not",
  ],
  "an active cluster with an issue": [
    { status: "ACTIVE", health: { issues: [{ code: "Ec2SubnetNotFound", message: "gone" }] } },
    "control plane: ACTIVE; Ec2SubnetNotFound: gone",
  ],
  "a cluster that somebody upgraded": [
    { version: "1.37" },
    "Kubernetes version: 1.37, and release 2026-11-25 has 1.36",
  ],
  "an endpoint that is open to the world, and closed to nodes": [
    { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] } },
    "API endpoint: closed within the VPC, open to 0.0.0.0/0, unlike apiAccess",
  ],
};

const sound: DescribedCluster = {
  status: "ACTIVE",
  version: "1.36",
  resourcesVpcConfig: {
    endpointPrivateAccess: true,
    endpointPublicAccess: true,
    publicAccessCidrs: ["203.0.113.0/24"],
  },
};

test.each(Object.keys(states))("%s is seen, and nothing else is said", async (name) => {
  const [found = {}, line] = states[name] ?? [];
  const snapshot: Partial<Snapshot> = {
    settings: settings(),
    cluster: async () => ({ ...sound, ...found }),
    clusterUpdates: async () => [],
  };
  const results = await runChecks([controlPlane, kubernetesVersion, endpointAccess], snapshot as Snapshot);

  const broken = results.filter(({ state }) => state !== "holds");
  expect(broken.map((result) => `${result.title}: ${result.found}`)).toEqual([line]);
  expect(broken.every(({ state, cause, next }) => state === "broken" && cause && next)).toBe(true);
});

test("the next command is one that works in a fresh clone", async () => {
  const snapshot: Partial<Snapshot> = { settings: settings(), cluster: async () => ({ ...sound, version: "1.37" }) };
  const [result] = await runChecks([kubernetesVersion], snapshot as Snapshot);

  expect(result?.next).toBe(`npm run review -- ${settings().name} --stack cluster`);
});
