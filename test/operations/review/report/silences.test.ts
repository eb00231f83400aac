import { isSilenced, type Silence, withSilences } from "../../../../operations/review/report/silences";
import { review } from "../../../../operations/review/review";
import { readPlan } from "../../../../operations/terraform/plan/read";
import { change, planText } from "../../../support/plan";
import { finding } from "../../../support/report-parts";

const today = "2026-11-23";
const lost = finding("network", "aws_vpc.main", "delete", "the VPC is destroyed", { rule: "vpc-gone" });
const silence: Silence = {
  ...{ rule: "vpc-gone", stack: "network", address: "aws_vpc.main" },
  ...{ reason: "moved to another account", until: "2026-12-31" },
};

function silenced(...silences: Silence[]) {
  return withSilences([lost], silences, today)[0] ?? lost;
}

test("a finding is silenced by what names its rule, its stack and its address, and has the reason", () => {
  expect(silenced(silence).silence).toEqual({ reason: silence.reason, until: silence.until, expired: false });
  expect(isSilenced(silenced(silence))).toBe(true);
});

test.each<[string, Partial<Silence>]>([
  ["another rule", { rule: "subnet-gone" }],
  ["another stack", { stack: "cluster" }],
  ["another address", { address: "aws_vpc.main[0]" }],
  ["another sentence", { what: "the VPC is replaced" }],
])("a finding is not silenced for %s", (_, other) => {
  expect(silenced({ ...silence, ...other })).toEqual(lost);
});

test("of the sentences of a rule one can be silenced alone", () => {
  expect(isSilenced(silenced({ ...silence, what: lost.what }))).toBe(true);
});

test.each([
  ["2026-11-22", true],
  ["2026-11-23", false],
  ["2026-11-24", false],
])("a silence until %s has expired today: %s; then it is told, and counts for nothing", (until, expired) => {
  const found = silenced({ ...silence, until });

  expect(found.silence).toMatchObject({ until, expired });
  expect(isSilenced(found)).toBe(!expired);
});

test("a silence that has expired does not stand in the way of one that has not", () => {
  expect(isSilenced(silenced({ ...silence, until: "2026-01-01" }, { ...silence, until: today }))).toBe(true);
});

test("in a report what is silenced is listed by itself, and is not the worst; what no longer is counts", () => {
  const plan = readPlan("network", planText({ resource_changes: [change("aws_vpc.main", "delete", {}, null)] }));
  const of = (until: string) => review([plan], [], { silences: [{ ...silence, until }], today });

  expect(of("2026-12-31")).toMatchObject({ stacks: [{}], dangers: [], silenced: [{ address: "aws_vpc.main" }] });
  expect(of("2026-12-31").stacks[0]).not.toHaveProperty("worst");
  expect(of("2026-01-01")).toMatchObject({
    ...{ stacks: [{ worst: expect.stringContaining("aws_vpc.main") }], silenced: [] },
    dangers: [{ address: "aws_vpc.main", silence: { expired: true } }],
  });
});
