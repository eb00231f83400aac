import { shortMessage } from "../../platform/visible-text";
import { timed } from "../command/debug";
import { CommandError, Failure } from "../command/failure";

/** HCP Terraform, or a Terraform Enterprise, and somebody's token for it. */
export interface Hcp {
  /** The address of its API, with a `/` at the end: `https://app.terraform.io/api/v2/`. */
  readonly api: URL;
  readonly token: string;
}

const nameTheHost = "name the host of HCP Terraform, or of a Terraform Enterprise: --hcp-host, or TF_CLOUD_HOSTNAME";

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

/** What HCP Terraform answers, which may be a refusal. */
export interface HcpAnswer {
  readonly status: number;
  readonly text: string;
}

/** A call of the API. */
export interface HcpCall {
  /** @default "GET" */
  readonly method?: "GET" | "POST" | "PATCH";
  /** Below the API's address. */
  readonly path: string;
  /**
   * What is sent, as JSON.
   * @default - nothing
   */
  readonly body?: object;
}

/**
 * Makes a call of the API.
 * @throws Failure if it does not answer, or does not know the token
 */
export async function call({ api, token }: Hcp, { method = "GET", path, body }: HcpCall): Promise<HcpAnswer> {
  // Node's message about a header that cannot be sent would hold the token.
  if (!/^[!-~]+$/.test(token)) {
    throw new CommandError(`the token for ${api.host} holds characters that no token has, as a line end or a space`, {
      next: `terraform login ${api.host}`,
    });
  }
  // A redirect to another host, as to a plan's JSON, goes without the token (https://fetch.spec.whatwg.org/#http-redirect-fetch).
  const answer = await request(new URL(path, api), {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 401) {
    throw new Failure("no credentials", `${api.host} does not know the token`, `terraform login ${api.host}`);
  }
  return answer;
}

async function request(url: URL, options: RequestInit): Promise<HcpAnswer> {
  try {
    const ask = () => fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMilliseconds) });
    const what = `${options.method ?? "GET"} ${url.pathname} of ${url.host}`;
    const response = await timed(what, ask, ({ status }) => `${status}`);
    return { status: response.status, text: await response.text() };
  } catch (failure) {
    const { cause, message } = failure as Error & { readonly cause: Error | undefined };
    const why = shortMessage(cause?.message ?? message);
    throw new Failure("unreachable", `${url.host} cannot be reached: ${why}`, "check the way to the internet");
  }
}

/** Enough for a plan of 100 MB on a slow line. */
const timeoutMilliseconds = 300_000;

/** Returns the text of an answer; throws a Failure if it is a refusal. */
export function bodyOf({ status, text }: HcpAnswer, url: URL): string {
  if (status >= 300) {
    const next = "try again; if it stays, look at the service's health";
    throw new Failure("unexpected", `${url.host} answers ${status} to ${url.pathname}`, next);
  }
  return text;
}

export function parseAnswer<Document>(text: string, { host }: URL): Document {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${host} does not answer as HCP Terraform does`, { next: nameTheHost });
  }
}

/** Returns what the API says of why it refuses a call. */
export function reasonIn(text: string): string {
  try {
    const { errors = [] }: { errors?: { detail?: string; title?: string }[] } = JSON.parse(text);
    return errors.map(({ detail, title }) => detail ?? title ?? "").join("; ") || "it does not say why";
  } catch {
    return "it does not say why";
  }
}
