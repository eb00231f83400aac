import { planLog } from "../../../operations/terraform/plan-log";

const phases: string[] = [];
const ignore = () => {};

beforeEach(() => {
  phases.length = 0;
});

/** A log that has read these entries. */
function logOf(...entries: readonly object[]) {
  const log = planLog((phase) => phases.push(phase));
  log.read(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return log;
}

function error(summary: string, more: object = {}) {
  return { type: "diagnostic", diagnostic: { severity: "error", summary, detail: "", ...more } };
}

test("reads of what is there are counted, then comes the plan", () => {
  logOf(
    { type: "version" },
    { type: "refresh_start", hook: {} },
    { type: "apply_start", hook: { action: "read" } },
    { type: "refresh_complete", hook: {} },
    { type: "apply_complete", hook: { action: "read" } },
    { type: "planned_change" },
  );

  expect(phases).toEqual(["refresh 0/1", "refresh 0/2", "refresh 1/2", "refresh 2/2", "plan"]);
});

test("a line that comes in two pieces is one", () => {
  const log = planLog(ignore);
  const line = JSON.stringify(error("Cut"));
  log.read(line.slice(0, 20));
  log.read(`${line.slice(20)}\n`);

  expect(log.diagnostics("")).toEqual([{ text: "Cut", unappliedPart: undefined }]);
});

test("an error is told with its place and its detail, a warning is not", () => {
  const log = logOf(error("No access", { detail: "You may not.", address: "aws_vpc.network" }), {
    type: "diagnostic",
    diagnostic: { severity: "warning", summary: "Old", detail: "" },
  });

  expect(log.diagnostics("").map(({ text }) => text)).toEqual(["aws_vpc.network: No access: You may not."]);
});

test.each([
  ["a state that is not there", "Unable to find remote state", { address: "data.terraform_remote_state.network" }],
  [
    "an output that was never published",
    "Unsupported attribute",
    { snippet: { code: '"vpc": "${data.terraform_remote_state.network.outputs.vpc_id}"' } },
  ],
])("%s is known as another stack's lack", (_, summary, more) => {
  expect(logOf(error(summary, more)).diagnostics("")[0]?.unappliedPart).toBe("network");
});

test.each([
  ["an attribute that a resource does not have", "Unsupported attribute", { snippet: { code: '"${aws_vpc.a.nme}"' } }],
  ["a state that may not be read", "Error loading state", { address: "data.terraform_remote_state.network" }],
])("%s is no other stack's lack", (_, summary, more) => {
  expect(logOf(error(summary, more)).diagnostics("")[0]?.unappliedPart).toBeUndefined();
});

test.each([
  [
    "that is not there",
    "Unable to find remote state",
    "No stored state was found for the given workspace in the given backend.",
    "network",
  ],
  ["that may not be read", "Error loading state error", "error loading the remote state: AccessDenied", undefined],
])("what OpenTofu adds to an error about a state %s is left out", (_, summary, detail, unappliedPart) => {
  const address = "data.terraform_remote_state.network";
  const log = logOf(error(summary, { detail, address }), error(`${address}: Unable to read remote state`));

  expect(log.diagnostics("")).toEqual([{ text: `${address}: ${summary}: ${detail}`, unappliedPart }]);
});

test("what is written for people, as by HCP Terraform, is read as well, without its frame", () => {
  const log = planLog(ignore);
  log.read("Running plan in HCP Terraform.\n");

  expect(
    log.diagnostics(
      "╷\n│ Error: Unable to find remote state\n│ \n│   with data.terraform_remote_state.network,\n│ No state\n╵\n",
    ),
  ).toEqual([
    {
      text: "Running plan in HCP Terraform.\n\n\nError: Unable to find remote state\n\n  with data.terraform_remote_state.network,\nNo state",
      unappliedPart: "network",
    },
  ]);
});
