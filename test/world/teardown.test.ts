import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateVpcEndpointCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteVolumeCommand,
  DeleteVpcEndpointsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DeleteAccessEntryCommand, EKSClient, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import {
  DescribeLoadBalancersCommand as DescribeNetworkLoadBalancers,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { type Call, isRead } from "../../operations/command/call";
import type { Clock } from "../../operations/command/clock";
import { connect } from "../../operations/connection";
import { ownershipOf } from "../../operations/teardown/ownership";
import type { TeardownProps } from "../../operations/teardown/props";
import { runStep, StepTimeout } from "../../operations/teardown/run-step";
import { obstacleText, type Step, type TeardownContext } from "../../operations/teardown/step";
import { emptyNetwork } from "../../operations/teardown/steps/network";
import { deleteSecurityGroups } from "../../operations/teardown/steps/security-groups";
import { teardown } from "../../operations/teardown/teardown";
import { demo } from "../../rehearsal/life/demo-settings";
import { putBackStates } from "../../rehearsal/terraform/local-state";
import { copyProject } from "../../rehearsal/terraform/project-copy";
import { awsAccess } from "../../rehearsal/world/aws-access";
import { type Controllers, startControllers } from "../../rehearsal/world/controllers/controllers";
import { serviceFinalizer } from "../../rehearsal/world/finalizers";
import { teardownPolicy } from "../../scripts/teardown-policy";
import { type AwsProxy, startAwsProxy } from "./aws-proxy";
import { neighbours, workshop } from "./neighbours";
import { hangUp, type Run, runAtTerminal, runProgram } from "./project";
import { nodePool, traces } from "./traces";
import { startPlatform, type World } from "./world";

const program = "operations/teardown/main.ts";
const { name, region } = demo;

let world: World;
let controllers: Controllers;
/** Where those who sit at a terminal have their temporary files. */
const temporary = mkdtempSync(join(tmpdir(), "terminal-"));
/** Between the program and AWS. */
let aws: AwsProxy;
/** What is not the platform's, and stays. */
let foreign: readonly string[];

beforeAll(async () => {
  world = await startPlatform();
  aws = await startAwsProxy(process.env.AWS_ENDPOINT_URL ?? "");
  copyProject(".", world.project, demo);
  const before = await inventory();
  await neighbours(region, name);
  foreign = (await inventory()).filter((line) => !before.includes(line));
  await traces(world);
  const kept = [nodePool(world)];
  controllers = startControllers({
    cluster: world.settings,
    kubectl: world.kubectl,
    access: awsAccess(process.env),
    kept: () => kept,
    // Each look asks AWS and the API server a dozen times.
    interval: 1_000,
  });
}, 900_000);

afterAll(async () => {
  await controllers?.stop();
  await aws?.end();
  await world?.end();
  rmSync(temporary, { recursive: true });
});

const run = (words: readonly string[], killedAt?: RegExp, environment = {}): Promise<Run> =>
  runProgram(world.project, {
    program,
    words: [name, ...words],
    killedAt,
    environment: { AWS_ENDPOINT_URL: aws.url, ...environment },
  });

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

/** Has AWS fail calls, or no more. */
async function faults(method: "POST" | "DELETE", fault: object = {}): Promise<void> {
  await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/fail`, { method, body: JSON.stringify(fault) });
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
    stacks: undefined,
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

/** What has the cluster's tags and was left alone, by its kind and where it lies. */
const leftAlone = (lines: readonly string[]) =>
  [...new Set(lines)]
    .filter((line) => line.startsWith("Left alone, with tags of"))
    .map((line) => /: ([a-z ]+) \S+.*, in (vpc|no VPC).* If it is the cluster's: aws /.exec(line)?.slice(1).join(", "))
    .sort();

test("what has all of the cluster's tags in another VPC is shown with what deletes it", async () => {
  expect(leftAlone(await tornDown({ dryRun: true }))).toEqual([
    "instance, vpc",
    "load balancer, vpc",
    "load balancer, vpc",
    "target group, vpc",
  ]);
});

test("a dry run with Terraform changes nothing either", async () => {
  const before = [await journal(), await inventory()];
  const { code, output, errors } = await run(["--dry-run"]);

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect([await journal(), await inventory()]).toEqual(before);
  expect(output).toContain(`${name}-network: 29 resources in its state`);
});

test("it goes on when nobody reads any more: what Terraform prints comes through it", async () => {
  const words = [name, "--dry-run"];
  const { code, errors } = await runProgram(world.project, { program, words, unreadAfter: /Its steps/ });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
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

test("without the stacks' state it changes nothing, since Terraform would find nothing to destroy", async () => {
  const [here, elsewhere] = ["state", "elsewhere"].map((folder) => join(world.project, folder)) as [string, string];
  const before = [await journal(), await inventory()];
  renameSync(here, elsewhere);
  const { code, errors } = await run(["--yes", name]);
  const made = existsSync(here);
  renameSync(elsewhere, here);

  expect({ code, made }).toEqual({ code: 1, made: false });
  expect(errors).toContain(
    `AWS has the node group ${name}:${world.facts.nodeGroup}, and the state of ${name}-bootstrap`,
  );
  expect(await journal()).toBe(before[0]);
  expect(await inventory()).toEqual(before[1]);
});

test("without a token for GitHub it changes nothing, since Terraform would take what it cannot see for gone", async () => {
  const before = await journal();
  const { code, errors } = await run(["--yes", name], undefined, { GITHUB_TOKEN: "" });

  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining("error: GITHUB_TOKEN is not set") });
  expect(await journal()).toBe(before);
});

const prompt = /Type the cluster's name/;
const typing = (...typed: Parameters<typeof runAtTerminal>[2]) =>
  runAtTerminal(world.project, { program, words: [name], environment: { TMPDIR: temporary } }, typed);

test.each([
  ["another name", `${name}-2\n`, 1, `'${name}-2' is not '${name}': nothing was changed`],
  ["nothing", "\n", 1, `'' is not '${name}': nothing was changed`],
  ["Ctrl-C", "\x03", 130, "\nerror: interrupted; nothing was changed"],
] as const)("%s at a terminal is no consent", async (_, typed, ending, said) => {
  const before = await journal();
  const { code, output } = await typing([prompt, typed]);

  expect({ code, output }).toEqual({ code: ending, output: expect.stringContaining(said) });
  expect(await journal()).toBe(before);
});

test("a second run is refused while a first one is at it, even if that only asks", async () => {
  const first = typing();
  let lock: string | undefined;
  for (let looks = 0; lock === undefined && looks < 300; looks++) {
    await setTimeout(200);
    lock = readdirSync(temporary).find((folder) => folder.startsWith("eks-cilium-platform-teardown-"));
  }
  const [, pid = ""] = /-(\d+)-\w+$/.exec(lock ?? "") ?? [];
  const { AWS_ENDPOINT_URL = "" } = process.env;
  const { code, output, errors } = await run(["--yes", name], undefined, { TMPDIR: temporary, AWS_ENDPOINT_URL });
  process.kill(Number(pid), "SIGINT");
  await first;

  expect({ code, output }).toEqual({ code: 2, output: "" });
  expect(errors).toMatch(new RegExp(`^error: a teardown of ${name} is at it already: process ${pid} of this machine`));
});

test("deletion protection is shown, and stays on unless somebody says otherwise", async () => {
  const eks = new EKSClient({ region });
  await eks.send(new UpdateClusterConfigCommand({ name, deletionProtection: true }));
  const before = await journal();
  const { code, errors } = await run(["--yes", name]);

  expect({ code, errors }).toEqual({
    code: 2,
    errors: `error: deletion protection of ${name} is on\n  next: --disable-deletion-protection switches it off\n`,
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
      // Terraform may have been killed while it wrote its state, of which the next run would say that.
      putBackStates(join(world.project, "state"));

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

  test("the cluster's name at a terminal is consent, and Ctrl-C ends what waits", async () => {
    const { code, output } = await typing([prompt, `${name}\n`], [/wait for Service/, "\x03"]);

    expect(code).toBe(130);
    expect(output).toMatch(/error: interrupted; run this again, and it goes on from here\s*$/);
  });

  test("what is held up is named when its time is up, with what holds it", async () => {
    const held = await tornDown({ clock: fastTime }).catch((thrown) => thrown);

    expect(held).toBeInstanceOf(StepTimeout);
    expect(held.obstacles).toEqual([
      {
        name: "Service default/web",
        heldBy: `finalizer ${serviceFinalizer} (EKS deletes its load balancer)`,
        clear: undefined,
      },
    ]);
  });
});

test("claims whose disks stay are named", async () => {
  expect(await tornDown({ dryRun: true, deleteVolumes: false })).toContain(
    "PersistentVolumeClaims keep their disks, since --delete-volumes is not given: default/data",
  );
});

canBeKilled(
  {
    "it deletes volumes": inside("Delete PersistentVolumeClaims"),
    "it deletes load balancers": inside("Delete the cluster's load balancers"),
  },
  ["--delete-volumes"],
);
canBeKilled({
  "it deletes NodePools": inside("Delete NodePools"),
  "it terminates instances": inside("Terminate Karpenter's instances"),
});

describe("where Karpenter does not run any more", () => {
  beforeAll(async () => {
    controllers.asleep.add("karpenter");
    await world.kubectl.run(["delete", "deployment", "karpenter", "--namespace=karpenter"]);
  });

  canBeKilled({
    "it lets EC2NodeClasses go": /Delete EC2NodeClasses[\s\S]*EC2NodeClass default, which nobody lets go/,
    "it uninstalls Flux": inside("Uninstall Flux"),
  });
});

test("it can leave Terraform to others, and says what they do then, and which disks stay", async () => {
  const make = workshop(region, { vpc: "", subnet: "" });
  const created = { "kubernetes.io/created-for/pvc/name": "kept", "kubernetes.io/created-for/pvc/namespace": "shop" };
  const [volumeHandle, theirs] = [await make.volume(created), await make.volume(created)];
  await world.kubectl.put([
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "kept" },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        persistentVolumeReclaimPolicy: "Retain",
        csi: { driver: "ebs.csi.aws.com", volumeHandle },
      },
    },
  ]);
  const { code, output, errors } = await run(["--yes", name, "--only-cluster"]);
  await world.kubectl.run(["delete", "persistentvolume", "kept"]);
  const ec2 = new EC2Client({ region });
  for (const VolumeId of [volumeHandle, theirs]) {
    await ec2.send(new DeleteVolumeCommand({ VolumeId }));
  }

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).toContain(`Disks of PersistentVolumeClaims stay, with their data: ${volumeHandle} (shop/kept)\n`);
  expect(output).toContain(`Now destroy ${name}-bootstrap, and run this again`);
  const kinds = "persistentvolumeclaims,persistentvolumes,ingresses,nodepools,nodeclaims,ec2nodeclasses";
  expect(await world.kubectl.run(["get", kinds, "--all-namespaces", "--output=name"])).toBe("");
});

describe("while the node group is there", () => {
  // Without it nothing in the cluster would matter any more; how far Terraform gets until it ends is a matter of luck.
  beforeAll(async () => {
    await faults("POST", { service: "eks", action: "DeleteNodegroup", times: 1e9 });
    // As if an apply had been killed after it had made these.
    const chdir = `-chdir=${join(world.project, "cdktf.out", "stacks", `${name}-bootstrap`)}`;
    const made = ["aws_launch_template.system", "github_repository_deploy_key.repository"];
    await promisify(execFile)("terraform", [chdir, "state", "rm", ...made], { env: process.env });
  });
  afterAll(() => faults("DELETE"));

  test("Ctrl-C while Terraform destroys lets it end what it is at, and its state knows", async () => {
    const { code, output } = await typing([prompt, `${name}\n`], [/Destroying\.\.\./, "\x03"]);

    expect(code).toBe(130);
    expect(output).toContain("Interrupt received");
    expect(output).toMatch(/error: interrupted; run this again, and it goes on from here\s*$/);
  }, 300_000);

  test("a terminal that is gone while Terraform destroys is an interruption too, which leaves no lock and no plan", async () => {
    const locks = () => readdirSync(join(world.project, "state")).filter((file) => file.endsWith(".lock.info"));
    const plans = () => readdirSync(temporary).filter((folder) => folder.startsWith("eks-cilium-platform-plans-"));
    await typing([prompt, `${name}\n`], [/Destroying\.\.\./, hangUp]);
    const left = () => [...locks(), ...plans()];
    const atFirst = left();
    for (let looks = 0; left().length > 0 && looks < 400; looks++) {
      await setTimeout(500);
    }

    expect(atFirst).toEqual([
      expect.stringContaining(`${name}-bootstrap`),
      expect.stringMatching(/^eks-cilium-platform-plans-/),
    ]);
    expect(left()).toEqual([]);
  }, 300_000);

  canBeKilled({ "Terraform destroys the stack bootstrap": destroying("bootstrap") });

  test("somebody whom the cluster does not know hears how to go on without it", async () => {
    const gone = { clusterName: name, principalArn: world.settings.admins[0] };
    await new EKSClient({ region }).send(new DeleteAccessEntryCommand(gone));
    const { code, errors } = await run(["--yes", name]);

    expect(code).toBe(1);
    expect(errors).toMatch(/does not know you \(401\)\n.*--without-api goes on without it/);
  });

  describe("with an API that is dead for good", () => {
    beforeAll(() => world.killApi());

    test("it says how to go on without it, and changes nothing", async () => {
      const before = await journal();
      const { code, errors } = await run(["--yes", name]);

      expect(code).toBe(1);
      expect(errors).toContain("--without-api goes on without it");
      expect(await journal()).toBe(before);
    });
  });
});

describe("with an API that is dead for good", () => {
  canBeKilled(
    {
      "it deletes interfaces": inside("Delete Cilium's network interfaces"),
      "it deletes launch templates": inside("Delete Karpenter's launch templates"),
      "Terraform destroys the stack cluster": destroying("cluster"),
    },
    ["--without-api"],
  );
  canBeKilled({ "it deletes security groups": inside("Delete security groups") }, ["--without-api"]);

  /** What holds a step up for good. */
  async function holding(step: Step): Promise<string> {
    const ownership = ownershipOf(world.settings);
    ownership.setVpcs([world.facts.vpc]);
    const connection = connect(world.settings, ownership.guard);
    const signal = new AbortController().signal;
    const context: TeardownContext = { connection, ownership, objects: undefined, signal, say: () => {} };
    const thrown = await runStep(step, context, fastTime).catch((held) => held);
    expect(thrown).toBeInstanceOf(StepTimeout);
    return thrown.obstacles.map(obstacleText).join("\n");
  }

  test("somebody else's things in the network are in its way, and are named", async () => {
    const { vpc, subnets } = world.facts;
    const make = workshop(region, { vpc, subnet: subnets[0] ?? "" });
    const ec2 = new EC2Client({ region });
    const { NetworkInterface: { NetworkInterfaceId } = {} } = await make.interface({ Name: "database" });
    const { VpcEndpoint: { VpcEndpointId = "" } = {} } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpc,
        ServiceName: `com.amazonaws.${region}.ssm`,
        VpcEndpointType: "Interface",
        SubnetIds: subnets.slice(0, 1),
        PrivateDnsEnabled: false,
      }),
    );
    const group = await make.securityGroup("theirs", { ManagedBy: "Terraform" });

    const held = await holding(emptyNetwork);
    expect(held).toContain(`${NetworkInterfaceId}, available, `);
    expect(held).toContain(`in ${subnets[0]}`);
    expect(held).toContain(`endpoint ${VpcEndpointId}`);
    expect(held).toContain(`security group ${group} (theirs)`);
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
  });

  test("a security group that another one's rule names is held by that, which is named", async () => {
    const { vpc } = world.facts;
    const make = workshop(region, { vpc, subnet: "" });
    const ec2 = new EC2Client({ region });
    const own = await make.securityGroup("k8s-elb-g7h8i9", { [`kubernetes.io/cluster/${name}`]: "owned" });
    const GroupId = await make.securityGroup("database", { Name: "database" });
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs: [{ GroupId: own }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

    expect(await holding(deleteSecurityGroups)).toContain(
      `${own} (k8s-elb-g7h8i9): a rule of security group ${GroupId} (database)`,
    );
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  });

  canBeKilled({ "Terraform destroys the stack network": destroying("network") });
});

test("after all that, one more run leaves nothing of the cluster's, and all of everybody else's", async () => {
  const make = workshop(region, { vpc: "", subnet: "" });
  await make.logGroup(`/aws/eks/${name}/cluster`, { Cluster: name });
  const disk = await make.volume({
    [`kubernetes.io/cluster/${name}`]: "owned",
    "kubernetes.io/created-for/pvc/name": "data",
    "kubernetes.io/created-for/pvc/namespace": "default",
  });
  const { code, errors, output } = await run(["--yes", name]);
  expect(output).toContain(`Disks of PersistentVolumeClaims stay, with their data: ${disk} (default/data)\n`);
  await new EC2Client({ region }).send(new DeleteVolumeCommand({ VolumeId: disk }));

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(leftAlone(output.split("\n"))).toEqual([
    "instance, vpc",
    "launch template, no VPC",
    "launch template, vpc",
    "load balancer, vpc",
    "load balancer, vpc",
    "network interface, vpc",
    "security group, vpc",
    "target group, vpc",
  ]);
  expect(output).toMatch(new RegExp(`The deploy key 'Flux in ${name}' of \\S+ stays: gh api --method DELETE`));
  expect(await inventory()).toEqual(foreign);
}, 300_000);

test("a run of what is gone finds nothing to do, and leaves alone what late logs made", async () => {
  const logGroup = `/aws/eks/${name}/cluster`;
  await workshop(region, { vpc: "", subnet: "" }).logGroup(logGroup, {});
  const { code, output } = await run(["--yes", name]);

  expect(code).toBe(0);
  expect(output).toContain("EKS has no such cluster");
  expect(output).toContain(`aws logs delete-log-group --region ${region} --log-group-name ${logGroup}`);
  const left = await inventory();
  expect(left.filter((line) => !foreign.includes(line))).toEqual([expect.stringContaining(logGroup)]);
  expect(foreign.filter((line) => !left.includes(line))).toEqual([]);
});

test("its policy allows every call that was made in all that, and no other but for leftovers", () => {
  const all = teardownPolicy({ ...world.facts.cluster, clusterName: name, region }).Statement;
  const Statement = all.filter(({ Sid }) => !/Leftovers|Alias/.test(Sid));
  const asked = [...aws.actions].filter((action) => !action.startsWith("sts:"));

  expect(asked.sort()).toEqual([...new Set(Statement.flatMap(({ Action }) => Action))].sort());
});
