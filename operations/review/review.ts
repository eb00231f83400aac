import type { Plan, ResourceChange } from "../terraform/plan/plan";
import type { Value } from "../terraform/plan/value";
import type { PlanningProblem } from "../terraform/planning-result";
import { isStackNamed } from "../terraform/stack-name";
import { invocationChange, judgedOutput, reportedOutput } from "./diff/change";
import { inOrderOfApply } from "./order";
import type { Drift, Finding, Report, Verdict } from "./report/report";
import { isSilenced, type Silence, withSilences } from "./report/silences";
import { accessOf, isAccessAlone, relatedIn } from "./rules/access/findings";
import { isAboutPlansAlone } from "./rules/danger/all-rules";
import { dangersOf } from "./rules/danger/findings";
import { driftOf } from "./rules/drift";
import { clusterVersions, judgedChanges } from "./rules/judged-changes";
import { byConstruct, changesAndNoise, nothingDiffers } from "./shown-changes";
import { gravestFirst, verdictOf, worstOf } from "./verdict";

export interface ReviewOptions {
  readonly silences: readonly Silence[];
  /** YYYY-MM-DD. */
  readonly today: string;
  /**
   * Sentences on how the plans were made, which stand first in every form of the report.
   * @default - as they usually are
   */
  readonly notes?: readonly string[];
}

/** Returns what people should know of these plans. */
export function review(plans: readonly Plan[], unplanned: readonly PlanningProblem[], options: ReviewOptions): Report {
  const versions = clusterVersions(plans.flatMap(({ changes }) => changes));
  const hasPlan = ({ stack }: PlanningProblem) => plans.some((plan) => plan.stack === stack);
  const reviewed = inOrderOfApply([...plans, ...unplanned.filter((one) => !hasPlan(one))]).map((stack) => {
    if ("kind" in stack) {
      return { verdict: verdictOf(stack), ...emptyReview };
    }
    // Terraform keeps the plan that it had made before an error.
    const failure = unplanned.find((one) => one.stack === stack.stack);
    const found = reviewPlan(settled(stack), versions, options);
    const verdict = { ...found.verdict, waitsFor: waitsFor(stack, plans) };
    return {
      ...found,
      verdict:
        failure === undefined ? verdict : { ...verdict, problem: { kind: "incomplete" as const, what: failure.what } },
    };
  });
  const dangers = reviewed.flatMap((one) => one.dangers);
  const access = reviewed.flatMap((one) => one.access);
  return {
    version: 1,
    ...(options.notes === undefined ? {} : { notes: [...options.notes] }),
    stacks: reviewed.map(({ verdict }) => verdict),
    dangers: gravestFirst(dangers.filter((finding) => !isSilenced(finding))),
    access: gravestFirst(access.filter((finding) => !isSilenced(finding))),
    silenced: [...dangers, ...access].filter(isSilenced),
    drift: reviewed.flatMap((one) => one.drift),
    changes: reviewed.flatMap((one) => one.changes),
    noise: reviewed.flatMap((one) => one.noise),
  };
}

/** Returns a plan without what its error made up: to Helm's provider, a cluster that refuses it has no releases. */
function settled(plan: Plan): Plan {
  if (plan.incomplete !== "errored") {
    return plan;
  }
  const isMadeUp = ({ type, action }: ResourceChange, gone: ResourceChange["action"]) =>
    type === "helm_release" && action === gone;
  return {
    ...plan,
    changes: plan.changes.filter((change) => !isMadeUp(change, "create")),
    drift: plan.drift.filter((change) => !isMadeUp(change, "delete")),
  };
}

type StackReview = { readonly verdict: Verdict } & Pick<Report, "dangers" | "access" | "drift" | "changes" | "noise">;

const emptyReview = { dangers: [], access: [], drift: [], changes: [], noise: [] } satisfies Omit<
  StackReview,
  "verdict"
>;

/** Returns the stacks whose outputs this one reads and which change: it was planned with the old ones. */
function waitsFor({ stack, reads }: Plan, plans: readonly Plan[]): string[] {
  return plans
    .filter((other) => other.stack !== stack && reads.some((name) => isStackNamed(other.stack, name)))
    .filter(({ outputs }) => outputs.some(({ action }) => action !== "no-op"))
    .map((other) => other.stack);
}

function unsafeDrift({ rule, severity, what, silence }: Finding): NonNullable<Drift["unsafe"]> {
  return { rule, severity, what, ...(silence === undefined ? {} : { silence }) };
}

function dangersIn(stack: string, change: ResourceChange): Finding[] {
  // Of what is access alone, rules of access say what is lost.
  return dangersOf(stack, change).filter(
    ({ rule }) => rule !== "resource-gone" || !isAccessAlone(change.type) || accessOf(change).length === 0,
  );
}

function accessIn(stack: string, change: ResourceChange, related?: ReturnType<typeof relatedIn>): Finding[] {
  const { address, action } = change;
  return accessOf(change, related).map((found) => ({ stack, address, action, forcedBy: [], ...found }));
}

/** @param versions - of Kubernetes, by the cluster that is going to have it */
function reviewPlan(plan: Plan, versions: ReadonlyMap<string, Value>, { silences, today }: ReviewOptions): StackReview {
  const { stack } = plan;
  const silenced = (findings: Finding[]) => withSilences(findings, silences, today);
  const judged = judgedChanges(
    [...plan.changes, ...plan.deferred, ...plan.invocations.map(invocationChange)],
    versions,
  );
  const related = relatedIn(judged);
  const dangers = silenced(
    [...judged, ...plan.outputs.map(judgedOutput)].flatMap((change) => dangersIn(stack, change)),
  );
  const accessFindings = silenced(judged.flatMap((change) => accessIn(stack, change, related)));
  const found = driftOf(plan, (change) =>
    judgedChanges([change], versions)
      .flatMap((one) => [...dangersOf(stack, one), ...accessIn(stack, one)])
      .filter(({ rule, direction }) => !isAboutPlansAlone(rule) && (direction === undefined || direction === "wider")),
  );
  const drift = found.drift.map(({ unsafe, ...one }) => {
    const [finding] = silenced(unsafe === undefined ? [] : [unsafe]);
    return finding === undefined ? one : { ...one, unsafe: unsafeDrift(finding) };
  });
  const { changes, noise } = changesAndNoise({
    ...plan,
    changes: [...plan.changes, ...plan.deferred, ...plan.invocations.map(invocationChange)],
  });
  const changing = plan.outputs.filter(({ action }) => action !== "no-op").map(reportedOutput);
  const outputs = changing.filter(({ lines }) => lines.some(({ sign }) => sign === "+" || sign === "-"));
  const alike = changing.filter((output) => !outputs.includes(output));
  return {
    verdict: { ...verdictOf(plan), ...worstOf([...dangers, ...accessFindings], drift) },
    dangers,
    access: accessFindings,
    drift,
    changes: changes.length + outputs.length > 0 ? [{ stack, constructs: byConstruct(changes), outputs }] : [],
    noise: [
      ...noise,
      ...alike.map(({ title }) => ({ stack, address: `output.${title}`, why: nothingDiffers })),
      ...found.harmless.map((address) => ({
        stack,
        address,
        why: "changed outside of Terraform, without effect on this plan",
      })),
    ],
  };
}
