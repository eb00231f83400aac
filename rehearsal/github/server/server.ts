import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from "node:http";
import { setTimeout } from "node:timers/promises";

import { type Fault, Faults } from "../../control/faults";
import { Journal } from "../../control/journal";
import { RefusedControl } from "../../control/refused-control";
import type { Accounts } from "../repositories/accounts";
import { now } from "../repositories/now";
import { HttpError, unprocessable } from "../rest/http-error";
import type { RepositoryChange, RestResponse } from "../rest/request";
import { respond } from "../rest/routes";
import { control } from "./control";
import { presentedSecrets } from "./credentials";
import { type Exchange, exchangeOf, readJson } from "./exchange";
import { gitCall, serveGit } from "./git-http";
import { rateLimitHeaders, sendJson } from "./json-response";

export interface ServerOptions {
  readonly accounts: Accounts;
  /** The one token that may do everything. */
  readonly token: string;
  /** Folder of the hooks that git runs when something is pushed. */
  readonly hooks: string;
}

/** GitHub's REST API, Git over HTTP, and the calls by which a rehearsal looks on and has things fail. */
export class GithubServer {
  private readonly faults = new Faults();
  private readonly journal = new Journal<RepositoryChange>();
  private restCalls = 0;

  constructor(private readonly options: ServerOptions) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = exchangeOf(request, response);
    const { method, url } = exchange;
    if (url.pathname.startsWith("/_rehearsal/")) {
      this.send(exchange, await answered(() => this.control(exchange)));
      return;
    }
    const fault = this.faults.hit(method, url.pathname + url.search);
    if (fault?.delay) {
      await setTimeout(fault.delay);
    }
    const strike = fault?.status || fault?.close ? fault : undefined;
    if (strike && !strike.after) {
      this.strike(exchange, strike, undefined);
      return;
    }
    const call = gitCall(url);
    if (call) {
      await serveGit(request, response, call, { ...this.options, journal: this.journal });
      return;
    }
    const answer = await answered(() => this.rest(exchange));
    log(exchange, `${answer.status}${strike ? " (withheld)" : ""}`);
    if (strike) {
      this.strike(exchange, strike, answer.status);
      return;
    }
    this.record(exchange, { status: answer.status });
    this.send(exchange, answer);
  }

  private async control({ request, method, url }: Exchange): Promise<RestResponse> {
    const call = `${method} ${url.pathname.slice("/_rehearsal/".length)}`;
    const { faults, journal } = this;
    const { accounts } = this.options;
    return { status: 200, body: await control({ accounts, faults, journal }, call, await readJson(request)) };
  }

  private async rest(exchange: Exchange): Promise<RestResponse> {
    const { request, method, url, server, api } = exchange;
    const { accounts, token } = this.options;
    const body = await readJson(request);
    this.restCalls += 1;
    const secrets = presentedSecrets(request);
    if (secrets === undefined) {
      throw new HttpError(401, "Requires authentication");
    }
    if (!secrets.includes(token)) {
      throw new HttpError(401, "Bad credentials");
    }
    const note = (facts: Partial<RepositoryChange>) => {
      exchange.change = { ...exchange.change, ...facts };
    };
    return respond({ accounts, server, api, query: url.searchParams, body, note }, method, url.pathname);
  }

  /**
   * Answers as the fault has it.
   * @param done - status of the work whose answer is lost; undefined where none was done
   */
  private strike(exchange: Exchange, fault: Fault, done: number | undefined): void {
    const { close, status = 500, message = STATUS_CODES[status] ?? "", body, headers = {} } = fault;
    const sent = close ? "close" : status;
    log(exchange, `fault ${sent}`);
    this.record(exchange, { ...(done === undefined ? {} : { status: done }), fault: sent });
    if (close) {
      exchange.request.socket.destroy();
      return;
    }
    this.send(exchange, { status, body: body ?? new HttpError(status, message).body }, headers);
  }

  /** Journals a call, unless it only reads. */
  private record({ method, url, change }: Exchange, outcome: { status?: number; fault?: number | string }): void {
    if (method !== "GET") {
      this.journal.add({ method, path: url.pathname, ...change, ...outcome });
    }
  }

  private send({ request, response }: Exchange, answer: RestResponse, headers: OutgoingHttpHeaders = {}): void {
    sendJson(request, response, { ...answer, headers: { ...rateLimitHeaders(this.restCalls), ...headers } });
  }
}

/** Returns an error as the answer that says it. */
async function answered(work: () => Promise<RestResponse>): Promise<RestResponse> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown instanceof RefusedControl ? unprocessable(thrown.message) : thrown;
    if (error instanceof HttpError) {
      return { status: error.status, body: error.body };
    }
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
    return { status: 500, body: new HttpError(500, String(thrown)).body };
  }
}

function log({ method, request }: Exchange, outcome: string): void {
  process.stdout.write(`${now()} ${method} ${request.url} ${outcome}\n`);
}
