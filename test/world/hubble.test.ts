import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";

import { clusters } from "../../settings";
import { hubbleRole } from "../support/documented";
import { type BareCluster, startBareCluster } from "./bare-cluster";

/** What the program is told to look for; it reads the settings that people edit. */
const { name = "", region = "" } = clusters[0] ?? {};

let ui: Server;
let cluster: BareCluster;
const started: ChildProcess[] = [];

beforeAll(async () => {
  ui = createServer(({ url }, answer) => (url === "/flows" ? answer.write("flow") : answer.end("Hubble")));
  ui.listen(0, "127.0.0.1");
  await once(ui, "listening");
  cluster = await startBareCluster(name, region, portOf(ui));
}, 120_000);

afterAll(async () => {
  for (const child of started) {
    child.kill("SIGKILL");
  }
  ui?.close();
  await cluster?.end();
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** What the program prints, as far as it came. */
interface Program {
  output(): string;
  /** Waits until it has printed this. */
  printed(pattern: RegExp): Promise<string>;
  end(signal: "SIGINT" | "SIGTERM"): void;
  readonly code: Promise<number | null>;
}

function hubble(...args: readonly string[]): Program {
  return programThatPrints("pipe", ...args);
}

/** @param out - where its standard output goes: to the test, or to an open file */
function programThatPrints(out: "pipe" | number, ...args: readonly string[]): Program {
  const child = spawn(process.execPath, ["scripts/run.mjs", "operations/hubble/main.ts", ...args], {
    // Jest has a copy of its own, which is not what a child gets by itself.
    env: process.env,
    stdio: ["ignore", out, "pipe"],
  });
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  return {
    output: () => output,
    printed: (pattern) => eventually(async () => pattern.exec(output)?.[1] ?? pattern.exec(output)?.[0]),
    end: (signal) => child.kill(signal),
    code: once(child, "close").then(([code]) => code),
  };
}

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error("it did not come about in two minutes");
}

const address = /(http:\/\/127\.0\.0\.1:\d+)/;

/** Asked anew each time, as a browser that was closed and opened again. */
async function shown(at: string): Promise<string> {
  const answer = await fetch(at, { headers: { connection: "close" }, signal: AbortSignal.timeout(30_000) });
  return answer.text();
}

/** Has the UI send flows; what is returned resolves when they end. */
async function streaming(at: string): Promise<Promise<unknown>[]> {
  const { body } = await fetch(`${at}/flows`);
  const reader = body?.getReader();
  await reader?.read();
  // In a list, so that nobody waits for it yet.
  return [reader?.read().catch(() => undefined) ?? Promise.resolve()];
}

async function refused(...args: readonly string[]): Promise<string> {
  const program = hubble(...args);
  expect(await program.code).toBe(1);
  return program.output();
}

const uiDeployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "hubble-ui", namespace: "kube-system" },
  spec: {
    replicas: 1,
    selector: { matchLabels: { "k8s-app": "hubble-ui" } },
    template: {
      metadata: { labels: { "k8s-app": "hubble-ui" } },
      spec: { containers: [{ name: "frontend", image: "hubble-ui", ports: [{ containerPort: 8081 }] }] },
    },
  },
};

test("somebody who may not forward ports hears what is missing", async () => {
  expect(await refused(name)).toMatch(
    /^error: the cluster does not let you get and create pods\/portforward in kube-system\n {2}next: /,
  );
});

test("with the rights that docs/hubble.md names, a cluster without Hubble's UI is told from one whose UI is not ready", async () => {
  await cluster.kubectl.apply(hubbleRole);
  expect(await refused(name)).toMatch(/^error: there is no Deployment kube-system\/hubble-ui\n {2}next: /);

  await cluster.kubectl.apply(JSON.stringify({ ...uiDeployment, spec: { ...uiDeployment.spec, replicas: 0 } }));
  expect(await refused(name)).toMatch(/^error: no pod of hubble-ui is ready\n {2}next: kubectl /);
});

test("the UI is shown on the loopback address, and on no other", async () => {
  await cluster.kubectl.apply(JSON.stringify(uiDeployment));
  await podName();
  const program = hubble(name, "--port", "0");
  const at = await program.printed(address);

  expect(await shown(at)).toBe("Hubble");
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address: other } of others.filter(({ internal, family }) => !internal && family === "IPv4")) {
    await expect(shown(at.replace("127.0.0.1", other))).rejects.toThrow("fetch failed");
  }
  program.end("SIGINT");
  expect(await program.code).toBe(0);
});

test("a full disk ends it as it ends all commands", async () => {
  const full = openSync("/dev/full", "w");
  const program = programThatPrints(full, name, "--port", "0");

  expect(await program.code).toBe(1);
  expect(program.output()).toMatch(/^error: .*no space left/);
  closeSync(full);
});

test("when the pod moves, the next request goes to where it is, and connections to where it was are closed", async () => {
  const before = await podName();
  const program = hubble(name, "--port", "0");
  const at = await program.printed(address);
  await program.printed(new RegExp(`forwarding to ${before}`));
  const [ended] = await streaming(at);

  await cluster.kubectl.run(["delete", "pod", before, "--namespace=kube-system"]);
  const after = await eventually(async () => ((await podName()) === before ? undefined : podName()));
  await program.printed(new RegExp(`forwarding to ${after}`));
  await ended;

  expect(await eventually(() => shown(at))).toBe("Hubble");
  program.end("SIGTERM");
  expect(await program.code).toBe(0);
});

test("Ctrl-C ends it at once, whatever is open", async () => {
  const program = hubble(name, "--port", "0");
  const at = await program.printed(address);
  const [ended] = await streaming(at);
  program.end("SIGINT");

  expect(await program.code).toBe(0);
  await ended;
});

test("a port that is taken is named", async () => {
  const taken = portOf(ui);

  expect(await refused(name, "--port", `${taken}`)).toBe(
    `error: port ${taken} is taken\n  next: choose another: --port ${taken + 1}, or --port 0 for any that is free\n`,
  );
});

test("an API that does not answer is named, with what most probably keeps it", async () => {
  await cluster.silence();

  expect(await refused(name)).toMatch(/^error: the Kubernetes API at \S+ does not answer \(ECONNREFUSED\)\n {2}next: /);
});

/** The only one that is there, once it is ready. */
async function podName(): Promise<string> {
  await cluster.kubectl.run(["rollout", "status", "deployment/hubble-ui", "--namespace=kube-system", "--timeout=20s"]);
  const selected = ["--namespace=kube-system", "--selector=k8s-app=hubble-ui", "--output=json"];
  const { items } = JSON.parse(await cluster.kubectl.run(["get", "pods", ...selected]));
  const [{ metadata }] = items.filter(
    (pod: { metadata: { deletionTimestamp?: string } }) => !pod.metadata.deletionTimestamp,
  );
  return metadata.name;
}
