import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";
import { demo } from "../../rehearsal/life/demo-settings";
import { Platform } from "../../rehearsal/terraform/platform";
import { writeSettings } from "../../rehearsal/terraform/project-copy";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { startWorld } from "../../rehearsal/world/up";
import type { ClusterSettings } from "../../schema/settings";
import { cluster } from "../support/settings";
import { type AwsProxy, startAwsProxy } from "./aws-proxy";
import { type Run, runProgram } from "./project";

const execute = promisify(execFile);
const settings = demo;
const { name } = settings;

let folder: string;
let project: string;
let stacks: Platform["stacks"];
let aws: AwsProxy;
/** What EKS tells teardown of its cluster. */
let told: Partial<DescribedCluster> = {};

// Each begins with what the one before left.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "world-"));
  const { signal } = new AbortController();
  await startWorld({ folder, cluster: cluster(settings), signal });
  const { environment } = new RunningWorld(folder);
  Object.assign(process.env, environment);
  ({ project, stacks } = await Platform.create({ folder: join(folder, "terraform"), settings, environment }));
  aws = await startAwsProxy(process.env.AWS_ENDPOINT_URL ?? "", (action, answer) =>
    action === "eks:DescribeCluster" && answer.includes('"cluster"')
      ? JSON.stringify({ cluster: { ...JSON.parse(answer).cluster, ...told } })
      : answer,
  );
});

afterAll(async () => {
  await aws?.end();
  await stopServers(folder);
  rmSync(folder, { recursive: true, force: true });
});

const teardown = (...words: readonly string[]): Promise<Run> =>
  runProgram(project, {
    program: "operations/teardown/main.ts",
    words: [name, "--yes", name, ...words],
    environment: { AWS_ENDPOINT_URL: aws.url },
  });

const inventory = async () => (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/inventory`)).json();

async function failOnce(service: string, action: string): Promise<void> {
  const fault = { service, action, times: 1, status: 400, code: "InvalidParameterException" };
  await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/fail`, { method: "POST", body: JSON.stringify(fault) });
}

test("half a network is taken down", async () => {
  await stacks.network.init();
  await stacks.network.plan("half");
  await failOnce("ec2", "CreateNatGateway");
  await stacks.network.applyAndFail([/CreateNatGateway/]);

  expect(await teardown()).toMatchObject({ code: 0, errors: "" });
  expect(await inventory()).toEqual({});
});

describe("a cluster that nobody was let in to", () => {
  const inStack = (...words: readonly string[]) =>
    execute("terraform", [`-chdir=${join(project, "cdktf.out", "stacks", `${name}-cluster`)}`, ...words], {
      // Else it is what it was before the world was there.
      env: process.env,
    });

  beforeAll(async () => {
    await stacks.network.plan("whole");
    await stacks.network.apply();
    await stacks.cluster.init();
    await stacks.cluster.plan("half");
    await failOnce("eks", "AssociateAccessPolicy");
    // Else its queue is made, which the provider takes minutes to delete.
    await failOnce("sqs", "CreateQueue");
    await stacks.cluster.applyAndFail([/AssociateAccessPolicy/, /CreateQueue/]);
  });

  test.each<[string, Partial<DescribedCluster>, Partial<ClusterSettings>, RegExp]>([
    ["lacks the platform's tags", { tags: { Cluster: name } }, {}, /is not this platform's: it lacks the tags/],
    [
      "is in another account",
      {},
      { account: "444455556666", admins: ["arn:aws:iam::444455556666:role/a"] },
      /your credentials are of account 111122223333, and .* is in 444455556666/,
    ],
  ])("is left alone if it %s", async (_, eks, changes, said) => {
    told = eks;
    writeSettings(project, { ...settings, ...changes });
    const before = await inventory();
    const { code, errors } = await teardown("--only-cluster");
    writeSettings(project, settings);

    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(said) });
    expect(await inventory()).toEqual(before);
  });

  test("is not taken for dead because its API does not answer", async () => {
    told = { endpoint: "https://127.0.0.1:9" };
    const { code, errors } = await teardown();

    expect(code).toBe(1);
    expect(errors).toContain("--without-api goes on without it");
  });

  test("that no state knows is taken into one by the command that is printed, and then taken down", async () => {
    told = { status: "FAILED", deletionProtection: true };
    await inStack("state", "rm", "aws_eks_cluster.cluster");
    const before = await inventory();
    const { code, errors } = await teardown();
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining(`the cluster ${name}, and the state`),
    });
    expect(await inventory()).toEqual(before);

    const [, place, ...words] = /terraform -chdir=(\S+) (import) (\S+) (\S+)/.exec(errors) ?? [];
    expect(join(project, place ?? "")).toBe(join(project, "cdktf.out", "stacks", `${name}-cluster`));
    await inStack(...words);

    // From here on as if it had been replaced, and its deletion had failed.
    const { stdout } = await inStack("state", "pull");
    const state = JSON.parse(stdout);
    for (const { type, instances } of state.resources) {
      if (type === "aws_eks_cluster") {
        instances[0].deposed = "0a1b2c3d";
      }
    }
    const file = join(folder, "deposed.tfstate");
    writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
    await inStack("state", "push", file);

    expect(await teardown()).toMatchObject({ code: 0, errors: "" });
    expect(await inventory()).toEqual({});
  });
});
