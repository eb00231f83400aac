import { PassThrough, Writable } from "node:stream";

import { awsFailure } from "../../operations/aws/failure";
import { answerTo } from "../../operations/command/confirm";
import { failureOf } from "../../operations/command/failure";
import { errorReport, errorSummary } from "../../operations/command/report-error";
import { sayChanges } from "../../operations/hubble/forward";
import { statusFailure } from "../../operations/kubernetes/failure";
import { html } from "../../operations/review/formats/html";
import { json } from "../../operations/review/formats/json";
import { markdown } from "../../operations/review/formats/markdown";
import { terminal } from "../../operations/review/formats/terminal";
import { review } from "../../operations/review/review";
import { StepTimeout } from "../../operations/teardown/run-step";
import { type CheckResult, checkStates } from "../../operations/verify/check";
import { verificationJson, verificationText } from "../../operations/verify/results-text";
import type { Verification } from "../../operations/verify/verification";
import { progressInLog, progressOnTerminal } from "../../operations/verify/waiting-display";
import { expectHarmless, foreignText } from "../support/foreign-text";
import { change, plan, policy, statement } from "../support/plan";

const results = checkStates.map(
  (state): CheckResult => ({
    id: state,
    title: "nodes",
    state,
    found: `1 of 2: ${foreignText}`,
    cause: foreignText,
    next: `kubectl describe node ${foreignText}`,
  }),
);

const verification: Verification = {
  cluster: "demo",
  region: "eu-central-1",
  account: foreignText,
  time: "2026-11-27T21:00:00Z",
  version: "0.1.0",
  release: "2026-11-25",
  versions: { kubernetes: "1", bottlerocket: "1", cilium: "1", coreDns: "1", flux: "1", karpenter: "1" },
  checks: results,
};

const unasked = { id: "a", title: "nodes", state: "could not ask" } as const;

describe("what AWS, Kubernetes or GitHub says", () => {
  test("moves no cursor and forges no line of verify's", () => {
    expectHarmless(verificationText(verification, false));
    expectHarmless(verificationText(verification, true), { colours: true });
  });

  test("is the same to who parses verify's JSON, and text to who looks at it", () => {
    const text = verificationJson(verification);

    expectHarmless(text, { lines: false });
    expect(JSON.parse(text)).toEqual(verification);
  });

  test("does nothing while verify waits", () => {
    const written: string[] = [];
    progressInLog((text) => written.push(text))(results);
    expectHarmless(written.join(""));

    const shown: string[] = [];
    progressOnTerminal(
      (text) => shown.push(text),
      () => ({ columns: 80, rows: 24 }),
    )(results);
    // The first escape takes away what was shown before.
    expectHarmless(shown.join("").replace("\u001b[0J", ""), { colours: true, wrapped: true });
  });

  test("does nothing in hubble's lines", () => {
    const said: string[] = [];
    sayChanges((line) => said.push(line))(`forwarding to ${foreignText}`);

    expect(said).toHaveLength(1);
    expectHarmless(said.join(""));
    expect(said.join("")).not.toContain("\n");
  });

  test("does nothing in the error of a step of teardown", () => {
    const step = { id: "a", title: "Wait", verb: "delete", timeoutMinutes: 1, find: async () => [] };
    const obstacle = { name: foreignText, heldBy: foreignText, clear: undefined };

    expectHarmless(errorReport(new StepTimeout(step, [obstacle, obstacle])).text);
  });

  const aws = { system: "aws", action: "ec2:DeleteVolume" } as const;
  const kubernetes = { system: "kubernetes", verb: "delete", resource: "services", namespace: "shop" } as const;
  const body = JSON.stringify({ message: foreignText });
  const denied = JSON.stringify({ message: `admission webhook denied the request: ${foreignText}` });
  test.each([
    ["AWS's", () => awsFailure(new Error(foreignText), aws, async () => foreignText)],
    ["AWS's, of credentials", () => awsFailure(named("CredentialsProviderError"), aws, async () => foreignText)],
    ["a refusal of AWS's", () => awsFailure(named("AccessDenied"), aws, async () => foreignText)],
    ["Kubernetes' refusal", () => statusFailure({ status: 403, body: denied, retryAfter: undefined }, kubernetes)],
    ["Kubernetes' conflict", () => statusFailure({ status: 409, body, retryAfter: undefined }, kubernetes)],
    ["Kubernetes' trouble", () => statusFailure({ status: 500, body, retryAfter: foreignText }, kubernetes)],
    ["an answer that is no JSON", () => statusFailure({ status: 502, body: foreignText, retryAfter: "" }, kubernetes)],
    ["any other", () => failureOf(new Error(foreignText), kubernetes)],
  ])("does nothing in an error: %s", async (_, failure) => {
    const thrown = await failure();

    expectHarmless(errorReport(thrown).text);
    expectHarmless(verificationText({ ...verification, checks: [{ ...unasked, ...errorSummary(thrown) }] }, false));
  });

  test("does nothing in an error that nobody foresaw", () => {
    expectHarmless(errorReport(new TypeError(foreignText, { cause: new Error(foreignText) })).text);
  });

  test("does nothing in a question", async () => {
    const { stdin, stderr } = process;
    const written: string[] = [];
    const input = new PassThrough();
    const output = new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    });
    Object.defineProperty(process, "stdin", { value: input, configurable: true });
    Object.defineProperty(process, "stderr", { value: output, configurable: true });
    try {
      const answer = answerTo(`Import aws_iam_role.cluster: ${foreignText}?`, new AbortController().signal);
      input.write("yes\n");
      expect(await answer).toBe("yes");
    } finally {
      Object.defineProperty(process, "stdin", { value: stdin, configurable: true });
      Object.defineProperty(process, "stderr", { value: stderr, configurable: true });
    }

    expect(written.join("")).toContain("Import aws_iam_role.cluster");
    expectHarmless(written.join(""));
  });
});

describe("what somebody wrote into AWS, and drift shows", () => {
  const tagged = { tags: { a: foreignText, [foreignText]: "b" } };
  const allowing = (...Action: readonly string[]) => ({ policy: policy(...Action.map((one) => statement("A", one))) });
  const changes = (first: object, second: object, third: object, fourth: object) => [
    change("aws_vpc.main", "update", first, second),
    change("aws_iam_policy.main", "update", third, fourth),
  ];
  const drift = changes(
    { tags: {} },
    tagged,
    allowing("s3:Get*", "s3:List*"),
    allowing(foreignText, `b${foreignText}`),
  );
  const back = changes(tagged, { tags: {} }, allowing(foreignText, `b${foreignText}`), allowing("s3:Get*", "s3:List*"));
  const report = review([plan({ resource_drift: drift, resource_changes: back })], [], {
    silences: [],
    today: "2026-11-27",
  });

  test("is there", () => {
    expect(report.drift.map(({ address, parts }) => [address, parts.length > 0])).toEqual([
      ["aws_vpc.main", false],
      ["aws_iam_policy.main", true],
    ]);
  });

  test.each([
    ["a terminal", () => terminal(report, { width: 100, colour: false }), {}],
    ["a terminal with colours", () => terminal(report, { width: 100, colour: true }), { colours: true }],
    ["Markdown", () => markdown(report), { lines: false }],
    ["HTML", () => html(report, { title: "review", time: undefined }), { lines: false }],
    ["JSON", () => json(report), { lines: false }],
  ])("does nothing in %s", (_, text, options) => {
    expectHarmless(text(), options);
  });
});

function named(name: string): Error {
  return Object.assign(new Error(foreignText), { name });
}
