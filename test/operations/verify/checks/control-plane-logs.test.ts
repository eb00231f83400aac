import { runChecks } from "../../../../operations/verify/check";
import { controlPlaneLogs } from "../../../../operations/verify/checks/control-plane-logs";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import type { ClusterSettings } from "../../../../schema/settings";
import { cluster } from "../../../support/settings";

type LogType = NonNullable<NonNullable<ClusterSettings["controlPlane"]>["logTypes"]>[number];

/** @param wanted - by the settings; all without it */
async function looked(written: LogType[], wanted?: LogType[]) {
  const snapshot: Partial<Snapshot> = {
    settings: cluster(wanted ? { controlPlane: { logTypes: wanted } } : {}),
    cluster: async () => ({ logging: { clusterLogging: [{ enabled: true, types: written }] } }),
  };
  return (await runChecks([controlPlaneLogs], snapshot as Snapshot))[0];
}

const group = "/aws/eks/demo-k8s-cilium/cluster";

test.each<[string, LogType[], LogType[] | undefined, string]>([
  ["all", ["api", "audit", "authenticator", "controllerManager", "scheduler"], undefined, `all 5 go to ${group}`],
  ["those of the settings", ["api", "audit"], ["audit", "api"], `all 2 go to ${group}`],
  ["more than the settings name", ["api", "audit"], ["audit"], `audit goes to ${group}`],
  ["none", [], [], "none is asked for"],
])("a control plane that writes %s holds", async (_, written, wanted, found) => {
  expect(await looked(written, wanted)).toMatchObject({ state: "holds", found });
});

test("logs that the settings name and the control plane does not write are broken", async () => {
  expect(await looked(["api"], ["api", "audit"])).toMatchObject({
    state: "broken",
    found: "1 log is switched off: audit",
    next: "npm run review -- demo-k8s-cilium --stack cluster",
  });
});
