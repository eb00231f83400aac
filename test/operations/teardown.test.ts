import { setTimeout } from "node:timers/promises";
import { DeleteNetworkInterfaceCommand, EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import {
  DescribeLoadBalancersCommand as DescribeNetworkLoadBalancers,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { type Call, isRead } from "../../operations/connection/call";
import { connect } from "../../operations/connection/connection";
import { ownership } from "../../operations/teardown/owned";
import { type Clock, HeldUp, take } from "../../operations/teardown/step";
import { emptyNetwork } from "../../operations/teardown/steps/network";
import { type TeardownProps, teardown } from "../../operations/teardown/teardown";
import { demo } from "../support/demo";
import { type Controllers, cleanup, startControllers } from "./controllers";
import { neighbours, workshop } from "./neighbours";
import { makeProject, type Run, runProgram } from "./project";
import { nodePool, traces } from "./traces";
import { startWorld, type World } from "./world";

const program = "operations/teardown/main.ts";
const { name, region } = demo;

let world: World;
let controllers: Controllers;
/** What is not the platform's, and stays. */
let foreign: readonly string[];

beforeAll(async () => {
  world = await startWorld();
  makeProject(world.project, demo);
  const before = await inventory();
  await neighbours(region, name);
  foreign = (await inventory()).filter((line) => !before.includes(line));
  await traces(world);
  controllers = await startControllers(world.settings, world.kubectl, [nodePool(world)]);
}, 300_000);

afterAll(async () => {
  await controllers?.stop();
  await world?.end();
});

const run = (words: readonly string[], killedAt?: RegExp): Promise<Run> =>
  runProgram(world.project, program, [name, ...words], killedAt);

/** All that there is in AWS, a line each. */
async function inventory(): Promise<string[]> {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/inventory`);
  const found = (await answer.json()) as Record<string, string[]>;
  const { LoadBalancerDescriptions = [] } = await new ElasticLoadBalancingClient({ region }).send(
    new DescribeLoadBalancersCommand(),
  );
  const elbv2 = new ElasticLoadBalancingV2Client({ region });
  const { LoadBalancers = [] } = await elbv2.send(new DescribeNetworkLoadBalancers());
  const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand());
  return [
    ...Object.entries(found).flatMap(([kind, ids]) => ids.map((id) => `${kind} ${id}`)),
    ...LoadBalancerDescriptions.map(({ LoadBalancerName }) => `classic ${LoadBalancerName}`),
    ...LoadBalancers.map(({ LoadBalancerArn }) => `${LoadBalancerArn}`),
    ...TargetGroups.map(({ TargetGroupArn }) => `${TargetGroupArn}`),
  ].sort();
}

const journal = async () => (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/journal`)).text();

/** What it does in this process, without Terraform. */
async function tornDown(more: Partial<TeardownProps>, calls: Call[] = []): Promise<string[]> {
  const lines: string[] = [];
  await teardown({
    settings: world.settings,
    deleteVolumes: true,
    disableDeletionProtection: false,
    dryRun: false,
    withoutApi: false,
    terraform: undefined,
    confirm: async () => {},
    signal: new AbortController().signal,
    say: (line) => lines.push(line),
    connector: (settings, observe) =>
      connect(settings, (call) => {
        calls.push(call);
        observe(call);
      }),
    ...more,
  });
  return lines;
}

/** An hour every fifth of a second. */
const fastTime: Clock = { now: () => Date.now() * 5 * 3_600, sleep: () => setTimeout(200) };

test("a dry run shows what there is, and sends nothing but reads", async () => {
  const before = [await journal(), await inventory()];
  const calls: Call[] = [];
  const lines = await tornDown({ dryRun: true }, calls);

  expect(calls.filter((call) => !isRead(call))).toEqual([]);
  expect([await journal(), await inventory()]).toEqual(before);
  expect(lines.join("\n")).toContain("Service default/web");
});

test("a dry run with Terraform changes nothing either", async () => {
  const before = [await journal(), await inventory()];
  const { code, output, errors } = await run(["--dry-run"]);

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect([await journal(), await inventory()]).toEqual(before);
  expect(output).toContain(`${name}-network: 29 resources in its state`);
});

test.each([
  ["another name", ["--yes", `${name}-2`]],
  ["no name, and nobody to be asked", []],
])("%s is no consent", async (_, words) => {
  const before = [await journal(), await inventory()];
  const { code, errors } = await run(words);

  expect(code).toBe(1);
  expect(errors).toContain("nothing was changed");
  expect([await journal(), await inventory()]).toEqual(before);
});

test("deletion protection is shown, and stays on unless somebody says otherwise", async () => {
  const eks = new EKSClient({ region });
  await eks.send(new UpdateClusterConfigCommand({ name, deletionProtection: true }));
  const before = await journal();
  const { code, errors } = await run(["--yes", name]);

  expect({ code, errors }).toEqual({
    code: 2,
    errors: `error: deletion protection of ${name} is on\nnext: --disable-deletion-protection switches it off\n`,
  });
  expect(await journal()).toBe(before);

  const off = /Switch deletion protection off\n {2}switch off/;
  expect(await run(["--yes", name, "--disable-deletion-protection"], off)).toMatchObject({ code: null, errors: "" });
});

const inside = (title: string) => new RegExp(`^\\d+/\\d+ ${title}.*\\n  `, "m");
const destroying = (part: string) => new RegExp(`Terraform destroys the stack ${part}\\n[^]*Destruction complete`);

/** Each after what came before it was done by the run before. */
function canBeKilled(moments: Readonly<Record<string, RegExp>>, words: readonly string[] = []): void {
  test.each(Object.entries(moments))(
    "a run can be killed while %s",
    async (_, moment) => {
      const { code, output, errors } = await run(["--yes", name, ...words], moment);

      expect({ code, errors, said: moment.test(output) ? "" : output }).toEqual({ code: null, errors: "", said: "" });
    },
    300_000,
  );
}

// It may have been killed before protection was off.
canBeKilled({ "it suspends Flux": inside("Suspend Flux") }, ["--disable-deletion-protection"]);

describe("while EKS is slow", () => {
  beforeAll(() => {
    controllers.asleep.add("eks");
  });
  afterAll(() => {
    controllers.asleep.delete("eks");
  });

  canBeKilled({ "it deletes Services": inside("Delete Services") });

  test("what is held up is named when its time is up, with what holds it", async () => {
    const held = await tornDown({ clock: fastTime }).catch((thrown) => thrown);

    expect(held).toBeInstanceOf(HeldUp);
    expect(held.things).toEqual([
      { name: "Service default/web", held: `finalizer ${cleanup} (EKS deletes its load balancer)`, act: undefined },
    ]);
  });
});

canBeKilled({
  "it deletes load balancers": inside("Delete load balancers"),
  "it deletes NodePools": inside("Delete NodePools"),
  "it terminates instances": inside("Terminate instances"),
  "it deletes EC2NodeClasses": inside("Delete EC2NodeClasses"),
  "it uninstalls Flux": inside("Uninstall Flux"),
});

test("it can leave Terraform to others, and says what they do then", async () => {
  const { code, output, errors } = await run(["--yes", name, "--only-cluster"]);

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).toContain(`Now destroy ${name}-bootstrap, ${name}-cluster and ${name}-network, in this order`);
});

canBeKilled({ "Terraform destroys the stack bootstrap": destroying("bootstrap") });

describe("with an API that is dead for good", () => {
  beforeAll(() => world.killApi());

  test("it says how to go on without it, and changes nothing", async () => {
    const before = await journal();
    const { code, errors } = await run(["--yes", name]);

    expect(code).toBe(1);
    expect(errors).toContain("--without-api goes on without it");
    expect(await journal()).toBe(before);
  });

  canBeKilled(
    {
      "it deletes interfaces": inside("Delete network interfaces"),
      "it deletes launch templates": inside("Delete launch templates"),
      "Terraform destroys the stack cluster": destroying("cluster"),
    },
    ["--without-api"],
  );
  canBeKilled({ "it deletes security groups": inside("Delete security groups") }, ["--without-api"]);

  test("an interface of somebody else's is in the way of the network, and is named", async () => {
    const { vpc, subnets } = world.facts;
    const make = workshop(region, { vpc, subnet: subnets[0] ?? "" });
    const { NetworkInterface: made } = await make.interface({ Name: "database" });
    const connection = connect(world.settings, ownership(name).guard);
    const signal = new AbortController().signal;
    const place = {
      connection,
      owned: ownership(name),
      objects: undefined,
      signal,
      say: () => {},
    };
    const held = await take(emptyNetwork, place, fastTime).catch((thrown) => thrown);

    expect(held.message).toContain(`${made?.NetworkInterfaceId}, available, `);
    expect(held.message).toContain(`in ${subnets[0]}`);
    const { NetworkInterfaceId } = made ?? {};
    await new EC2Client({ region }).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  });

  canBeKilled({ "Terraform destroys the stack network": destroying("network") });
});

test("after all that, one more run leaves nothing of the cluster's, and all of everybody else's", async () => {
  const make = workshop(region, { vpc: "", subnet: "" });
  await make.logGroup(`/aws/eks/${name}/cluster`, { Cluster: name });
  const { code, errors } = await run(["--yes", name]);

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(await inventory()).toEqual(foreign);
}, 300_000);

test("a run of what is gone finds nothing to do", async () => {
  const { code, output } = await run(["--yes", name]);

  expect(code).toBe(0);
  expect(output).toContain("EKS has no such cluster");
  expect(await inventory()).toEqual(foreign);
});
