import { joined, judgedPlan } from "../../../../../operations/upgrade/readiness/checks/plans";
import { change, plan } from "../../../../support/plan";

const judged = (...changes: ReturnType<typeof change>[]) =>
  judgedPlan(plan({ resource_changes: changes }), "network", "npm run review");
const same = change("aws_vpc.network", "no-op", {}, {});

test("a plan is empty if it changes nothing, whatever it reads", () => {
  expect(judged(same, change("data.aws_region.here", "read", null, {}))).toMatchObject({ state: "holds" });
});

test.each(["update", "delete,create", "delete", "create", "forget"])("a plan with an action %s is not", (actions) => {
  expect(judged(same, change("aws_eip.nat", actions, {}, {}))).toMatchObject({
    state: "broken",
    found: "network would change aws_eip.nat",
  });
});

test("nor is one that moves or imports something, or changes an output", () => {
  expect(judged(same, change("aws_eip.new", "no-op", {}, {}, { previous_address: "aws_eip.old" }))).toMatchObject({
    state: "broken",
  });
  expect(judged(same, change("aws_eip.new", "no-op", {}, {}, { importing: { id: "eip" } }))).toMatchObject({
    state: "broken",
  });
  const outputs = { vpc_id: { actions: ["update"], before: "a", after: "b" } };
  expect(judgedPlan(plan({ resource_changes: [same], output_changes: outputs }), "network", "")).toMatchObject({
    state: "broken",
    found: "network would change output vpc_id",
  });
});

test("one that would make everything has no state here, and is nobody's mistake", () => {
  expect(
    judged(change("aws_vpc.network", "create", null, {}), change("aws_eip.nat", "create", null, {})),
  ).toMatchObject({
    state: "not asked",
  });
});

test("all stacks that would change are named, and the first is next", () => {
  const outcome = (found: string) => ({ state: "broken" as const, found, cause: found, next: `review ${found}` });
  const unasked = { state: "not asked" as const, found: "network", next: "where the state is" };

  expect(joined([unasked, outcome("cluster"), outcome("bootstrap")])).toMatchObject({
    state: "broken",
    found: "cluster; bootstrap",
    next: "review cluster",
  });
  expect(joined([{ state: "holds", found: "network" }, unasked])).toEqual(unasked);
});
