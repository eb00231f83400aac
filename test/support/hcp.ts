import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { type Hcp, type HcpOptions, startHcp } from "../../rehearsal/hcp/hcp";

/** Bodies of answers are looked at member by member. */
export interface HcpAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test expects what is there, and fails where it is not.
  readonly body: any;
}

/** HCP Terraform's stand-in in a folder of its own, with the organization acme and the token `secret` of its owner. */
export class HcpForTests {
  readonly folder = mkdtempSync(join(tmpdir(), "hcp-rehearsal-"));
  private started: Hcp | undefined;

  constructor(private readonly options: Partial<HcpOptions> = {}) {}

  /** Starts one before the tests of a file, without TLS unless they say otherwise, and ends it after them. */
  static forTests(options: Partial<HcpOptions> = {}): HcpForTests {
    const hcp = new HcpForTests(options);
    beforeAll(() => hcp.start());
    afterAll(async () => {
      await hcp.stop();
      rmSync(hcp.folder, { recursive: true });
    });
    return hcp;
  }

  async start(): Promise<void> {
    const standard = { folder: join(this.folder, "state"), organizations: ["acme"], token: "secret", tls: false };
    this.started = await startHcp({ ...standard, ...this.options });
  }

  async stop(): Promise<void> {
    await this.hcp.close();
  }

  get hcp(): Hcp {
    if (this.started === undefined) {
      throw new Error("it is not started");
    }
    return this.started;
  }

  /** Makes a call of the API: a path below `/api/v2/`. */
  call(method: string, path: string, body?: unknown, token = "secret"): Promise<HcpAnswer> {
    return this.request(method, `${this.hcp.url}/api/v2/${path}`, body, { authorization: `Bearer ${token}` });
  }

  /** Makes a call that only a rehearsal can make. */
  async control(method: string, name: string, body?: unknown): Promise<HcpAnswer["body"]> {
    return (await this.request(method, `${this.hcp.url}/_rehearsal/${name}`, body, {})).body;
  }

  /** Makes any call; trusts the certificate of the stand-in, which fetch could not be told to. */
  request(method: string, url: string, body: unknown, headers: Record<string, string>): Promise<HcpAnswer> {
    const { certificate } = this.hcp;
    const trust = certificate === undefined ? {} : { ca: readFileSync(certificate) };
    const send = url.startsWith("https:") ? requestHttps : requestHttp;
    const content = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const type = { "content-type": "application/vnd.api+json" };
    // Without its length, Node sends no body with DELETE.
    const length = content === undefined ? {} : { "content-length": Buffer.byteLength(content) };
    const options = { method, headers: { ...type, ...length, ...headers }, agent: false, ...trust };
    return new Promise((resolve, reject) => {
      const request = send(url, options, async (response) => {
        const answer = await text(response);
        const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(Object.fromEntries(received)),
          body: answer === "" ? null : JSON.parse(answer),
        });
      });
      request.on("error", reject);
      request.end(content);
    });
  }

  /** Makes a resource, and returns it. */
  async make(path: string, type: string, attributes: object, relationships = {}): Promise<HcpAnswer["body"]> {
    const { status, body } = await this.call("POST", path, { data: { type, attributes, relationships } });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.data;
  }

  workspace(name: string, attributes: object = {}): Promise<HcpAnswer["body"]> {
    return this.make("organizations/acme/workspaces", "workspaces", { name, ...attributes });
  }

  /** Returns a workspace's id, which has a configuration, so that runs can be made in it. */
  async workspaceWithConfiguration(name: string, attributes: object = {}): Promise<string> {
    const { id } = await this.workspace(name, attributes);
    const path = `workspaces/${id}/configuration-versions`;
    const version = await this.make(path, "configuration-versions", { "auto-queue-runs": false });
    await this.request("PUT", version.attributes["upload-url"], "archive", {});
    return id;
  }

  async run(workspace: string, attributes: object = {}): Promise<HcpAnswer["body"]> {
    return this.make("runs", "runs", attributes, { workspace: { data: { type: "workspaces", id: workspace } } });
  }

  /** Waits until a run is in a status, or for ten seconds. */
  async until(run: string, ...statuses: readonly string[]): Promise<HcpAnswer["body"]> {
    const end = Date.now() + 10_000;
    for (;;) {
      const { data } = (await this.call("GET", `runs/${run}`)).body;
      if (statuses.includes(data.attributes.status) || Date.now() > end) {
        expect(statuses).toContain(data.attributes.status);
        return data;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** A plan's JSON that makes one resource. */
export const planThatCreates = {
  format_version: "1.2",
  resource_changes: [
    {
      address: "terraform_data.one",
      mode: "managed",
      type: "terraform_data",
      name: "one",
      change: { actions: ["create"], before: null, after: {} },
    },
  ],
};

/** A state file that holds one resource and two outputs. */
export function stateFile(serial: number, instances = 1) {
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial,
    lineage: "one",
    outputs: {
      name: { value: "x", type: "string" },
      key: { value: "hidden", type: "string", sensitive: true },
      list: { value: ["a"], type: ["tuple", ["string"]] },
    },
    resources: [
      {
        mode: "managed",
        type: "terraform_data",
        name: "one",
        provider: 'provider["terraform.io/builtin/terraform"]',
        instances: Array.from({ length: instances }, (_, index_key) => ({
          index_key,
          attributes: { id: `${index_key}` },
        })),
      },
    ],
  };
}
