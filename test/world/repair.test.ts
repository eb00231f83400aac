import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { finders } from "../../operations/repair/finders/all";
import { type StackPart, stackName, stackParts } from "../../platform/parts";
import { demo } from "../../rehearsal/life/demo-settings";
import { type Run, runAtTerminal, runProgram } from "./project";
import { startPlatform, type World } from "./world";

const execute = promisify(execFile);
const { name } = demo;
const program = process.env.TERRAFORM_BINARY_NAME || "terraform";

const repairProgram = "operations/repair/main.ts";

let world: World;

beforeAll(async () => {
  world = await startPlatform();
}, 900_000);

afterAll(() => world?.end());

const repair = (...words: readonly string[]): Promise<Run> =>
  runProgram(world.project, { program: repairProgram, words: [name, ...words] });

/** Has Terraform do something in the folder of a stack. */
async function inStack(part: StackPart, ...words: readonly string[]): Promise<string> {
  const folder = join(world.project, "cdktf.out", "stacks", stackName(name, part));
  const { stdout } = await execute(program, [`-chdir=${folder}`, ...words], { env: process.env, maxBuffer: 1e8 });
  return stdout;
}

/** Takes out of a stack's state all resources of some types, as if their create had been killed. Returns their addresses. */
async function lose(part: StackPart, isLost: (type: string) => boolean): Promise<string[]> {
  const addresses = (await inStack(part, "state", "list")).split("\n").filter((address) => {
    const [type = "", id] = address.split(".");
    return id !== undefined && type !== "data" && type !== "module" && isLost(type);
  });
  await inStack(part, "state", "rm", ...addresses);
  return addresses;
}

/** Does something, and puts every stack's state back to what it was. */
async function withStateBack(act: () => Promise<void>): Promise<void> {
  const [state, kept] = ["state", "kept"].map((folder) => join(world.project, folder)) as [string, string];
  cpSync(state, kept, { recursive: true });
  try {
    await act();
  } finally {
    rmSync(state, { recursive: true });
    cpSync(kept, state, { recursive: true });
    rmSync(kept, { recursive: true });
  }
}

/** The changes that a plan of a stack has, by address. */
async function planned(part: StackPart): Promise<Record<string, string>> {
  await inStack(part, "plan", "-input=false", "-out=plan");
  const { resource_changes: changes } = JSON.parse(await inStack(part, "show", "-json", "plan")) as {
    resource_changes: { address: string; mode: string; change: { actions: string[] } }[];
  };
  return Object.fromEntries(
    changes
      .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
      .map(({ address, change }) => [address, change.actions.join()]),
  );
}

/** Stand-ins for these import nothing. */
const isInside = (type: string) => /^(?:kubernetes|helm)_/.test(type);

/** Lines that say that something was changed. */
const done = /^ {2}(?:imported|deleted) /m;

describe("what the stacks have made and no state knows, of every type,", () => {
  test("is taken into their states", async () => {
    const lost: string[] = [];
    for (const part of stackParts) {
      lost.push(...(await lose(part, (type) => finders[type] !== undefined && !isInside(type))));
    }
    // What has no tags is imported only if somebody names it, and some of it is found only then.
    const confirmed = new Set<string>();
    let last = await repair("--yes", name);
    let { output } = last;
    for (let run = 0; last.code === 2 && run < 4; run++) {
      for (const [, address = ""] of last.errors.matchAll(/--confirm (\S+)/g)) {
        confirmed.add(address);
      }
      last = await repair("--yes", name, ...[...confirmed].flatMap((address) => ["--confirm", address]));
      output += last.output;
    }

    expect(new Set(lost.map((address) => address.split(".")[0])).size).toBeGreaterThan(18);
    expect({ code: last.code, errors: last.errors }).toEqual({ code: 0, errors: "" });
    expect(lost.filter((address) => !output.includes(`imported ${address}: `))).toEqual([]);
    expect([...confirmed].filter((address) => /^aws_(?:iam|subnet|eks|nat|security)/.test(address))).toEqual([]);
  }, 900_000);

  test.each(stackParts)("leaves the stack %s an apply that updates at most, and then nothing to do", async (part) => {
    expect(Object.values(await planned(part)).filter((action) => action !== "update")).toEqual([]);
    await inStack(part, "apply", "-input=false", "plan");
    expect(await planned(part)).toEqual({});
  });

  test("leaves nothing to repair", async () => {
    expect((await repair()).output.trim().split("\n")).toEqual([
      ...stackParts.map((part) => `${name}-${part}: nothing is in the way of its next apply, which creates 0`),
      "There is nothing to repair.",
    ]);
  });
});

test("at a terminal it asks for each thing without tags, then for the cluster's name", async () => {
  await withStateBack(async () => {
    await lose("bootstrap", (type) =>
      ["aws_eks_addon", "github_repository_deploy_key", "kubernetes_namespace_v1"].includes(type),
    );
    const { code, output } = await runAtTerminal(world.project, { program: repairProgram, words: [name] }, [
      [/Import github_repository_deploy_key\S+ .*Type yes.*: /, "yes\r"],
      [/Import kubernetes_namespace_v1.flux: .*Type yes.*: /, "no\r"],
      [/Import kubernetes_namespace_v1.karpenter: .*Type yes.*: /, "\r"],
      [/Type the cluster's name to have that done: /, `${name}\r`],
    ]);

    expect(code).toBe(2);
    expect(output).toMatch(/imported aws_eks_addon.core_dns: .*imported github_repository_deploy_key.repository: /s);
    expect(output).toContain("error: kubernetes_namespace_v1.flux, kubernetes_namespace_v1.karpenter: in the way");
  });
});

test("objects in the cluster that no state knows are shown whole, without secrets, and imported only by their addresses", async () => {
  await world.kubectl.put([
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "flux-system", namespace: "flux-system" },
      stringData: { identity: "a private key" },
    },
  ]);
  await withStateBack(async () => {
    const lost = await lose("bootstrap", (type) => /^kubernetes_(?:config|secret|namespace)/.test(type));
    const { code, output } = await repair("--yes", name);

    expect(code).toBe(2);
    expect(lost.filter((address) => !output.includes(`${address}: `))).toEqual([]);
    expect(output).toContain("cluster_name: demo-k8s-cilium");
    expect(output).toMatch(/- identity\n/);
    expect(output).not.toContain(Buffer.from("a private key").toString("base64"));
    expect(output).not.toMatch(done);
  });
});

describe("a Helm release", () => {
  const revision = (version: number, status: string, minutesAgo: number) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "helm.sh/release.v1",
    metadata: {
      name: `sh.helm.release.v1.cilium.v${version}`,
      namespace: "kube-system",
      labels: {
        name: "cilium",
        owner: "helm",
        status,
        version: `${version}`,
        createdAt: `${Math.floor(Date.now() / 1000) - minutesAgo * 60}`,
      },
    },
    data: { release: "SDRzSUFBQUFBQUFD" },
  });
  const revisions = async () =>
    (await world.kubectl.run(["get", "secrets", "--namespace=kube-system", "--selector=owner=helm", "--output=name"]))
      .trim()
      .split("\n");

  test("that is pending loses that revision alone, unless somebody may be at it", async () => {
    await world.kubectl.put([revision(1, "deployed", 60), revision(2, "pending-upgrade", 1)]);
    const young = await repair("--yes", name);
    expect(young).toMatchObject({ code: 2, errors: expect.stringContaining("--confirm helm_release.cilium") });
    expect(await revisions()).toHaveLength(2);

    await world.kubectl.put([revision(2, "pending-upgrade", 10)]);
    const dry = await repair("--dry-run");
    expect(dry).toMatchObject({
      code: 0,
      errors: "",
      output: expect.stringContaining("revision 2 is pending-upgrade"),
    });
    expect(await revisions()).toHaveLength(2);

    const { code, errors } = await repair("--yes", name);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(await revisions()).toEqual(["secret/sh.helm.release.v1.cilium.v1"]);
  });
});

test("without the stacks' state nothing is imported that nobody confirmed, and it is said that another state may have it", async () => {
  await withStateBack(async () => {
    rmSync(join(world.project, "state"), { recursive: true });
    const { code, output, errors } = await repair("--yes", name);

    expect(code).toBe(2);
    expect(output).toContain("leave it if another state has it");
    expect(errors).toContain("aws_vpc.network");
    expect(output).not.toMatch(done);
  });
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
  ["another name", ["--yes", `${name}-2`], {}, /^error: '.*-2' is not '.*': nothing was changed\n/],
  [
    "credentials that AWS does not know",
    ["--yes", name],
    { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_SESSION_TOKEN: "" },
    /^error: no AWS credentials were found/,
  ],
])("with %s nothing is done", async (_, words, environment, said) => {
  const { code, output, errors } = await runProgram(world.project, {
    program: repairProgram,
    words: [name, ...words],
    environment,
  });

  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toMatch(said);
});
