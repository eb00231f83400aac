import { runChecks } from "../../../../operations/verify/check";
import { checks, checksOf } from "../../../../operations/verify/checks/all";
import { githubTokenOfRuns } from "../../../../operations/verify/checks/github-token-of-runs";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";
import { inCloud } from "../../../support/workspaces";

async function looked(variables: readonly string[] | undefined) {
  const snapshot: Partial<Snapshot> = { settings: cluster(inCloud()), runVariables: async () => variables };
  return (await runChecks([githubTokenOfRuns], snapshot as Snapshot))[0];
}

test("it is looked at where runs are in HCP Terraform, and nowhere else", () => {
  expect(checksOf(cluster())).toBe(checks);
  expect(checksOf(cluster(inCloud()))).toEqual([...checks, githubTokenOfRuns]);
});

test("runs that have it hold, and runs without it are broken, with what to do", async () => {
  expect(await looked(["TFC_AWS_PROVIDER_AUTH", "GITHUB_TOKEN"])).toMatchObject({
    state: "holds",
    found: "demo-k8s-cilium-bootstrap has GITHUB_TOKEN",
  });
  expect(await looked(["TFC_AWS_PROVIDER_AUTH"])).toMatchObject({
    state: "broken",
    next: "add GITHUB_TOKEN to the variables of demo-k8s-cilium-bootstrap, as a sensitive environment variable",
  });
});

test("whoever is not logged in there has not asked", async () => {
  expect(await looked(undefined)).toMatchObject({ state: "not asked", next: "terraform login" });
});
