import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

// A HCP Terraform, as far as a run task asks it: it takes results and has plans, over TLS, on loopback under names of its own.

/** What it was asked. */
export interface Asked {
  /** `PATCH app.terraform.test/api/v2/task-results/1/callback`, without the port. */
  readonly request: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A result that a run task told. */
export interface ToldResult {
  readonly status: string;
  readonly message?: string;
  readonly url?: string;
  readonly outcomes?: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface RunTaskHost {
  /** With its port. */
  readonly host: string;
  /** Where it keeps plans. */
  readonly archivist: string;
  /** Finds both names on loopback, and trusts their certificate. */
  readonly agent: Agent;
  /** PEM of the certificate. */
  readonly certificate: string;
  readonly asked: readonly Asked[];
  /** The results that were told of a task. */
  results(id: string): ToldResult[];
  /** Waits until a result that is no `running` was told of a task. */
  finalResult(id: string): Promise<ToldResult>;
  /** What it answers to a path; undefined for what it answers usually. */
  answers: Record<string, Answer | undefined>;
  end(): void;
}

/** @param plan - JSON of every plan, or what answers with it */
export async function startRunTaskHost(
  plan: string | Answer,
  names = ["app.terraform.test", "archivist.terraform.test"],
) {
  const pair = certificate(names);
  const asked: Asked[] = [];
  const answers: Record<string, Answer | undefined> = {};
  const server = createServer(pair, async (request, response) => {
    const { method, url = "", headers } = request;
    const name = (headers.host ?? "").replace(/:\d+$/, "");
    const body = await text(request);
    asked.push({ request: `${method} ${name}${url}`, authorization: headers.authorization, body });
    const usual = /\/json-output$/.test(url) ? toArchivist : taken;
    const answer = answers[url] ?? (url.startsWith("/object/") ? given : usual);
    answer(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const [host = "", archivist = ""] = names.map((name) => `${name}:${port}`);
  const taken: Answer = (_, response) => response.writeHead(200).end();
  const toArchivist: Answer = (_, response) =>
    response.writeHead(307, { location: `https://${archivist || host}/object/plan` }).end("redirected");
  const given: Answer = (request, response) =>
    typeof plan === "string" ? response.writeHead(200).end(plan) : plan(request, response);
  const results = (id: string) =>
    asked
      .filter(({ request }) => request.endsWith(`/api/v2/task-results/${id}/callback`))
      .map(({ body }) => {
        const { attributes, relationships } = JSON.parse(body).data;
        return { ...attributes, ...(relationships ? { outcomes: relationships.outcomes.data } : {}) } as ToldResult;
      });
  const lookup = (_name: string, { all }: { all?: boolean }, found: (...words: unknown[]) => void) =>
    all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);
  return {
    host,
    archivist,
    agent: new Agent({ ca: pair.cert, lookup } as ConstructorParameters<typeof Agent>[0]),
    certificate: pair.cert,
    asked,
    results,
    finalResult: async (id: string) => {
      for (;;) {
        const final = results(id).find(({ status }) => status !== "running");
        if (final !== undefined) {
          return final;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    answers,
    end: () => {
      server.closeAllConnections();
      server.close();
    },
  } satisfies RunTaskHost;
}

/** A payload as HCP Terraform sends it at post-plan (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration). */
export function payload(host: string, id: string, changed: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    payload_version: 1,
    stage: "post_plan",
    access_token: `run.atlasv1.token-of-${id}`,
    capabilities: { outcomes: true },
    configuration_version_download_url: `https://${host}/api/v2/configuration-versions/cv-1/download`,
    configuration_version_id: "cv-1",
    is_speculative: false,
    organization_name: "acme",
    plan_json_api_url: `https://${host}/api/v2/plans/plan-${id}/json-output`,
    run_app_url: `https://${host}/app/acme/demo-network/runs/run-${id}`,
    run_created_at: "2026-11-27T21:00:00.000Z",
    run_created_by: "somebody",
    run_id: `run-${id}`,
    run_message: "Triggered via UI",
    task_result_callback_url: `https://${host}/api/v2/task-results/${id}/callback`,
    task_result_enforcement_level: "mandatory",
    task_result_id: id,
    vcs_branch: null,
    vcs_commit_url: null,
    vcs_pull_request_url: null,
    vcs_repo_url: null,
    workspace_app_url: `https://${host}/app/acme/demo-network`,
    workspace_id: "ws-1",
    workspace_name: "demo-network",
    workspace_working_directory: "",
    ...changed,
  });
}

export function signature(body: string, key: string): string {
  return createHmac("sha512", key).update(body).digest("hex");
}

/** Makes a certificate for names, and its key. */
function certificate(names: readonly string[]): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;
  const subject = ["-subj", `/CN=${names[0]}`, "-addext", alternatives];
  try {
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
