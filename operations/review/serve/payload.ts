import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";

// What HCP Terraform sends to a run task (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration).

/** A review that HCP Terraform asks for. */
export interface RunTask {
  /** The id of its result at HCP Terraform: a request that is sent again has the same. */
  readonly id: string;
  readonly run: string;
  readonly organization: string;
  readonly workspace: string;
  /** When it is asked for: `post_plan`. */
  readonly stage: string;
  /** Of this run, for a short time. */
  readonly token: string;
  /** Takes the result. */
  readonly callback: URL;
  /** Gives the plan as JSON; undefined where there is none yet. */
  readonly planJson: URL | undefined;
  /** Whether the result may have findings in it, one by one. */
  readonly takesOutcomes: boolean;
}

/** Something that was asked for, and is not done: what is wrong with it, without its text. */
export class Refusal extends Error {}

/** The token of the request by which HCP Terraform tries out a run task's address. */
const tokenOfTest = "test-token";

const name = z.string().min(1).max(256);

const payload = z.object({
  payload_version: z.literal(1),
  stage: name,
  access_token: z
    .string()
    .max(4096)
    .regex(/^[!-~]+$/),
  capabilities: z.object({ outcomes: z.boolean().optional() }).nullish(),
  organization_name: name,
  run_id: name,
  task_result_id: name,
  task_result_callback_url: z.string(),
  workspace_name: name,
  plan_json_api_url: z.string().nullish(),
});

/**
 * Returns whether a body was signed with the key. How long that takes says nothing of the right signature.
 * @param signature - of the header `x-tfc-task-signature`: an HMAC of SHA-512, in hex
 */
export function isSigned(body: Buffer, signature: string | undefined, key: string): boolean {
  const expected = createHmac("sha512", key).update(body).digest();
  const given = Buffer.from(/^[\da-f]{128}$/i.test(signature ?? "") ? (signature ?? "") : "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Reads what HCP Terraform asks for; nothing for its test, which is about the answer alone.
 * @param host - the one host that may be asked
 * @throws Refusal if it is anything else, or names another host
 */
export function readPayload(body: string, host: string): RunTask | undefined {
  const content = parsed(body);
  if (typeof content === "object" && content !== null && Reflect.get(content, "access_token") === tokenOfTest) {
    return undefined;
  }
  const { data, error } = payload.safeParse(content);
  if (data === undefined) {
    const members = [...new Set(error.issues.map(({ path }) => path.join(".")))].filter((path) => path !== "");
    throw new Refusal(`a body that is no run task's: ${members.join(", ") || "no object"}`);
  }
  const { plan_json_api_url: planJson } = data;
  return {
    id: data.task_result_id,
    run: data.run_id,
    organization: data.organization_name,
    workspace: data.workspace_name,
    stage: data.stage,
    token: data.access_token,
    callback: urlOf("task_result_callback_url", data.task_result_callback_url, host),
    planJson: planJson ? urlOf("plan_json_api_url", planJson, host) : undefined,
    takesOutcomes: data.capabilities?.outcomes === true,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal("a body that is no JSON");
  }
}

/** Only what is at the host may be asked: whoever has the key could otherwise have this program call what it can reach and they cannot. */
function urlOf(member: string, text: string, host: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.host !== host || url.username !== "" || url.password !== "") {
    throw new Refusal(`a ${member} that is not of https://${host}`);
  }
  return url;
}
