import { CommandError } from "../../command/failure";
import { showProgress } from "../../command/progress";
import { bodyOf, call, type Hcp, parseAnswer } from "../../hcp/api";
import type { Plan } from "../../terraform/plan/plan";
import { readPlan } from "../../terraform/plan/read";
import type { PlanningProblem, PlanningResult } from "../../terraform/planning-result";
import { selected } from "./selection";

/** The API's answer about a run (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run). */
interface RunDocument {
  readonly data: {
    readonly attributes: { readonly status: string };
    readonly relationships: { readonly plan: { readonly data: { readonly id: string } } };
  };
  readonly included: readonly {
    readonly type: string;
    readonly attributes: { readonly name: string | undefined; readonly status: string | undefined } | undefined;
  }[];
}

/** Reads the plans of runs; the stack of each is its workspace. */
export async function plansOfRuns(
  hcp: Hcp,
  runs: readonly string[],
  stacks: readonly string[],
): Promise<PlanningResult> {
  const progress = showProgress(hcp.api.host);
  try {
    const described = [];
    for (const run of runs) {
      progress.phase(run);
      described.push(await describeRun(hcp, run));
    }
    const plans: Plan[] = [];
    const problems: PlanningProblem[] = [];
    for (const { run, stack, plan, status } of selected(described, stacks)) {
      progress.phase(`plan of ${run}`);
      if (status === "finished") {
        plans.push(readPlan(stack, await fetchPlanJson(hcp, run, plan)));
      } else {
        problems.push({ stack, kind: "failed", what: `${run} has no plan: it is ${status}; ${advice(status)}` });
      }
    }
    return { plans, problems };
  } finally {
    progress.clear();
  }
}

async function describeRun(hcp: Hcp, run: string) {
  if (!/^run-\w+$/.test(run)) {
    throw new CommandError(`'${run}' is no run`, {
      next: "take its id from the address of its page, as in run-CZcmD7eagjhyX0vN",
    });
  }
  const path = `runs/${run}?include=plan,workspace`;
  const text = await fetchText(hcp, path, `no run '${run}', or none that this token may see`);
  const { data, included } = parseAnswer<RunDocument>(text, hcp.api);
  const attributesOf = (type: string) => included.find((resource) => resource.type === type)?.attributes;
  return {
    run,
    stack: attributesOf("workspaces")?.name ?? run,
    plan: data.relationships.plan.data.id,
    status: attributesOf("plans")?.status ?? data.attributes.status,
  };
}

async function fetchPlanJson(hcp: Hcp, run: string, plan: string): Promise<string> {
  const json = await fetchText(
    hcp,
    `plans/${plan}/json-output`,
    `no plan of ${run} as JSON for this token, which must be of a user or team that administers the workspace`,
  );
  if (json === "") {
    throw new CommandError(`${run} has a plan, but not yet as JSON`, { next: "try again in a minute" });
  }
  return json;
}

function advice(status: string): string {
  return ["errored", "canceled", "unreachable"].includes(status)
    ? "its page in HCP Terraform says why"
    : "try again when it is planned";
}

/** @param absent - what is missing if the API finds nothing, which it says of what the token may not see, too */
async function fetchText(hcp: Hcp, path: string, absent: string): Promise<string> {
  const { api } = hcp;
  const answer = await call(hcp, { path });
  if (answer.status === 403 || answer.status === 404) {
    throw new CommandError(`${api.host} has ${absent}`, {
      next: `see that the id is right, or log in as somebody who may: terraform login ${api.host}`,
    });
  }
  return bodyOf(answer, new URL(path, api));
}
