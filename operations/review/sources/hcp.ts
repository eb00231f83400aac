import { shortMessage } from "../../../platform/visible-text";
import { timed } from "../../command/debug";
import { CommandError } from "../../command/failure";
import { showProgress } from "../../command/progress";
import type { Plan } from "../../terraform/plan/plan";
import { readPlan } from "../../terraform/plan/read";
import type { PlanningProblem, PlanningResult } from "../../terraform/planning-result";
import { selected } from "./selection";

/** HCP Terraform, or a Terraform Enterprise, and somebody's token for it. */
export interface Hcp {
  /** The address of its API, with a `/` at the end: `https://app.terraform.io/api/v2/`. */
  readonly api: URL;
  readonly token: string;
}

const nameTheHost = "name the host of HCP Terraform, or of a Terraform Enterprise: --hcp-host, or TF_CLOUD_HOSTNAME";

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

/** Finds the API of a host (https://developer.hashicorp.com/terraform/internals/remote-service-discovery). */
export async function apiOf(origin: string): Promise<URL> {
  const document = new URL("/.well-known/terraform.json", origin);
  const { "tfe.v2": api } = parseAnswer<{ "tfe.v2"?: string }>(bodyOf(await request(document, {}), document), document);
  if (!api) {
    throw new CommandError(`${document.host} is no HCP Terraform: ${document.pathname} names no 'tfe.v2'`, {
      next: nameTheHost,
    });
  }
  return new URL(api.endsWith("/") ? api : `${api}/`, document);
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
async function fetchText({ api, token }: Hcp, path: string, absent: string): Promise<string> {
  // Node's message about a header that cannot be sent would hold the token.
  if (!/^[!-~]+$/.test(token)) {
    throw new CommandError(`the token for ${api.host} holds characters that no token has, as a line end or a space`, {
      next: `terraform login ${api.host}`,
    });
  }
  const url = new URL(path, api);
  // A redirect to another host, as to a plan's JSON, goes without the token (https://fetch.spec.whatwg.org/#http-redirect-fetch).
  const answer = await request(url, { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" });
  switch (answer.status) {
    case 401:
      throw new CommandError(`${api.host} does not know the token`, { next: `terraform login ${api.host}` });
    case 403:
    case 404:
      throw new CommandError(`${api.host} has ${absent}`, {
        next: `see that the id is right, or log in as somebody who may: terraform login ${api.host}`,
      });
    default:
      return bodyOf(answer, url);
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function request(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
  try {
    const ask = () => fetch(url, { headers, signal: AbortSignal.timeout(timeoutMilliseconds) });
    const response = await timed(`GET ${url.pathname} of ${url.host}`, ask, ({ status }) => `${status}`);
    return { status: response.status, text: await response.text() };
  } catch (failure) {
    const { cause, message } = failure as Error & { readonly cause: Error | undefined };
    throw new CommandError(`${url.host} cannot be reached: ${shortMessage(cause?.message ?? message)}`, {
      next: "check the way to the internet",
    });
  }
}

/** Enough for a plan of 100 MB on a slow line. */
const timeoutMilliseconds = 300_000;

function bodyOf({ status, text }: Answer, url: URL): string {
  if (status >= 300) {
    throw new CommandError(`${url.host} answers ${status} to ${url.pathname}`, {
      next: "try again; if it stays, look at the service's health",
    });
  }
  return text;
}

function parseAnswer<Document>(text: string, { host }: URL): Document {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${host} does not answer as HCP Terraform does`, { next: nameTheHost });
  }
}
