import type { Run } from "../../../../operations/hcp/runs";
import { unfinishedText } from "../../../../operations/upgrade/readiness/hcp-runs";

const run = (status: string, isConfirmable = false): Run => ({
  id: "run-1",
  status,
  message: "",
  isDestroy: false,
  isSpeculative: false,
  isConfirmable,
  planId: "plan-1",
  applyId: "apply-1",
});

test.each(["applied", "planned_and_finished"])("a run that is %s has left nothing undone", (status) => {
  expect(unfinishedText(run(status))).toBeUndefined();
});

test.each([
  ["planned", true, "waits to be confirmed"],
  ["applying", false, "is under way (applying)"],
  ["errored", false, "ended as errored"],
  ["discarded", false, "ended as discarded"],
])("a run that is %s has left something undone", (status, isConfirmable, text) => {
  expect(unfinishedText(run(status, isConfirmable))).toBe(text);
});
