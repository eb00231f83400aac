import type { Accounts } from "../repositories/accounts";
import type { HostedRepository } from "../repositories/hosted-repository";

export type JsonObject = Readonly<Record<string, unknown>>;

export interface RestRequest {
  readonly accounts: Accounts;
  /** Where the server is, without a slash at the end. */
  readonly server: string;
  /** Where the client takes the API to be: the server, or `/api/v3` below it, as in GitHub Enterprise. */
  readonly api: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** Adds what the call has changed to its entry of the journal. */
  readonly note: (facts: Partial<RepositoryChange>) => void;
}

/** A request below `/repos/{owner}/{repo}`. */
export interface RepositoryRequest extends RestRequest {
  readonly repository: HostedRepository;
}

/** What a call changed in a repository. */
export interface RepositoryChange {
  /** With its owner. */
  readonly repository: string;
  readonly branch: string;
  readonly file: string;
  /** Head of the branch after it; null if the branch was deleted. */
  readonly commit: string | null;
  /** Head of the branch before it; null if there was no branch. */
  readonly parent: string | null;
}

export interface RestResponse {
  readonly status: number;
  /** Undefined for an answer without a body. */
  readonly body: unknown;
}

export function ok(body: unknown, status = 200): RestResponse {
  return { status, body };
}

export const noContent: RestResponse = { status: 204, body: undefined };

/**
 * A call that the API knows: method, path and what answers it. A path has at most one parameter, which is handed on decoded: `:name` for
 * one component, or `/*` for all that follow.
 */
export type Route<Request extends RestRequest> = readonly [
  method: string,
  path: string,
  respond: (request: Request, parameter: string) => RestResponse | Promise<RestResponse>,
];

/** Returns a field of a body if it is text. */
export function textField(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
