import { newestRelease } from "../releases/all";
import type { ComponentName, Release } from "../releases/release";
import { rolloutsOf } from "../releases/rollouts";
import { stepProblems, upgradePath } from "../releases/upgrade-path";

function releaseWith(name: string, versions: Partial<Record<ComponentName, string>>): Release {
  const parts = Object.entries(versions).map(([part, version]) => [
    part,
    { ...newestRelease[part as ComponentName], version },
  ]);
  return { ...newestRelease, name, ...Object.fromEntries(parts) };
}

const old = releaseWith("2026-01-01", { kubernetes: "1.35", cilium: "1.19.6", bottlerocket: "1.64.0" });
const newCilium = releaseWith("2026-02-01", { kubernetes: "1.35", bottlerocket: "1.64.0" });
const newKubernetes = releaseWith("2026-03-01", { bottlerocket: "1.66.0" });
const newest = releaseWith("2026-04-01", {});
const all = [old, newCilium, newKubernetes, newest];

test("what runs in the cluster is brought up before a control plane that it does not know", () => {
  expect(upgradePath(old, newest, all)).toEqual([newCilium, newest]);
  expect(stepProblems(old, newKubernetes)).toEqual([
    expect.stringMatching(/^has Cilium 1\.19\.6, which is tested on Kubernetes 1\.32 to 1\.35/),
  ]);
});

test("Karpenter's nodes have a system for the new control plane as soon as that is there", () => {
  const stale = releaseWith("2026-02-15", { kubernetes: "1.35", bottlerocket: "1.60.0" });

  expect(stepProblems(stale, newKubernetes)).toEqual([
    expect.stringContaining("has Bottlerocket 1.60.0, which has no Kubernetes 1.36"),
  ]);
});

test("no step skips a minor version of Kubernetes or of Cilium", () => {
  const far = releaseWith("2026-05-01", { kubernetes: "1.37", cilium: "1.22.0", karpenter: "1.15.2" });

  expect(stepProblems(newCilium, far)).toEqual([
    expect.stringContaining("Kubernetes goes from 1.35 to 1.37, and EKS"),
    expect.stringContaining("Cilium goes from 1.20 to 1.22, and upstream"),
    expect.stringContaining("Cilium 1.20.2"),
    expect.stringContaining("Flux 2.9.5"),
    expect.stringContaining("Karpenter 1.14.3"),
    expect.stringContaining("Bottlerocket 1.64.0"),
  ]);
  expect(upgradePath(newCilium, far, [...all, far])).toBeUndefined();
});

test("there is no way back, and none is needed to where a cluster is", () => {
  expect(upgradePath(newest, newKubernetes, all)).toBeUndefined();
  expect(upgradePath(newest, newest, all)).toEqual([]);
});

test("only what changes rolls, and nodes do for Kubernetes as for Bottlerocket", () => {
  expect(rolloutsOf(newKubernetes, newest)).toEqual(["node group", "Karpenter's nodes"]);
  expect(rolloutsOf(old, newCilium)).toEqual(["Cilium's agents"]);
  expect(rolloutsOf(newCilium, newKubernetes)).toEqual(["control plane", "Karpenter's nodes", "node group"]);
  expect(rolloutsOf(newest, newest)).toEqual([]);
});
