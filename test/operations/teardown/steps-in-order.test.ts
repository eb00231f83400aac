import { localStacks } from "../../../operations/teardown/stacks";
import { type StepsInOrderProps, stepsInOrder } from "../../../operations/teardown/steps-in-order";

const stacks = localStacks({ program: "terraform", folder: "plans", stream: () => {}, colour: false });
const ids = (props: Partial<StepsInOrderProps>): string[] =>
  stepsInOrder({
    cluster: "with node groups",
    api: true,
    volumes: false,
    disableDeletionProtection: false,
    network: "made",
    stacks,
    ...props,
  }).map(({ id }) => id);

/** Fails unless all of them are there, in this order. */
function expectOrder(found: readonly string[], ...wanted: readonly string[]): void {
  expect(found.filter((id) => wanted.includes(id))).toEqual(wanted);
}

test("Flux is suspended before anything is deleted that it would put back", () => {
  expect(ids({})[0]).toBe("suspend-flux");
});

test("what controllers delete goes before the controllers, and these before their nodes", () => {
  expectOrder(ids({}), "load-balancer-objects", "load-balancers", "uninstall-flux", "destroy-bootstrap");
  expectOrder(ids({}), "node-pools", "instances", "node-classes", "uninstall-flux", "destroy-bootstrap");
});

test("what holds a stack's resources goes before the stack", () => {
  expectOrder(ids({}), "destroy-bootstrap", "interfaces", "destroy-cluster");
  expectOrder(ids({}), "destroy-cluster", "security-groups", "network", "destroy-network", "log-group");
});

test("what a stack made and no state knows goes after the stack, and before the VPC that it would hold", () => {
  expectOrder(
    ids({}),
    "destroy-bootstrap",
    "cilium-release",
    "leftovers-bootstrap",
    "destroy-cluster",
    "leftovers-cluster",
  );
  expectOrder(ids({}), "network", "leftovers-network", "destroy-network");
  expect(ids({ api: false })).not.toContain("cilium-release");
});

test("without an API, what its controllers would make again goes after their nodes", () => {
  const found = ids({ api: false });

  expectOrder(found, "destroy-bootstrap", "load-balancers", "instances", "destroy-cluster");
  expect(found).not.toContain("suspend-flux");
});

const sweeping = [
  "interfaces",
  "launch-templates",
  "leftovers-bootstrap",
  "leftovers-cluster",
  "security-groups",
  "leftovers-network",
  "log-group",
];

test.each<[string, StepsInOrderProps["cluster"], readonly string[]]>([
  ["while there are nodes, nothing is swept that they may still need", "with node groups", []],
  [
    "when they are gone, their interfaces and templates are",
    "without node groups",
    ["interfaces", "launch-templates", "leftovers-bootstrap"],
  ],
  ["at last all is swept", "gone", sweeping],
])("for those who destroy elsewhere: %s", (_, cluster, swept) => {
  const found = ids({ cluster, stacks: undefined });

  expect(found.filter((id) => id.startsWith("destroy"))).toEqual([]);
  expectOrder(found, ...swept);
  expect(found.filter((id) => sweeping.includes(id))).toEqual(swept);
});

test("in a network that is there, nothing is deleted that a stack could have made: its owner's names may be the same", () => {
  for (const props of [{}, { stacks: undefined, cluster: "gone" } as const]) {
    const found = ids({ ...props, network: "existing" });

    expect(found).not.toContain("leftovers-network");
    expectOrder(found, "security-groups", "network", "log-group");
  }
});

test("no step is taken twice", () => {
  for (const props of [{}, { api: false }, { stacks: undefined, cluster: "gone" } as const]) {
    const found = ids(props);

    expect(new Set(found).size).toBe(found.length);
  }
});

test("deletion protection is switched off for those alone who ask for it, and first", () => {
  expect(ids({})).not.toContain("deletion-protection");
  expect(ids({ disableDeletionProtection: true })[0]).toBe("deletion-protection");
});

test("volumes are deleted for those alone who ask for it, before the nodes on which pods use them", () => {
  expect(ids({})).not.toContain("volumes");
  expectOrder(ids({ volumes: true }), "load-balancer-objects", "volumes", "node-pools");
});

test("a cluster that EKS is still making is waited for before anything is asked of it", () => {
  expect(ids({ cluster: "creating", api: false, disableDeletionProtection: true }).slice(0, 2)).toEqual([
    "creation",
    "deletion-protection",
  ]);
  expect(ids({ cluster: "without node groups", api: false })).not.toContain("creation");
});
