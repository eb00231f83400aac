import { DescribeLoadBalancersCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import {
  DescribeLoadBalancersCommand as DescribeNetworkLoadBalancers,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { type Call, isRead } from "../../operations/connection/call";
import { connect } from "../../operations/connection/connection";
import { teardown } from "../../operations/teardown/teardown";
import { demo } from "../support/demo";
import { type Controllers, startControllers } from "./controllers";
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

test("a dry run shows what there is, and sends nothing but reads", async () => {
  const before = [await journal(), await inventory()];
  const calls: Call[] = [];
  const lines: string[] = [];
  await teardown({
    settings: world.settings,
    deleteVolumes: true,
    disableDeletionProtection: false,
    dryRun: true,
    withoutApi: false,
    terraform: undefined,
    confirm: () => Promise.reject(new Error("nobody is asked")),
    signal: new AbortController().signal,
    say: (line) => lines.push(line),
    connector: (settings, observe) =>
      connect(settings, (call) => {
        calls.push(call);
        observe(call);
      }),
  });

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

const inside = (title: string) => new RegExp(`^\\d+/\\d+ ${title}.*\\n  `, "m");
const destroying = (stack: string) =>
  new RegExp(`^\\d+/\\d+ Terraform destroys the stack ${stack}[^]*Destruction complete`, "m");

// In the order of the steps: each is killed after what came before it was done by an earlier run.
test.each<[string, RegExp]>([
  ["Flux is suspended", inside("Suspend Flux")],
  ["Services are deleted", inside("Delete Services")],
  ["load balancers are deleted", inside("Delete load balancers")],
  ["NodePools are deleted", inside("Delete NodePools")],
  ["instances are terminated", inside("Terminate instances")],
  ["EC2NodeClasses are deleted", inside("Delete EC2NodeClasses")],
  ["Flux is uninstalled", inside("Uninstall Flux")],
  ["Terraform destroys the stack bootstrap", destroying("bootstrap")],
  ["interfaces are deleted", inside("Delete network interfaces")],
  ["launch templates are deleted", inside("Delete launch templates")],
  ["Terraform destroys the stack cluster", destroying("cluster")],
  ["security groups are deleted", inside("Delete security groups")],
  ["Terraform destroys the stack network", destroying("network")],
])(
  "it can be killed while %s",
  async (_, moment) => {
    const { code, output, errors } = await run(["--yes", name], moment);

    expect({ code, errors, said: moment.test(output) ? "" : output }).toEqual({ code: null, errors: "", said: "" });
  },
  300_000,
);

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
