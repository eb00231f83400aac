import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../../operations/command/failure";
import { errorReport } from "../../../operations/command/report-error";
import type { Connection } from "../../../operations/connection";
import type { ClusterObject } from "../../../operations/kubernetes/objects";
import { type ConsentProps, consentOf, noConsent } from "../../../operations/repair/consent";
import { repair } from "../../../operations/repair/repair";
import { stackParts } from "../../../platform/parts";
import { expectHarmless, foreignText } from "../../support/foreign-text";
import { cluster } from "../../support/settings";
import { objectsOf } from "../teardown/fake-objects";

const home = process.cwd();
const settings = cluster({ name: "demo" });
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "repair-"));
  for (const part of stackParts) {
    mkdirSync(join(folder, "cdktf.out", "stacks", `demo-${part}`), { recursive: true });
  }
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** A resource that a plan creates. */
interface Created {
  readonly address: string;
  readonly type: string;
  readonly after: object;
}

/** Plans create these until they are imported; those of other stacks create nothing. */
function terraformWith(stack: string, created: readonly Created[], plan = ""): string {
  const program = join(folder, "terraform");
  const change = ({ address, type, after }: Created) => ({
    address,
    type,
    mode: "managed",
    name: "x",
    change: { actions: ["create"], before: null, after, after_unknown: {} },
  });
  const shown = (changes: readonly Created[]) =>
    JSON.stringify({ format_version: "1.2", resource_changes: changes.map(change) });
  writeFileSync(join(folder, "created.json"), shown(created));
  writeFileSync(join(folder, "nothing.json"), shown([]));
  const script = `#!/bin/sh
    calls=${folder}/calls
    stack=$(basename "$PWD")
    echo "$stack: $@" >>$calls
    case $1 in
      plan)
        ${plan}
        for word; do case $word in -out=*) touch "\${word#-out=}" ;; esac; done ;;
      show)
        if [ $stack = demo-${stack} ] && ! grep -q ': import' $calls; then cat ${folder}/created.json
        else cat ${folder}/nothing.json; fi ;;
    esac`;
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return program;
}

interface Repaired {
  readonly program: string;
  readonly consent?: Partial<ConsentProps>;
  readonly dryRun?: boolean;
  readonly objects?: readonly ClusterObject[];
  readonly roleTags?: Readonly<Record<string, string>>;
}

/** What is printed, and the changing calls of Terraform. */
async function repaired({ program, consent = {}, dryRun = false, objects = [], roleTags = {} }: Repaired) {
  const said: string[] = [];
  const role = { CreateDate: new Date(0), Tags: Object.entries(roleTags).map(([Key, Value]) => ({ Key, Value })) };
  const connection = {
    settings,
    aws: { iam: { send: async () => ({ Role: role }) } },
    identity: async () => ({ account: "111122223333", arn: "" }),
    kubernetes: async () => ({
      objects: objectsOf(objects),
      core: { listNamespacedSecret: async () => ({ items: [] }) },
    }),
  } as unknown as Connection;
  const failure = await repair({
    settings,
    dryRun,
    consent: dryRun ? noConsent : consentOf({ clusterName: "demo", yes: "demo", confirmed: [], signal, ...consent }),
    terraform: { program, folder, stream: () => {}, colour: false },
    signal,
    say: (line) => said.push(line),
    connector: () => connection,
  }).then(
    () => undefined,
    (thrown) => thrown,
  );
  const calls = existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").split("\n") : [];
  return { said: said.join("\n"), failure, imports: calls.filter((call) => call.includes(": import")), calls };
}

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" } };
const createdNamespace = {
  address: "kubernetes_namespace_v1.flux",
  type: "kubernetes_namespace_v1",
  after: { metadata: [{ name: "flux-system" }] },
};
const createdRole = { address: "aws_iam_role.cluster", type: "aws_iam_role", after: { name: "demo-cluster" } };
const ourTags = { Cluster: "demo", ManagedBy: "Terraform" };

test("where nothing is in the way, there is nothing to repair", async () => {
  const { said, failure, imports } = await repaired({ program: terraformWith("bootstrap", []) });

  expect({ failure, imports }).toEqual({ failure: undefined, imports: [] });
  expect(said).toMatch(/^demo-network: nothing is in the way.*There is nothing to repair\.$/s);
});

test("what has the tags of the cluster's Terraform is imported on one consent", async () => {
  const program = terraformWith("cluster", [createdRole]);
  const { said, failure, imports } = await repaired({ program, roleTags: ourTags });

  expect(failure).toBeUndefined();
  expect(imports).toEqual(["demo-cluster: import -input=false -no-color aws_iam_role.cluster demo-cluster"]);
  expect(said).toContain("Now read what is left to do, npm run review -- demo, and apply it.");
});

test.each([
  ["has no tags", {}],
  ["has another cluster's tags", { Cluster: "other", ManagedBy: "Terraform" }],
  ["has not all of the tags", { Cluster: "demo" }],
])("what %s is imported by no consent to all", async (_, roleTags) => {
  const { failure, imports } = await repaired({ program: terraformWith("cluster", [createdRole]), roleTags });

  expect(imports).toEqual([]);
  expect(failure).toMatchObject({
    message: "aws_iam_role.cluster: in the way of the next apply",
    exitCode: 2,
    next: expect.stringContaining("npm run repair -- demo --yes demo --confirm aws_iam_role.cluster"),
  });
});

test("what others wrote into tags forges no line of what is shown and asked", async () => {
  const program = terraformWith("cluster", [createdRole]);
  const { said, failure } = await repaired({ program, roleTags: { [foreignText]: foreignText } });

  expectHarmless(`${said}\n${errorReport(failure).text}`);
});

test("what has no tags is imported if its address is confirmed, and no other", async () => {
  const program = terraformWith("bootstrap", [createdNamespace]);
  const objects = [namespace];
  const other = await repaired({ program, objects, consent: { confirmed: ["kubernetes_namespace_v1.karpenter"] } });
  expect(other).toMatchObject({ imports: [], failure: { exitCode: 2 } });

  const { failure, imports } = await repaired({ program, objects, consent: { confirmed: [createdNamespace.address] } });
  expect(failure).toBeUndefined();
  expect(imports).toEqual(["demo-bootstrap: import -input=false -no-color kubernetes_namespace_v1.flux flux-system"]);
});

test("a confirmed address about which nothing is asked is named: it may be misspelt", async () => {
  const consent = { confirmed: ["kubernetes_namespace_v1.fluxx"] };
  const { said, failure } = await repaired({ program: terraformWith("bootstrap", []), consent });

  expect(failure).toBeUndefined();
  expect(said).toContain("--confirm kubernetes_namespace_v1.fluxx was not needed");
});

test("a confirmed address alone is no consent", async () => {
  const program = terraformWith("bootstrap", [createdNamespace]);
  const consent = { yes: undefined, confirmed: [createdNamespace.address] };
  const { failure, imports } = await repaired({ program, objects: [namespace], consent });

  expect(imports).toEqual([]);
  expect(failure).toMatchObject({ message: "nobody is there to be asked; nothing was changed" });
});

test("a dry run shows it, and imports nothing", async () => {
  const program = terraformWith("cluster", [createdRole]);
  const { said, failure, imports } = await repaired({ program, roleTags: ourTags, dryRun: true });

  expect({ failure, imports }).toEqual({ failure: undefined, imports: [] });
  expect(said).toContain("aws_iam_role.cluster: demo-cluster");
  expect(said).toContain("Nothing was changed.");
});

test("while somebody applies, or a lock is left, nothing is looked for, and how to take the lock off is said", async () => {
  const diagnostic = {
    severity: "error",
    summary: "Error acquiring the state lock",
    detail: "Lock Info:\n  ID:        0a1b-2c3d\n  Path:      state",
  };
  const said = JSON.stringify({ type: "diagnostic", diagnostic }).replaceAll("\\n", "\\\\n");
  const program = terraformWith("cluster", [createdRole], `printf '${said}\\n'; exit 1`);
  const { failure, calls, imports } = await repaired({ program, roleTags: ourTags });

  expect(imports).toEqual([]);
  expect(calls.filter((call) => call.includes(": plan"))).toEqual([expect.not.stringContaining("-lock=false")]);
  expect(failure).toMatchObject({ next: expect.stringContaining("force-unlock 0a1b-2c3d") });
});

test("a stack before which another was never applied waits, and those before it are looked at", async () => {
  const diagnostic = {
    severity: "error",
    summary: "Unable to find remote state",
    detail: "",
    address: "data.terraform_remote_state.network",
  };
  const said = JSON.stringify({ type: "diagnostic", diagnostic });
  const plan = `if [ $stack = demo-cluster ]; then echo '${said}'; exit 1; fi`;
  const repairedSo = await repaired({ program: terraformWith("bootstrap", [], plan) });

  expect(repairedSo.failure).toBeUndefined();
  expect(repairedSo.said).toContain("demo-cluster: it waits, since demo-network was never applied");
  expect(repairedSo.said).not.toContain("demo-bootstrap");
  expect(repairedSo.said).toMatch(/apply demo-network, and run this again: it has not looked at all yet\.$/);
});

test("with credentials of another account nothing is asked", async () => {
  const program = terraformWith("cluster", []);
  const connection = {
    settings,
    identity: () => Promise.reject(new Failure("wrong account", "no", "next")),
  } as unknown as Connection;
  const work = repair({
    settings,
    dryRun: false,
    consent: consentOf({ clusterName: "demo", yes: "demo", confirmed: [], signal }),
    terraform: { program, folder, stream: () => {}, colour: false },
    signal,
    say: () => {},
    connector: () => connection,
  });

  await expect(work).rejects.toMatchObject({ kind: "wrong account" });
  expect(existsSync(join(folder, "calls"))).toBe(false);
});
