import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AllocateAddressCommand, DescribeAddressesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";

import { isRead } from "../../operations/command/call";
import { deployKeyTitle } from "../../platform/names";
import { type StackPart, stackName } from "../../platform/parts";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { Platform } from "../../rehearsal/terraform/platform";
import { applyFirst } from "../../rehearsal/terraform/stacks";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { startWorld } from "../../rehearsal/world/up";
import { kubeconfigOf } from "../../rehearsal/world/world-files";
import { teardownPolicy } from "../../scripts/teardown-policy";
import { cluster } from "../support/settings";
import { type AwsProxy, startAwsProxy } from "./aws-proxy";
import { workshop } from "./neighbours";
import { type Run, runProgram } from "./project";

const execute = promisify(execFile);
// So that there is something of each kind that the stacks can make.
const settings = demoWith({
  endpoints: ["sts"],
  flowLogs: true,
  iam: { path: "/platform/", namePrefix: "acme-" },
});
const { name, region, repository } = settings;
const made = { Cluster: name, ManagedBy: "Terraform" };
const keys = `repos/${repository.owner}/${repository.name}/keys`;

let folder: string;
let project: string;
let stacks: Platform["stacks"];
/** Between the program and AWS. */
let aws: AwsProxy;
/** What is not the platform's, and stays. */
let foreign: Inventory;

/** All that there is in AWS: ids by kind. */
type Inventory = Readonly<Record<string, readonly string[]>>;

const inventory = async (): Promise<Inventory> =>
  (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/inventory`)).json() as Promise<Inventory>;
const journal = async () => (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/journal`)).text();

const teardown = (words: readonly string[], killedAt?: RegExp): Promise<Run> =>
  runProgram(project, {
    program: "operations/teardown/main.ts",
    words: [name, ...words],
    killedAt,
    environment: { AWS_ENDPOINT_URL: aws.url },
  });

async function github(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Response> {
  return fetch(new URL(path, process.env.GITHUB_BASE_URL), {
    method,
    headers: { authorization: `Bearer ${process.env.GITHUB_TOKEN}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

/** Takes all out of a stack's state but what tells teardown that the stack stands, as if Terraform had never heard of it. */
async function forget(part: StackPart, kept: string): Promise<void> {
  const chdir = `-chdir=${join(project, "cdktf.out", "stacks", stackName(name, part))}`;
  const { stdout } = await execute("terraform", [chdir, "state", "list"], { env: process.env });
  const addresses = stdout
    .split("\n")
    .filter((address) => address !== "" && address !== kept && !/\bdata\./.test(address));
  await execute("terraform", [chdir, "state", "rm", ...addresses], { env: process.env });
}

/** Things with the cluster's tags that no stack calls so, and one that another cluster's stack made. */
async function neighbours(): Promise<void> {
  const tags = (given: object) => Object.entries(given).map(([Key, Value]) => ({ Key, Value: String(Value) }));
  const ec2 = new EC2Client({ region });
  for (const given of [
    { ...made, Name: `${name}-ingress` },
    { ...made, Cluster: `${name}-2`, Name: `${name}-public-a` },
    { Cluster: name, Name: `${name}-public-a` },
  ]) {
    await ec2.send(
      new AllocateAddressCommand({ TagSpecifications: [{ ResourceType: "elastic-ip", Tags: tags(given) }] }),
    );
  }
  const make = workshop(region, { vpc: "", subnet: "" });
  await make.launchTemplate(`${name}-gpu`, made);
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "backup.amazonaws.com" } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await new IAMClient({ region }).send(
    new CreateRoleCommand({ RoleName: `${name}-backup`, AssumeRolePolicyDocument, Tags: tags(made) }),
  );
  await new KMSClient({ region }).send(
    new CreateKeyCommand({
      Description: `Volumes of ${name}`,
      Tags: Object.entries(made).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "world-"));
  const { signal } = new AbortController();
  await startWorld({ folder, cluster: cluster(settings), signal });
  const { environment } = new RunningWorld(folder);
  Object.assign(process.env, environment);
  ({ project, stacks } = await Platform.create({ folder: join(folder, "terraform"), settings, environment }));
  aws = await startAwsProxy(process.env.AWS_ENDPOINT_URL ?? "");
  await neighbours();
  foreign = await inventory();
}, 600_000);

afterAll(async () => {
  await aws?.end();
  await stopServers(folder);
  rmSync(folder, { recursive: true, force: true });
});

test("of a cluster that never was, nothing is there: nobody is asked, and no key is spoken of", async () => {
  const before = await journal();
  const { code, output, errors } = await teardown([]);

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).toMatch(new RegExp(`\nNothing is there of ${name}\\.\n$`));
  expect(output).not.toMatch(/KMS|deploy key/);
  expect(await journal()).toBe(before);
});

test("a name that is not the cluster's is refused before anything is looked at", async () => {
  expect(await teardown(["--yes", "wrong"])).toEqual({
    code: 1,
    output: "",
    errors: `error: 'wrong' is not '${name}': nothing was changed\n  next: --yes ${name} says that this shall be done\n`,
  });
});

describe("where an apply was killed before its state knew what it had made", () => {
  let keyId: number;

  beforeAll(async () => {
    await applyFirst(stacks.network, () => undefined);
    await applyFirst(stacks.cluster, () => undefined);
    await forget("network", "aws_vpc.network");
    await forget("cluster", "aws_eks_cluster.cluster");
    await workshop(region, { vpc: "", subnet: "" }).launchTemplate(`${name}-system`, made);
    const key = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from("ssh-ed25519"), Buffer.alloc(36, 7)]);
    const body = { title: deployKeyTitle(name), key: `ssh-ed25519 ${key.toString("base64")}`, read_only: true };
    keyId = ((await (await github("POST", keys, body)).json()) as { id: number }).id;
    await new Kubectl(kubeconfigOf(folder)).put([
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name: "sh.helm.release.v1.cilium.v1",
          namespace: "kube-system",
          labels: { owner: "helm", name: "cilium", status: "deployed", version: "1" },
        },
        type: "helm.sh/release.v1",
      },
    ]);
  }, 900_000);

  test("a dry run shows all of it, and changes nothing", async () => {
    const before = [await journal(), await inventory()];
    const { code, output, errors } = await teardown(["--dry-run"]);

    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect([await journal(), await inventory()]).toEqual(before);
    for (const line of [
      /launch template lt-\w+ \(demo-k8s-cilium-system\)/,
      /role acme-demo-k8s-cilium-cluster/,
      /subnet subnet-/,
    ]) {
      expect(output).toMatch(line);
    }
  });

  test("a run can be killed while it deletes that, after it has named the release that Helm still has", async () => {
    const { code, output, errors } = await teardown(["--yes", name], /delete role/);

    expect({ code, errors }).toEqual({ code: null, errors: "" });
    expect(output).toContain(
      "  left in the cluster: Cilium's Helm release, as after a destroy that outlasted its token",
    );
  }, 300_000);

  test("another run leaves what is somebody else's, and the key, which it names beside the deploy key", async () => {
    const { code, output, errors } = await teardown(["--yes", name]);

    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    const left = await inventory();
    const own = Object.entries(left).flatMap(([kind, ids]) =>
      ids.filter((id) => !foreign[kind]?.includes(id)).map((id) => `${kind} ${id}`),
    );
    expect(own).toEqual([expect.stringMatching(/^kms:key /)]);
    expect(left).toMatchObject({ ...foreign, "kms:key": expect.arrayContaining([...(foreign["kms:key"] ?? [])]) });
    const [, id] = own[0]?.split(" ") ?? [];
    expect(output).toContain(
      `A KMS key of ${name} stays, which bills: aws kms schedule-key-deletion --region ${region} --key-id ${id} --pending-window-in-days 30\n`,
    );
    expect(output).toContain(
      `The deploy key 'Flux in ${name}' of acme/${repository.name} stays: gh api --method DELETE ${keys}/${keyId}\n`,
    );
    expect(output).toContain(`\n${name} is taken down, but for what is said above.\n`);
    expect((await new EC2Client({ region }).send(new DescribeAddressesCommand({}))).Addresses).toHaveLength(3);
  }, 600_000);

  test("what it named is named by every run, until somebody has deleted it", async () => {
    const { output } = await teardown([]);
    expect(output).toMatch(
      new RegExp(`stays: gh api .*\nNothing is there of ${name}, but for what is said above\\.\n$`),
    );

    const [, KeyId] = /--key-id (\S+)/.exec(output) ?? [];
    await new KMSClient({ region }).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 }));
    await github("DELETE", `${keys}/${keyId}`);

    expect((await teardown([])).output).toMatch(new RegExp(`\nNothing is there of ${name}\\.\n$`));
  });
});

test("its policy allows every call by which leftovers were deleted, and no other", () => {
  const { Statement } = teardownPolicy({
    clusterName: name,
    region,
    account: "111122223333",
    iam: cluster(settings).iam,
  });
  const allowed = Statement.filter(({ Sid }) => /Leftovers|Alias/.test(Sid)).flatMap(({ Action }) => Action);
  const asked = [...aws.actions].filter((action) => !isRead({ system: "aws", action }));

  expect(asked.filter((action) => !action.startsWith("sts:")).sort()).toEqual([...new Set(allowed)].sort());
});
