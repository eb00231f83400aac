import type { V1Node } from "@kubernetes/client-node";
import { ciliumNodeOf } from "../../../../operations/verify/answers/cilium-node";
import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { eniIpam, podAddressesLeft } from "../../../../operations/verify/checks/cilium";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { minutesAgo } from "../../../../rehearsal/world/objects/status";
import type { Cluster } from "../../../../schema/settings";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../../support/settings";

interface Eni {
  readonly addresses?: string[];
  readonly prefixes?: string[];
}

/** Sixteen, as the operator writes those of a prefix. */
const sixteen = Array.from({ length: 16 }, (_, index) => `10.200.36.${index}`);

/** @param needed - what the agent asks for: what pods have, and eight more */
function ciliumNode(enis: Readonly<Record<string, Eni>>, needed = 14, minutes = 60): object {
  return {
    metadata: { name: "node-a", creationTimestamp: minutesAgo(minutes) },
    spec: { ipam: { pools: { requested: [{ needed: { "ipv4-addrs": needed } }] } } },
    status: { eni: { enis } },
  };
}

async function found(
  object: object,
  settings: Cluster = cluster(),
  more: Partial<Snapshot> = {},
): Promise<CheckResult[]> {
  const node: V1Node = { metadata: { name: "node-a", creationTimestamp: new Date(minutesAgo(60)) } };
  const snapshot: Partial<Snapshot> = {
    settings,
    nodes: async () => [node],
    ciliumNodes: async () => [ciliumNodeOf(object)],
    configMap: async () => ({ data: { ipam: "eni", "aws-enable-prefix-delegation": "true" } }),
    ...more,
  };
  return runChecks([eniIpam, podAddressesLeft], snapshot as Snapshot);
}

test("an address of a prefix is counted once, and one outside of all of them too", () => {
  const count = (eni: Eni) => ciliumNodeOf(ciliumNode({ eni })).addresses;

  expect(count({ prefixes: ["10.200.36.0/28"], addresses: sixteen })).toBe(16);
  expect(count({ prefixes: ["10.200.36.0/28"], addresses: [...sixteen, "10.200.36.16"] })).toBe(17);
  expect(count({ addresses: sixteen })).toBe(16);
});

test("a node whose prefix is used up has no address left", async () => {
  const [prefixes, addresses] = await found(
    ciliumNode({ eni: { prefixes: ["10.200.36.0/28"], addresses: sixteen } }, 24),
  );

  expect(prefixes?.state).toBe("holds");
  expect(addresses).toMatchObject({ state: "broken", found: "none left on node-a" });
});

test.each([
  [23, "warning", "only 1 left on node-a"],
  [21, "warning", "only 3 left on node-a"],
  [20, "holds", "4 or more left on the one node"],
])("a node that needs %s of its 16 addresses, 8 of them to spare: %s", async (needed, state, text) => {
  const [, addresses] = await found(ciliumNode({ eni: { prefixes: ["10.200.36.0/28"], addresses: sixteen } }, needed));

  expect(addresses).toMatchObject({ state, found: text });
});

test("single addresses without a prefix tell of a subnet without a free /28", async () => {
  const [prefixes] = await found(ciliumNode({ eni: { addresses: sixteen } }));

  expect(prefixes).toMatchObject({
    state: "broken",
    found: "node-a has no prefix, but single addresses",
    cause: "the subnet had no free /28, so the operator took single addresses",
    next: expect.stringContaining("grep 'out of prefixes'"),
  });
});

test("a node without an interface of Cilium's is its operator's business", async () => {
  const [prefixes] = await found(ciliumNode({}));

  expect(prefixes).toMatchObject({
    found: "node-a has no prefix",
    cause: "Cilium's operator does not run, or AWS refuses it",
  });
});

test("a node that is a minute old waits for its addresses", async () => {
  for (const result of await found(ciliumNode({}, 8, 1))) {
    expect(result).toMatchObject({ state: "broken", cause: expect.stringMatching(/^under way/) });
  }
});

test("a node whose pods have addresses outside of their block was there before it", async () => {
  const settings = cluster({ podCidr: "100.64.0.0/16" });
  const [inside] = await found(ciliumNode({ eni: { prefixes: ["100.64.36.0/28"] } }), settings);
  const [outside] = await found(
    ciliumNode({ old: { prefixes: ["10.200.36.0/28"] }, eni: { prefixes: ["100.64.36.0/28"] } }),
    settings,
  );

  expect(inside).toMatchObject({ state: "holds", found: "1 prefix on 1 node" });
  expect(outside).toMatchObject({
    state: "warning",
    found: "pods of node-a have addresses outside of podCidr",
    next: `npm run review -- ${settings.name} --stack bootstrap`,
  });
});

test("the same is said of subnets for pods in a network that is there, whichever of them a node has addresses of", async () => {
  const settings = clusterInNetwork({ network: { ...sharedNetwork, podSubnets } });
  const ofPods = { podSubnets: async () => [{ CidrBlock: "100.64.0.0/20" }, { CidrBlock: "100.64.16.0/20" }] };
  const [inside] = await found(ciliumNode({ eni: { prefixes: ["100.64.20.0/28"] } }), settings, ofPods);
  const [outside] = await found(ciliumNode({ eni: { prefixes: ["10.96.20.0/28"] } }), settings, ofPods);

  expect(inside).toMatchObject({ state: "holds" });
  expect(outside).toMatchObject({
    state: "warning",
    found: "pods of node-a have addresses outside of network.podSubnets",
  });
});
