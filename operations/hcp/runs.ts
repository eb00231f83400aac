import { Failure } from "../command/failure";
import { bodyOf, call, type Hcp, parseAnswer, reasonIn } from "./api";
import type { Workspace } from "./workspaces";

/** A run, as far as it is looked at here. */
export interface Run {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  readonly isDestroy: boolean;
  /** Whether it plans alone, and so is in no other's way. */
  readonly isSpeculative: boolean;
  /** Whether it waits for somebody to confirm its plan. */
  readonly isConfirmable: boolean;
  readonly planId: string;
  readonly applyId: string;
}

/** The API's answer about a run (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run). */
interface RunResource {
  readonly id: string;
  readonly attributes: {
    readonly status: string;
    readonly message: string | null;
    readonly "is-destroy": boolean;
    readonly "plan-only": boolean;
    readonly actions: { readonly "is-confirmable": boolean };
  };
  readonly relationships: Readonly<Record<"plan" | "apply", { readonly data: { readonly id: string } | null }>>;
}

/** Statuses in which a run is over (HCP Terraform, "Run States"). */
const finalStatuses = [
  "applied",
  "canceled",
  "discarded",
  "errored",
  "force_canceled",
  "planned_and_finished",
  "policy_soft_failed",
];

export function isOver({ status }: Run): boolean {
  return finalStatuses.includes(status);
}

export async function readRun(hcp: Hcp, id: string): Promise<Run> {
  return runOf(await read<RunResource>(hcp, `runs/${id}`));
}

/** Returns the runs of a workspace that are not over, the last first. */
export async function runsUnderWay(hcp: Hcp, { id }: Pick<Workspace, "id">): Promise<readonly Run[]> {
  const runs = await read<readonly RunResource[]>(hcp, `workspaces/${id}/runs?page%5Bsize%5D=20`);
  return runs.map(runOf).filter((run) => !isOver(run));
}

/** Returns the last run of a workspace that may apply its plan; nothing if there is none among the last twenty runs. */
export async function lastRun(hcp: Hcp, { id }: Pick<Workspace, "id">): Promise<Run | undefined> {
  const runs = await read<readonly RunResource[]>(hcp, `workspaces/${id}/runs?page%5Bsize%5D=20`);
  return runs.map(runOf).find(({ isSpeculative }) => !isSpeculative);
}

/**
 * Starts a run that plans to destroy all that a workspace's state has, and waits for somebody to confirm that.
 * @throws Failure if this token may not, or if the workspace has nothing to run
 */
export async function startDestroyRun(hcp: Hcp, workspace: Workspace, message: string): Promise<Run> {
  const body = {
    data: {
      type: "runs",
      attributes: { "is-destroy": true, "auto-apply": false, message },
      relationships: { workspace: { data: { type: "workspaces", id: workspace.id } } },
    },
  };
  const answer = await call(hcp, { method: "POST", path: "runs", body });
  if (answer.status === 403 || answer.status === 404) {
    const next = `log in as somebody who may: terraform login ${hcp.api.host}`;
    throw new Failure("denied", `${hcp.api.host} lets you start no run in ${workspace.name}`, next);
  }
  if (answer.status === 422) {
    const message = `${hcp.api.host} starts no run in ${workspace.name}: ${reasonIn(answer.text)}`;
    const next = `if it has no configuration: terraform -chdir=cdktf.out/stacks/${workspace.name} plan uploads one; then run this again`;
    throw new Failure("nothing there", message, next);
  }
  const path = new URL("runs", hcp.api);
  return runOf(parseAnswer<{ readonly data: RunResource }>(bodyOf(answer, path), hcp.api).data);
}

/**
 * Has a run that waits for it apply its plan.
 * @returns whether it does; it does not if it waits no more
 * @throws Failure if this token may not
 */
export async function confirmRun(hcp: Hcp, { id }: Run, comment: string): Promise<boolean> {
  const path = `runs/${id}/actions/apply`;
  const answer = await call(hcp, { method: "POST", path, body: { comment } });
  if (answer.status === 409) {
    return false;
  }
  if (answer.status === 403 || answer.status === 404) {
    const next = "somebody who may apply there confirms it on its page; then run this again";
    throw new Failure("denied", `${hcp.api.host} does not let you apply ${id}`, next);
  }
  bodyOf(answer, new URL(path, hcp.api));
  return true;
}

/**
 * Ends a run that waits to be confirmed.
 * @returns whether it did; it does not if the run waits no more, if this token may not, or if nobody answers
 */
export async function discardRun(hcp: Hcp, { id }: Run, comment: string): Promise<boolean> {
  const path = `runs/${id}/actions/discard`;
  return call(hcp, { method: "POST", path, body: { comment } }).then(
    ({ status }) => status < 300,
    () => false,
  );
}

/** Returns the plan of a run, as `terraform show -json` prints it; undefined if this token may not read it, or if there is none yet. */
export async function planJson(hcp: Hcp, { planId }: Run): Promise<string | undefined> {
  const path = `plans/${planId}/json-output`;
  const answer = await call(hcp, { path });
  return [204, 403, 404].includes(answer.status) ? undefined : bodyOf(answer, new URL(path, hcp.api));
}

/** Returns the end of what Terraform printed in a phase of a run, or nothing. */
export async function logEnd(hcp: Hcp, { planId, applyId }: Run, phase: "plan" | "apply"): Promise<string> {
  const path = phase === "plan" ? `plans/${planId}` : `applies/${applyId}`;
  const { attributes } = await read<{ readonly attributes: { readonly "log-read-url": string | null } }>(hcp, path);
  const url = attributes["log-read-url"];
  if (!url) {
    return "";
  }
  // The address holds what it takes to read the log: the token does not go there.
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
  const text = response?.ok ? await response.text() : "";
  return text.trim().split("\n").slice(-mostLines).join("\n");
}

/** Lines of a log that are shown: an error of Terraform has fewer. */
const mostLines = 30;

/** Returns the page of a run. */
export function pageOf({ api }: Hcp, organization: string, workspace: string, { id }: Run): string {
  return `https://${api.host}/app/${organization}/workspaces/${workspace}/runs/${id}`;
}

async function read<Resource>(hcp: Hcp, path: string): Promise<Resource> {
  const text = bodyOf(await call(hcp, { path }), new URL(path, hcp.api));
  return parseAnswer<{ readonly data: Resource }>(text, hcp.api).data;
}

function runOf({ id, attributes, relationships: { plan, apply } }: RunResource): Run {
  return {
    id,
    status: attributes.status,
    message: attributes.message ?? "",
    isDestroy: attributes["is-destroy"],
    isSpeculative: attributes["plan-only"],
    isConfirmable: attributes.actions["is-confirmable"],
    planId: plan.data?.id ?? "",
    applyId: apply.data?.id ?? "",
  };
}
