import { positionOf } from "../../../../operations/upgrade/readiness/position";
import type { RunningPart } from "../../../../operations/upgrade/readiness/running-parts";
import { releases } from "../../../../releases/all";
import type { Release } from "../../../../releases/release";

const named = (name: string): Release => releases.find((one) => one.name === name) ?? fail(name);
const [first, second, third] = ["2026-08-31", "2026-10-05", "2026-11-25"].map(named) as [Release, Release, Release];

function fail(name: string): never {
  throw new Error(name);
}

/** What runs, each part of one or more releases, or of none. */
interface Running {
  readonly kubernetes: Release;
  readonly cilium: readonly Release[];
  readonly coreDns: readonly Release[];
  readonly karpenter: readonly Release[];
  readonly nodes: readonly Release[];
}

function parts({ kubernetes, cilium, coreDns, karpenter, nodes }: Running): RunningPart[] {
  const part = (
    title: string,
    stage: RunningPart["stage"],
    runs: readonly Release[],
    versionIn: RunningPart["versionIn"],
  ): RunningPart => ({
    title,
    stage,
    versions: [...new Set(runs.map(versionIn))],
    isOptional: title === "nodes",
    versionIn,
  });
  return [
    part("control plane", "cluster", [kubernetes], (release) => release.kubernetes.version),
    part("Cilium", "bootstrap", cilium, (release) => release.cilium.version),
    part("CoreDNS", "bootstrap", coreDns, (release) => release.coreDns.version),
    part("Karpenter", "Flux", karpenter, (release) => release.karpenter.version),
    part("nodes", "Flux", nodes, (release) => release.bottlerocket.version),
  ];
}

const all = (release: Release): Running => ({
  kubernetes: release,
  cilium: [release],
  coreDns: [release],
  karpenter: [release],
  nodes: [release],
});

test.each(releases)("all of $name is at it", (release) => {
  expect(positionOf(parts(all(release)), releases, second.name)).toEqual({ kind: "at", release });
});

test("a cluster that has no node of Karpenter's is at a release all the same; without CoreDNS it is at none", () => {
  expect(positionOf(parts({ ...all(third), nodes: [] }), releases, third.name)).toMatchObject({ kind: "at" });
  expect(positionOf(parts({ ...all(third), coreDns: [] }), releases, third.name)).toEqual({ kind: "none" });
});

test("a control plane that went ahead is between two releases, with the bootstrap stack ahead", () => {
  expect(positionOf(parts({ ...all(first), kubernetes: second }), releases, second.name)).toEqual({
    kind: "between",
    from: first,
    to: second,
    stages: [
      { stage: "cluster", state: "done", left: [] },
      { stage: "bootstrap", state: "ahead", left: ["Cilium", "CoreDNS"] },
      { stage: "Flux", state: "ahead", left: ["nodes"] },
    ],
  });
});

test("an apply that was killed has begun a stage, and a rollout that goes on is of both releases", () => {
  const running = { ...all(first), kubernetes: second, cilium: [second], nodes: [first, second] };

  expect(positionOf(parts(running), releases, second.name)).toMatchObject({
    stages: [{ state: "done" }, { state: "begun", left: ["CoreDNS"] }, { state: "begun", left: ["nodes"] }],
  });
});

test("of two pairs that may be, it is the one with the settings' release", () => {
  // All that the second and the third have in common, with Karpenter's nodes of the first still there.
  const running = { ...all(second), nodes: [first], coreDns: [first], cilium: [second] };

  expect(positionOf(parts(running), releases, second.name)).toMatchObject({ from: first, to: second });
  expect(positionOf(parts({ ...running, karpenter: [first] }), releases, third.name)).toMatchObject({ from: first });
});

test("versions of three releases at once, or of none, are at none", () => {
  const running = { ...all(first), coreDns: [second], nodes: [third] };

  expect(positionOf(parts(running), releases, third.name)).toEqual({ kind: "none" });
  expect(
    positionOf(parts(all({ ...first, cilium: { ...first.cilium, version: "1.18.0" } })), releases, first.name),
  ).toEqual({ kind: "none" });
});
