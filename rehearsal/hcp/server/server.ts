import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from "node:http";
import { setTimeout } from "node:timers/promises";

import { type Fault, Faults } from "../../control/faults";
import { Journal } from "../../control/journal";
import { RefusedControl } from "../../control/refused-control";
import { now } from "../records/now";
import type { Store } from "../records/store";
import type { Token } from "../records/token";
import { ApiError } from "../rest/api-error";
import { rendered } from "../rest/rendered";
import type { HcpChange, HcpRequest } from "../rest/request";
import { respond } from "../rest/routes";
import type { Runs } from "../runs/runs";
import type { ScriptedTerraform } from "../runs/scripted-terraform";
import { answerObject } from "./archivist";
import { control } from "./control";
import { bearerToken, type Exchange, exchangeOf, readJson } from "./exchange";

export interface ServerOptions {
  readonly store: Store;
  readonly runs: Runs;
  readonly terraform: ScriptedTerraform;
  /** Where the stand-in is, without a slash at the end. */
  readonly origin: string;
  /** Where blobs are, without a slash at the end. */
  readonly archivist: string;
  /** Whether each call is written to standard output. */
  readonly logs: boolean;
}

interface HttpAnswer {
  readonly status: number;
  readonly body: object | Buffer | undefined;
  readonly headers: OutgoingHttpHeaders;
}

const discovery = { "tfe.v2": "/api/v2/", "tfe.v2.1": "/api/v2/", "tfe.v2.2": "/api/v2/", "state.v2": "/api/v2/" };

/** HCP Terraform's API, its store of blobs, and the calls by which a rehearsal looks on and has things fail. */
export class HcpServer {
  readonly faults = new Faults();
  readonly journal = new Journal<HcpChange>();

  constructor(private readonly options: ServerOptions) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = exchangeOf(request, response);
    const { method, url } = exchange;
    if (url.pathname.startsWith("/_rehearsal/")) {
      send(exchange, await answered(() => this.control(exchange)));
      return;
    }
    const fault = this.faults.hit(method, url.pathname.replace(/^\/api\/v2(?=\/)/, "") + url.search);
    if (fault?.delay) {
      await setTimeout(fault.delay);
    }
    const strike = fault?.status || fault?.close ? fault : undefined;
    if (strike && !strike.after) {
      this.strike(exchange, strike, undefined);
      return;
    }
    const answer = await answered(() => this.answer(exchange));
    this.options.store.save();
    if (strike) {
      this.strike(exchange, strike, answer.status);
      return;
    }
    this.record(exchange, { status: answer.status });
    this.log(exchange, `${answer.status}`);
    send(exchange, answer);
  }

  private async control({ request, method, url }: Exchange): Promise<HttpAnswer> {
    const call = `${method} ${url.pathname.slice("/_rehearsal/".length)}`;
    const { faults, journal } = this;
    const body = await control({ ...this.options, faults, journal }, call, await readJson(request));
    this.options.store.save();
    return { status: 200, body, headers: {} };
  }

  private async answer(exchange: Exchange): Promise<HttpAnswer> {
    const { store, runs } = this.options;
    const { request, url } = exchange;
    if (url.pathname === "/.well-known/terraform.json") {
      return { status: 200, body: discovery, headers: { "content-type": "application/json" } };
    }
    if (/^(?:\/_archivist)?\/v1\/object\//.test(url.pathname)) {
      const { status, body } = await answerObject(store, runs, request, url);
      return { status, body, headers: {} };
    }
    if (!url.pathname.startsWith("/api/v2/")) {
      throw new ApiError(404, { title: "not found" });
    }
    return this.rest(exchange);
  }

  private async rest(exchange: Exchange): Promise<HttpAnswer> {
    const { request, method, url } = exchange;
    const token = this.tokenOf(request);
    const path = url.pathname.slice("/api/v2".length);
    if (path === "/ping") {
      return { status: 204, body: undefined, headers: {} };
    }
    exchange.change = { by: token.name };
    const { store, runs, origin, archivist } = this.options;
    const call: HcpRequest = {
      store,
      runs,
      token,
      origin,
      archivist,
      query: url.searchParams,
      body: await readJson(request),
      note: (facts) => {
        exchange.change = { ...exchange.change, ...facts };
      },
    };
    const response = await respond(call, method, path);
    const { status, location } = response;
    return { status, body: rendered(call, response), headers: location === undefined ? {} : { location } };
  }

  private tokenOf(request: IncomingMessage): Token {
    const token = this.options.store.tokens.get(bearerToken(request) ?? "");
    if (token === undefined || (token.expires !== null && token.expires < Date.now())) {
      throw new ApiError(401, { title: "unauthorized" });
    }
    return token;
  }

  /**
   * Answers as the fault has it.
   * @param done - status of the work whose answer is lost; undefined where none was done
   */
  private strike(exchange: Exchange, fault: Fault, done: number | undefined): void {
    const { close, status = 500, message = STATUS_CODES[status] ?? "", body, headers = {} } = fault;
    const sent = close ? "close" : status;
    this.log(exchange, `fault ${sent}`);
    this.record(exchange, { ...(done === undefined ? {} : { status: done }), fault: sent });
    if (close) {
      exchange.request.socket.destroy();
      return;
    }
    const said = typeof body === "object" && body !== null ? body : new ApiError(status, { title: message }).body;
    send(exchange, { status, body: said, headers });
  }

  /** Journals a call, unless it only reads. */
  private record({ method, url, change }: Exchange, outcome: { status?: number; fault?: number | string }): void {
    if (method !== "GET") {
      this.journal.add({ method, path: url.pathname, ...change, ...outcome });
    }
  }

  private log({ method, url }: Exchange, outcome: string): void {
    if (this.options.logs) {
      // Addresses of blobs are secrets.
      process.stdout.write(`${now()} ${method} ${url.pathname.replace(/(\/object\/).*/, "$1…")} ${outcome}\n`);
    }
  }
}

/** Returns an error as the answer that says it. */
async function answered(work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown instanceof RefusedControl ? new ApiError(422, { title: thrown.message }) : thrown;
    if (error instanceof ApiError) {
      return { status: error.status, body: error.body, headers: {} };
    }
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
    return { status: 500, body: new ApiError(500, { title: String(thrown) }).body, headers: {} };
  }
}

/** The API's version is the lowest that Terraform's `cloud` backend takes and more; the limit of calls is never reached. */
const standardHeaders = { "tfp-api-version": "2.6", "tfp-appname": "HCP Terraform", "x-ratelimit-limit": "1000" };

function send({ response }: Exchange, { status, body, headers }: HttpAnswer): void {
  const isBlob = Buffer.isBuffer(body);
  const type = isBlob ? "application/octet-stream" : "application/vnd.api+json";
  const content = body === undefined ? {} : { "content-type": type };
  response.writeHead(status, { ...standardHeaders, ...content, ...headers });
  response.end(isBlob || body === undefined ? body : JSON.stringify(body));
}
