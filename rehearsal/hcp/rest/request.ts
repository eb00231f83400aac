import type { Store } from "../records/store";
import type { Token } from "../records/token";
import type { Runs } from "../runs/runs";

export type JsonObject = Readonly<Record<string, unknown>>;

export interface HcpRequest {
  readonly store: Store;
  readonly runs: Runs;
  /** Who asks. */
  readonly token: Token;
  /** Where the stand-in is, without a slash at the end. */
  readonly origin: string;
  /** Where blobs are, without a slash at the end. */
  readonly archivist: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** Adds what the call has changed to its entry of the journal. */
  readonly note: (facts: Partial<HcpChange>) => void;
}

/** What a call changed. */
export interface HcpChange {
  readonly organization: string;
  /** Name of the workspace. */
  readonly workspace: string;
  /** Type and id of what was made, changed or deleted. */
  readonly resource: string;
  /** Who did it. */
  readonly by: string;
}

/** What JSON:API calls a resource. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: JsonObject;
  /**
   * Other resources that it names.
   * @default - none
   */
  readonly relationships?: Readonly<Record<string, Relationship>>;
  /**
   * Addresses, without the host.
   * @default - none
   */
  readonly links?: Readonly<Record<string, string>>;
}

export interface Relationship {
  readonly data: Linkage | readonly Linkage[] | null;
}

export interface Linkage {
  readonly type: string;
  readonly id: string;
}

export interface RestResponse {
  readonly status: number;
  /**
   * One resource or a list, which is divided into pages.
   * @default - an answer without a body
   */
  readonly data?: Resource | readonly Resource[];
  /**
   * A body that is no JSON:API.
   * @default - the data
   */
  readonly body?: object;
  /**
   * Where the client is sent.
   * @default - nowhere
   */
  readonly location?: string;
}

export function ok(data: Resource | readonly Resource[], status = 200): RestResponse {
  return { status, data };
}

export const noContent: RestResponse = { status: 204 };

/** What HCP answers to a request that it does later. */
export const accepted: RestResponse = { status: 202 };

/** A call that the API knows: method, path below `/api/v2` with parameters as `:id`, and what answers it. */
export type Route = readonly [
  method: string,
  path: string,
  respond: (request: HcpRequest, ...parameters: readonly string[]) => RestResponse | Promise<RestResponse>,
];

export function toOne(type: string, id: string | null | undefined): Relationship {
  return { data: id == null ? null : { type, id } };
}

export function toMany(type: string, ids: readonly string[]): Relationship {
  return { data: ids.map((id) => ({ type, id })) };
}
