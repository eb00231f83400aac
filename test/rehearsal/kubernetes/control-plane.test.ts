import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
  stopControlPlane,
} from "../../../rehearsal/kubernetes/control-plane";
import { definitionsFolder } from "../../../rehearsal/kubernetes/definitions";
import { kubelab } from "../../../rehearsal/kubernetes/kubelab";
import { isRunning, processesIn } from "../../../rehearsal/kubernetes/processes";
import { holdLabel } from "../../../rehearsal/kubernetes/stages";
import { pinOf } from "../../../rehearsal/setup/upstream-files";
import { Kubectl } from "../../../rehearsal/world/kubectl";

const folder = mkdtempSync(join(tmpdir(), "control-plane-"));
const webhook = createServer((request, answer) => {
  let body = "";
  request.on("data", (text) => {
    body += text;
  });
  request.on("end", () => {
    const { apiVersion, kind, spec } = JSON.parse(body);
    const status = { authenticated: spec.token === "good", user: { username: "somebody" } };
    answer.setHeader("content-type", "application/json").end(JSON.stringify({ apiVersion, kind, status }));
  });
});
let plane: ControlPlane;
let kubectl: Kubectl;

beforeAll(async () => {
  await new Promise<void>((done) => webhook.listen(0, "127.0.0.1", done));
  await start();
});

afterAll(async () => {
  await stopControlPlane(folder);
  webhook.close();
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<ControlPlaneOptions> = {}): Promise<void> {
  plane = await startControlPlane({ folder, authentication: `http://127.0.0.1:${portOf(webhook)}/`, ...options });
  kubectl = new Kubectl(plane.kubeconfig);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Waits until kubectl prints this. */
async function printed(words: readonly string[], text: string): Promise<void> {
  for (let last = ""; last !== text; last = await kubectl.run([...words])) {
    await setTimeout(100);
  }
}

const readiness = (name: string) => [
  "get",
  "node",
  name,
  '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}',
];

test("it answers its administrator, who may do everything", async () => {
  expect(await kubectl.run(["auth", "can-i", "*", "*", "--all-namespaces"])).toBe("yes\n");
});

test("it is what is pinned", async () => {
  const { serverVersion } = JSON.parse(await kubectl.run(["version", "--output=json"]));
  const { version } = pinOf({ module: "k8s.io/kubernetes", pinnedIn: kubelab.folder });

  expect(serverVersion).toMatchObject({ gitVersion: version, major: "1" });
});

test("it listens on loopback alone, and lets nobody in without a certificate or a token", async () => {
  expect(new URL(plane.address).hostname).toBe("127.0.0.1");
  await expect(bearing("bad")).rejects.toThrow(/Unauthorized|must be logged in/);
});

test("it asks the webhook who the bearer of a token is", async () => {
  expect(JSON.parse(await bearing("good")).status.userInfo.username).toBe("somebody");
});

/** Asks who a token's bearer is, as that bearer. */
async function bearing(token: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    "kubectl",
    [
      "auth",
      "whoami",
      "--output=json",
      `--server=${plane.address}`,
      `--certificate-authority=${plane.certificateAuthority}`,
      `--token=${token}`,
    ],
    { env: { ...process.env, KUBECONFIG: "/dev/null" } },
  );
  return stdout;
}

test("keys and kubeconfigs are for their owner alone", () => {
  const mode = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);

  expect(["", "pki"].map(mode)).toEqual(["700", "700"]);
  expect(["kubeconfig", "kwok.kubeconfig", "pki/ca.key", "pki/admin.key", "pki/sa.key"].map(mode)).toEqual(
    new Array(5).fill("600"),
  );
});

test("a second start on the same folder is refused", async () => {
  await expect(start()).rejects.toThrow(/is still running/);
  expect(await kubectl.run(["get", "--raw", "/readyz"])).toBe("ok");
});

test("a node becomes Ready, but for one with the label that holds it", async () => {
  const node = (name: string, labels: object) => ({ apiVersion: "v1", kind: "Node", metadata: { name, labels } });
  await kubectl.apply(JSON.stringify(node("held", { [holdLabel]: "yes" })));
  await kubectl.apply(JSON.stringify(node("free", {})));
  await printed(readiness("free"), "True");

  expect(await kubectl.run(readiness("held"))).not.toBe("True");

  await kubectl.run(["label", "node", "held", `${holdLabel}-`]);
  await printed(readiness("held"), "True");
});

test("controllers and scheduler work: a Deployment's pods run, and a Job's end", async () => {
  await kubectl.run(["create", "deployment", "web", "--image=example/web", "--replicas=2"]);
  await kubectl.run(["create", "job", "once", "--image=example/once"]);

  await kubectl.run(["rollout", "status", "deployment/web", "--timeout=60s"]);
  await kubectl.run(["wait", "--for=condition=Complete", "job/once", "--timeout=60s"]);
});

test("it takes the CustomResourceDefinitions of Cilium, Flux and Karpenter", async () => {
  for (const owner of ["cilium", "flux", "karpenter"] as const) {
    await kubectl.run(["apply", "--server-side", `--filename=${await definitionsFolder(owner)}`]);
  }
  await kubectl.run(["wait", "--for=condition=Established", "customresourcedefinitions", "--all", "--timeout=60s"]);

  const names = await kubectl.run(["get", "customresourcedefinitions", "--output=name"]);
  for (const name of ["ciliumnodes.cilium.io", "gitrepositories.source.toolkit.fluxcd.io", "nodepools.karpenter.sh"]) {
    expect(names).toContain(`/${name}\n`);
  }
});

test("a start that fails says why, and leaves nothing running", async () => {
  const other = join(folder, "other");
  const wrong = startControlPlane({ folder: other, only: "api", apiServerFlags: ["--no-such-flag"] });

  await expect(wrong).rejects.toThrow(/kube-apiserver has ended[\s\S]*unknown flag: --no-such-flag/);
  expect(processesIn(other)).toEqual([]);
  expect(existsSync(join(other, "log", "etcd.log"))).toBe(true);
});

test("a restart keeps port and state, and the kubeconfig stays good", async () => {
  const { address } = plane;
  const kubeconfig = readFileSync(plane.kubeconfig, "utf8");
  await kubectl.run(["create", "configmap", "kept"]);
  await stopControlPlane(folder);
  await start();

  expect(plane.address).toBe(address);
  expect(readFileSync(plane.kubeconfig, "utf8")).toBe(kubeconfig);
  expect(await kubectl.run(["get", "configmap", "kept", "--output=name"])).toBe("configmap/kept\n");
});

test("a port of every pod leads to this machine, if that is asked for", async () => {
  await stopControlPlane(folder);
  await start({ podPorts: { 8081: portOf(webhook) } });
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "localhost" } };
  const spec = { nodeName: "localhost", containers: [{ name: "ui", image: "example/ui" }] };
  await kubectl.apply(JSON.stringify(node));
  await kubectl.apply(JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "ui" }, spec }));
  await kubectl.run(["wait", "--for=condition=Ready", "pod/ui", "--timeout=60s"]);

  const forward = spawn("kubectl", ["port-forward", "pod/ui", ":8081"], {
    env: { ...process.env, KUBECONFIG: plane.kubeconfig },
  });
  try {
    const [line] = await once(forward.stdout, "data");
    const port = /127\.0\.0\.1:(\d+) -> 8081/.exec(String(line))?.[1];
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: JSON.stringify({ kind: "TokenReview", spec: { token: "good" } }),
    });
    expect(await answer.json()).toMatchObject({ kind: "TokenReview", status: { authenticated: true } });
  } finally {
    forward.kill("SIGKILL");
  }
});

test("stop ends all that start has started, and nothing that has got a number of theirs since", async () => {
  const started = processesIn(folder);
  expect(started.map(({ name }) => name)).toEqual([
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok",
  ]);
  // This process, as if its number had been another's once.
  writeFileSync(join(folder, "pids"), `etcd ${process.pid} 1\n`, { flag: "a" });

  await stopControlPlane(folder);

  expect(started.filter(isRunning)).toEqual([]);
  expect(readFileSync(join(folder, "pids"), "utf8")).toBe("");
  await stopControlPlane(folder);
});
