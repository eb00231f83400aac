import { type FailOn, levels, reaches } from "../../../operations/review/fail-on";
import type { Counts, Report } from "../../../operations/review/report/report";
import { finding, none, empty as nothing, verdict } from "../../support/report-parts";

const empty: Report = { ...nothing, stacks: [verdict("network", {})] };

function counting(counts: Partial<Counts>): Report {
  return { ...empty, stacks: [...empty.stacks, verdict("cluster", { counts: { ...none, ...counts } })] };
}

const danger = finding("network", "aws_vpc.network", "replace", "All is lost.", {});
const drifted = {
  stack: "network",
  address: "aws_vpc.network",
  action: "update" as const,
  why: "",
  unsafe: danger,
  parts: [],
};

test.each<[string, Report, Exclude<FailOn, "never"> | undefined]>([
  ["nothing", empty, undefined],
  ["a danger", { ...empty, dangers: [danger] }, "danger"],
  ["access that becomes dangerously wide", { ...empty, access: [danger] }, "danger"],
  ["what somebody made dangerously wide, and is left so", { ...empty, drift: [drifted] }, "danger"],
  [
    "that, silenced",
    {
      ...empty,
      drift: [{ ...drifted, unsafe: { ...danger, silence: { reason: "known", until: "2026-12-31", expired: false } } }],
    },
    "any",
  ],
  ["a danger that is silenced", { ...empty, silenced: [danger] }, undefined],
  ["what asks for caution", { ...empty, dangers: [{ ...danger, severity: "caution" }] }, undefined],
  ["a replacement", counting({ replace: 1 }), "replace"],
  ["a destruction", counting({ destroy: 1 }), "destroy"],
  ["a creation", counting({ add: 1 }), "any"],
  ["an update", counting({ change: 1 }), "any"],
  ["an import", counting({ import: 1 }), "any"],
  ["a move", counting({ move: 1 }), "any"],
  ["what is forgotten", counting({ forget: 1 }), "any"],
  ["an output that changes", { ...empty, stacks: [verdict("network", { outputs: 1 })] }, "any"],
  ["what is put off", { ...empty, stacks: [verdict("network", { deferred: ["aws_vpc.network"] })] }, "any"],
  [
    "a check that fails",
    { ...empty, stacks: [verdict("network", { failedChecks: [{ address: "check.a", messages: [] }] })] },
    "any",
  ],
  ["an action that is taken", { ...empty, stacks: [verdict("network", { invocations: ["action.a.b"] })] }, "any"],
  [
    "a change outside of Terraform that matters",
    { ...empty, drift: [{ stack: "network", address: "aws_vpc.network", action: "update", why: "", parts: [] }] },
    "any",
  ],
])("%s makes a review fail from the level %p on", (_, report, first) => {
  const failing = levels.filter((level) => reaches(report, level));

  expect(failing).toEqual(first === undefined ? [] : levels.slice(levels.indexOf(first)));
  expect(reaches(report, "never")).toBe(false);
});
