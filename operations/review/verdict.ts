import type { Plan, ResourceChange } from "../terraform/plan/plan";
import type { PlanningProblem } from "../terraform/planning-result";
import type { Counts, Drift, Finding, Verdict } from "./report/report";
import { isSilenced } from "./report/silences";
import { dangerRules } from "./rules/danger/all-rules";

/** Returns what a stack's plan does, in numbers, and what keeps the plan from being whole. */
export function verdictOf(stack: Plan | PlanningProblem): Verdict {
  if ("kind" in stack) {
    const { kind, what, next } = stack;
    return {
      stack: stack.stack,
      counts: countsOf([]),
      outputs: 0,
      waitsFor: [],
      deferred: [],
      invocations: [],
      failedChecks: [],
      problem: next === undefined ? { kind, what } : { kind, what, next },
    };
  }
  const { incomplete, changes, outputs, deferred, invocations, failedChecks } = stack;
  return {
    stack: stack.stack,
    counts: countsOf(changes),
    outputs: outputs.filter(({ action }) => action !== "no-op").length,
    waitsFor: [],
    deferred: deferred.map(({ address }) => address),
    invocations: invocations.map(({ address }) => address),
    failedChecks: failedChecks.map(({ address, messages }) => ({ address, messages: [...messages] })),
    ...(incomplete === undefined ? {} : { problem: { kind: "incomplete", what: incompleteReasons[incomplete] } }),
  };
}

const incompleteReasons = {
  errored: "planning ended in an error, so this is not all of it",
  deferred: "some of it is put off to a later plan",
  targeted: "planned with -target, so this is not all of it",
} as const satisfies Record<NonNullable<Plan["incomplete"]>, string>;

function countsOf(all: readonly ResourceChange[]): Counts {
  const changes = all.filter(({ mode }) => mode === "managed");
  const count = (action: ResourceChange["action"]) => changes.filter((change) => change.action === action).length;
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    import: changes.filter(({ importing }) => importing !== undefined).length,
    move: changes.filter(({ previousAddress }) => previousAddress !== undefined).length,
    forget: count("forget"),
  };
}

/** Returns the gravest finding that is not silenced, of what the plan does, or of the drift that it leaves. */
export function worstOf(findings: readonly Finding[], drift: readonly Drift[]): { worst?: string } {
  const unsilenced = gravestFirst(
    findings.filter((finding) => !isSilenced(finding) && finding.direction !== "narrower"),
  );
  const left = drift.flatMap(({ address, unsafe }) => (unsafe && !isSilenced(unsafe) ? [{ ...unsafe, address }] : []));
  const [worst] = [...unsilenced, ...left].sort((one, other) => severities[one.severity] - severities[other.severity]);
  return worst === undefined ? {} : { worst: `${worst.what}: ${worst.address}` };
}

const severities = { danger: 0, caution: 1 };

/** Sorts findings by severity, and then in the order of the rules. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, rule }: Finding) =>
    severities[severity] * ruleOrder.size + (ruleOrder.get(rule) ?? ruleOrder.size);
  return [...findings].sort((one, other) => rank(one) - rank(other));
}

const ruleOrder = new Map(dangerRules.map(({ id }, index) => [id, index]));
