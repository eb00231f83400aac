import { objectsOfRemovedApis, storedVersions } from "../../../../../operations/upgrade/readiness/checks/removed-apis";
import { runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { newestRelease } from "../../../../../releases/all";
import { cluster } from "../../../../support/settings";

const of = (version: string) => ({
  ...newestRelease,
  name: version,
  kubernetes: { ...newestRelease.kubernetes, version },
});

async function found(version: string, answers: Partial<Snapshot>, check = objectsOfRemovedApis) {
  const snapshot: Partial<Snapshot> = { settings: cluster(), cluster: async () => ({ version: "1.36" }), ...answers };
  const [result] = await runChecks([check(of(version))], snapshot as Snapshot);
  return result;
}

const oldCidr: Partial<Snapshot> = {
  managedBy: async (resource, apiVersion) =>
    resource === "servicecidrs.v1.networking.k8s.io" && apiVersion === "networking.k8s.io/v1beta1"
      ? [{ name: "kubernetes", managers: ["kubectl", "kubectl"] }]
      : [],
};

test("an object is listed in a version that stays, and who made it in one that goes is named once", async () => {
  expect(await found("1.37", oldCidr)).toMatchObject({
    state: "broken",
    found: "servicecidrs kubernetes: set by kubectl as networking.k8s.io/v1beta1, which Kubernetes 1.37 does not have",
  });
});

test("a target that still has the version holds; of one beyond what is known here, it could not ask", async () => {
  expect(await found("1.36", oldCidr)).toMatchObject({ state: "holds" });
  expect(await found("1.38", oldCidr)).toMatchObject({
    state: "could not ask",
    found: "what Kubernetes 1.38 takes out is not known here",
  });
});

const stored = (name: string, ...versions: string[]): Partial<Snapshot> => ({
  customDefinitions: async () => [{ name, storedVersions: versions }],
});

test("a definition is found by its group and what is stored of it", async () => {
  const flux = "kustomizations.kustomize.toolkit.fluxcd.io";

  expect(await found("1.36", stored(flux, "v1beta2", "v1"), storedVersions)).toMatchObject({
    state: "broken",
    next: "flux migrate",
  });
  expect(await found("1.36", stored(flux, "v1"), storedVersions)).toMatchObject({ state: "holds" });
  expect(await found("1.36", stored("things.mykustomize.toolkit.fluxcd.io", "v1beta2"), storedVersions)).toMatchObject({
    state: "holds",
  });
});
