import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bodies of answers are looked at member by member. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test expects what is there, and fails where it is not.
  readonly body: any;
}

/** The stand-in for GitHub in a folder of its own, with the organization acme, its repository platform, and the token `secret`. */
export class GithubServer {
  readonly folder = mkdtempSync(join(tmpdir(), "github-rehearsal-"));
  /** Folder that it was started on. */
  readonly state = join(this.folder, "state");
  private url = "";

  /** Starts one before the tests of a file, and ends it after them. */
  static forTests(...options: readonly string[]): GithubServer {
    const server = new GithubServer();
    beforeAll(() => server.start(...options));
    afterAll(() => {
      server.stop();
      rmSync(server.folder, { recursive: true });
    });
    return server;
  }

  start(...options: readonly string[]): void {
    const standard = ["--owner", "acme", "--token", "secret", "--repository", "platform"];
    const environment = run("start", ...standard, ...options, this.state);
    this.url = /GITHUB_BASE_URL=(\S+)/.exec(environment)?.[1] ?? "";
  }

  stop(): void {
    run("stop", this.state);
  }

  /** Variables by which Terraform's provider finds it. */
  get environment() {
    return { GITHUB_BASE_URL: this.url, GITHUB_TOKEN: "secret" };
  }

  /** URL of a path. */
  at(path: string): string {
    return new URL(path, this.url).href;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = bearer,
  ): Promise<Answer> {
    const response = await fetch(this.at(path), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  }

  /** Writes a file of acme/platform. */
  put(path: string, text: string, fields: object = {}): Promise<Answer> {
    const content = Buffer.from(text).toString("base64");
    return this.call("PUT", `repos/acme/platform/contents/${path}`, { message: `Write ${path}`, content, ...fields });
  }

  /** Makes a call that only a rehearsal can make. */
  async control(method: string, name: string, body?: unknown): Promise<Answer["body"]> {
    return (await this.call(method, `_rehearsal/${name}`, body)).body;
  }

  /** Runs git in the folder. */
  git(...args: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync("git", args, {
      encoding: "utf8",
      cwd: this.folder,
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  }
}

const bearer = { authorization: "Bearer secret" };

/** Runs one of the programs that start and stop it, and returns what it prints. */
export function run(program: "start" | "stop", ...args: readonly string[]): string {
  return execFileSync(join("rehearsal/github", program), args, { encoding: "utf8", stdio: "pipe" });
}

/** A deploy key's public half. */
export const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";
