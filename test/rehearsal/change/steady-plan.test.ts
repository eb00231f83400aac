import { steadyPlan } from "../../../rehearsal/change/steady-plan";

const standIns = new Map([
  ["0fedcba9876543210", "00000000000000001"],
  ["0a1b2c3d4e5f60718", "00000000000000002"],
]);
const [first, second] = ["subnet-00000000000000001", "subnet-00000000000000002"];
const subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0fedcba9876543210"];

function planned(change: object): { before: unknown; after: unknown } {
  const none = { before_sensitive: false, after_sensitive: false, after_unknown: {} };
  const plan = { resource_drift: [{}], resource_changes: [{ address: "a.b", change: { ...none, ...change } }] };
  const { resource_changes, resource_drift } = JSON.parse(steadyPlan(JSON.stringify(plan), standIns));
  expect(resource_drift).toEqual([]);
  return resource_changes[0].change;
}

test("sets of ids stand in the order of their stand-ins, within other values too", () => {
  const { before, after } = planned({
    before: { config: [{ ids: subnets }], text: JSON.stringify(subnets[0]) },
    after: { routes: [{ target: subnets[0] }, { target: subnets[1] }] },
  });

  expect(before).toEqual({ config: [{ ids: [first, second] }], text: JSON.stringify(second) });
  expect(after).toEqual({ routes: [{ target: first }, { target: second }] });
});

test("lists of other values keep their order, and so do those with masks, which go by places", () => {
  const { before, after } = planned({
    before: { zones: ["b", "a"] },
    after: { ids: [...subnets, null] },
    after_unknown: { ids: [false, false, true] },
  });

  expect(before).toEqual({ zones: ["b", "a"] });
  expect(after).toEqual({ ids: [second, first, null] });
});
