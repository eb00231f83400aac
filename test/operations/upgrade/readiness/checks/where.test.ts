import { whereItIs } from "../../../../../operations/upgrade/readiness/checks/where";
import { runChecks } from "../../../../../operations/verify/check";
import { releaseNamed } from "../../../../../releases/all";
import { versionsOf } from "../../../../../releases/release";
import { type Changes, runningCluster } from "../running-cluster";

const second = releaseNamed("2026-10-05");

/**
 * What is said of a cluster of the first release.
 * @param release - of the settings
 */
async function found(release: string, changes: Changes = {}) {
  return (await runChecks([whereItIs(second)], runningCluster(release, changes)))[0];
}

const atSecond = { ...versionsOf(second), kubelets: "1.36", nodes: "Bottlerocket OS 1.66.0 (aws-k8s-1.36)" };

test("a cluster at its settings' release is told what is ahead", async () => {
  expect(await found("2026-08-31")).toMatchObject({ state: "holds", found: "at 2026-08-31; 2026-10-05 is ahead" });
});

test("one whose settings were changed, and nothing applied, is sent to the cluster stack", async () => {
  expect(await found("2026-10-05")).toMatchObject({
    state: "broken",
    found: "at 2026-08-31, and settings.ts says 2026-10-05",
    next: "npm run review -- demo-k8s-cilium --stack cluster",
  });
});

test("one whose next release has the same Kubernetes is sent to the bootstrap stack", async () => {
  expect(await found("2026-11-25", atSecond)).toMatchObject({
    state: "broken",
    found: "at 2026-10-05, and settings.ts says 2026-11-25",
    next: "npm run review -- demo-k8s-cilium --stack bootstrap",
  });
});

test("once the control plane is upgraded, the bootstrap stack is next", async () => {
  expect(await found("2026-10-05", { kubernetes: "1.36" })).toMatchObject({
    state: "broken",
    found: "between 2026-08-31 and 2026-10-05: cluster stack applied, bootstrap stack is next",
    next: "npm run review -- demo-k8s-cilium --stack bootstrap",
  });
});

test.each([
  [
    "a control plane",
    { kubernetes: "1.36" },
    "between 2026-08-31 and 2026-10-05: cluster stack applied, bootstrap stack is next",
  ],
  ["a cluster", atSecond, "at 2026-10-05, and settings.ts says 2026-08-31"],
])(
  "of %s that is ahead of its settings it is for people to say whether it goes on or back",
  async (_, changes, words) => {
    expect(await found("2026-08-31", changes)).toMatchObject({
      state: "broken",
      found: words,
      next: expect.stringMatching(/^to go on, write release: "2026-10-05" .*; to go back, .*docs\/upgrades\.md#back$/),
    });
  },
);

test("a bootstrap stack that was killed has begun, and what is left is named", async () => {
  expect(await found("2026-10-05", { kubernetes: "1.36", cilium: second.cilium.version })).toMatchObject({
    found:
      "between 2026-08-31 and 2026-10-05: cluster stack applied, bootstrap stack begun (left: node group and CoreDNS)",
    next: "npm run review -- demo-k8s-cilium --stack bootstrap",
  });
});

test("what Flux and Karpenter roll by themselves is waited for", async () => {
  const rolled = { ...versionsOf(second), kubelets: "1.36" };
  const left = (titles: string) => ({
    found: `between 2026-08-31 and 2026-10-05: cluster stack applied, bootstrap stack applied, Flux's commit ${titles}`,
    next: "npm run verify -- demo-k8s-cilium --wait 15m",
  });

  expect(await found("2026-10-05", rolled)).toMatchObject(left("begun (left: Karpenter's nodes)"));
  expect(await found("2026-10-05", { ...rolled, flux: "2.9.4" })).toMatchObject(left("is next"));
  expect(await found("2026-10-05", { ...rolled, nodes: "Bottlerocket OS 1.66.0 (aws-k8s-1.36)" })).toMatchObject({
    state: "holds",
  });
});

test("versions of no release are listed", async () => {
  expect(await found("2026-08-31", { coreDns: "v9" })).toMatchObject({
    state: "broken",
    found: expect.stringMatching(
      /^at none: control plane 1\.35, Cilium 1\.20\.1, .*CoreDNS v9, Flux 2\.9\.4, Karpenter 1\.14\.1/,
    ),
  });
});
