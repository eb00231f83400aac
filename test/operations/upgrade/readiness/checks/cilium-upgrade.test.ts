import type { V1DaemonSet } from "@kubernetes/client-node";

import { ciliumUpgrade } from "../../../../../operations/upgrade/readiness/checks/cilium-upgrade";
import { ciliumNodeOf } from "../../../../../operations/verify/answers/cilium-node";
import { runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { releases } from "../../../../../releases/all";
import { cluster } from "../../../../support/settings";

jest.mock("../../../../../releases/all", () => {
  const all = jest.requireActual("../../../../../releases/all");
  const withCilium = (name: string, version: string) => ({ ...all.newestRelease, name, cilium: { version } });
  const listed = [withCilium("2025-01-01", "1.20.1"), withCilium(all.newestRelease.name, "1.20.2")];
  return { ...all, releases: listed, releaseNamed: (name: string) => listed.find((one) => one.name === name) };
});

const [older, newer = older] = releases;

/**
 * @param release - of the settings
 * @param running - version of the agent
 * @param version - Cilium's of the release that is ahead
 */
async function found(release: string, running: string | undefined, version: string, others: Partial<Snapshot> = {}) {
  const agent: V1DaemonSet = {
    metadata: { name: "cilium" },
    spec: {
      selector: {},
      template: { spec: { containers: [{ name: "agent", image: `example/cilium:v${running}@sha256:0` }] } },
    },
  };
  const snapshot: Partial<Snapshot> = {
    settings: { ...cluster({}), release },
    cluster: async () => ({ version: "1.36" }),
    daemonSets: async () => (running === undefined ? [] : [agent]),
    configMap: async () => undefined,
    ciliumNodes: async () => [],
    nodes: async () => [],
    ...others,
  };
  const next = { ...newer, cilium: { ...newer.cilium, version } };
  return (await runChecks([ciliumUpgrade(next)], snapshot as Snapshot))[0];
}

test("it stays, or takes a patch", async () => {
  expect(await found(newer.name, "1.20.2", "1.20.2")).toMatchObject({ state: "holds", found: "stays at 1.20.2" });
  expect(await found(older.name, "1.20.1", "1.20.2")).toMatchObject({ state: "holds" });
});

test("an apply that was made in part may run the target's version already, and no third one", async () => {
  expect(await found(older.name, "1.20.2", "1.20.2")).toMatchObject({ state: "holds" });
  expect(await found(newer.name, "1.20.0", "1.20.2")).toMatchObject({ state: "broken" });
  expect(await found(newer.name, undefined, "1.20.2")).toMatchObject({ state: "broken" });
});

test("another minor version is the next one alone, from the latest patch, and changes defaults", async () => {
  expect(await found(older.name, "1.20.1", "1.21.0")).toMatchObject({
    state: "broken",
    found: expect.stringContaining("is not 1.20.2, the latest patch"),
  });
  expect(await found(newer.name, "1.20.2", "1.21.0")).toMatchObject({ state: "warning" });
  expect(await found(newer.name, "1.20.2", "1.22.0")).toMatchObject({ state: "broken" });
});

test("no agent is upgraded on a node whose pods would lose their network when it starts again", async () => {
  const eni = { enis: { first: { prefixes: ["10.200.36.0/28"] } } };
  const old: Partial<Snapshot> = {
    configMap: async () => ({ data: { "eni-first-interface-index": "1" } }),
    ciliumNodes: async () => [ciliumNodeOf({ metadata: { name: "old" }, spec: {}, status: { eni } })],
  };

  expect(await found(older.name, "1.20.1", "1.20.2", old)).toMatchObject({
    state: "broken",
    cause: expect.stringContaining("restarts on old cuts off pods"),
  });
  expect(await found(newer.name, "1.20.2", "1.20.2", old)).toMatchObject({ state: "holds" });
});
