import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";

import { stackName } from "../../platform/parts";
import { terraformProgram } from "../../platform/terraform";
import { awsAccess } from "../../rehearsal/world/aws-access";
import { networkAtStart } from "../../rehearsal/world/existing-network";
import { readVariables } from "../../rehearsal/world/world-files";
import type { ExistingNetwork } from "../../schema/network";
import type { ClusterSettings } from "../../schema/settings";
import { writeStacks } from "../../stacks/platform";
import { clusterInNetwork, podSubnets, sharedNetwork } from "../support/settings";

const run = promisify(execFile);
const program = terraformProgram(process.env);
const folder = mkdtempSync(join(tmpdir(), "existing-network-"));
const aws = join(folder, "aws");
const { vpcId, privateSubnets, controlPlaneSubnets, publicSubnets } = sharedNetwork;
/** Of a VPC of this account, as EC2 makes one: without DNS hostnames, without a route, without tags. */
const own: ExistingNetwork = { vpcId: "", privateSubnets: [], controlPlaneSubnets: [] };
/** More of its subnets. */
const ofPodsHere: string[] = [];
/** The shared network, with subnets for pods alone. */
const apart: ExistingNetwork = { ...sharedNetwork, podSubnets };
/** More subnets that are shared, each with where it leads. */
const [inThirdZone, deadEnd, publicInFirstZone, ofMainTable] = [
  extra(0, "c", "NAT gateway"),
  extra(1, "b", "none"),
  extra(2, "a", "internet gateway"),
  extra(3, "b", "main route table"),
];
let ec2: EC2Client;
let environment: NodeJS.ProcessEnv;
let stack: string;

beforeAll(async () => {
  const atStart = networkAtStart(clusterInNetwork({ network: apart }));
  const subnets = [...(atStart?.subnets ?? []), inThirdZone, deadEnd, publicInFirstZone, ofMainTable];
  const network = JSON.stringify({ ...atStart, subnets });
  execFileSync("rehearsal/aws/start", ["--network", network, aws]);
  const variables = readVariables(join(aws, "env"));
  environment = { ...process.env, ...variables };
  Object.assign(own, await madeHere(variables));
  stack = stackFolder(sharedNetwork);
  await run(program, ["init", "-input=false", "-no-color"], { cwd: stack, env: environment });
});

afterAll(() => {
  execFileSync("rehearsal/aws/stop", [aws]);
  rmSync(folder, { recursive: true });
});

function extra(place: number, zone: string, wayOut: string) {
  // Of the four /20s before the last, in which the owner has its NAT gateway.
  return {
    id: `subnet-0a1b2c3d4e5f6076${place}`,
    zone: `eu-central-1${zone}`,
    cidrBlock: `10.96.${(11 + place) * 16}.0/20`,
    wayOut,
  };
}

/** Makes a VPC with a tiny subnet in each of two zones, and returns their ids. */
async function madeHere(variables: Record<string, string>): Promise<ExistingNetwork> {
  const { AWS_REGION: region = "" } = variables;
  ec2 = new EC2Client(awsAccess(variables));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.97.0.0/16" }));
  const VpcId = Vpc?.VpcId ?? "";
  const subnet = async (zone: string, CidrBlock: string) => {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: region + zone }));
    return Subnet?.SubnetId ?? "";
  };
  const subnets = [await subnet("a", "10.97.0.0/28"), await subnet("b", "10.97.0.16/28")];
  ofPodsHere.push(await subnet("a", "10.97.0.32/28"), await subnet("b", "10.97.0.48/28"));
  return { vpcId: VpcId, privateSubnets: subnets, controlPlaneSubnets: subnets };
}

/** Writes the network stack into the one folder of these tests, and returns that. */
function stackFolder(network: ExistingNetwork, changes: Partial<ClusterSettings> = {}): string {
  const cluster = clusterInNetwork({ network, ...changes });
  const { folder: stacks } = writeStacks([cluster], { outdir: join(folder, "cdktf.out") });
  return join(stacks, stackName(cluster.name, "network"));
}

/** What Terraform says when it plans the network stack: its output, with errors and warnings, in one line. */
async function planned(network: ExistingNetwork, changes: Partial<ClusterSettings> = {}): Promise<string> {
  const options = { cwd: stackFolder(network, changes), env: environment };
  const { stdout, stderr } = await run(
    "terraform",
    ["plan", "-input=false", "-no-color", "-lock=false"],
    options,
  ).catch((failed) => failed);
  return `${stdout}${stderr}`.replaceAll(/[\s│]+/g, " ");
}

const [first = "", second = ""] = privateSubnets;
const [outer = ""] = publicSubnets;

test.each([
  ["pods where nodes are", sharedNetwork],
  ["subnets for pods alone", apart],
])(
  "a network that another account shares, as the settings want it, is planned without an error or a warning: %s",
  async (_, network) => {
    const plan = await planned(network);

    expect(plan).not.toMatch(/Error|Warning/);
    expect(plan).toContain("Changes to Outputs:");
  },
);

test.each<[string, Partial<ExistingNetwork>, string]>([
  [
    "private subnets without a way out",
    { privateSubnets: [first, controlPlaneSubnets[1] ?? ""] },
    `${controlPlaneSubnets[1]} has no way out`,
  ],
  [
    "a private subnet that is public",
    { privateSubnets: [second, outer], publicSubnets: publicSubnets.slice(1) },
    `${outer} is a public subnet`,
  ],
  [
    "public subnets that are private",
    { privateSubnets, publicSubnets: [controlPlaneSubnets[0] ?? ""] },
    `${controlPlaneSubnets[0]} is not public`,
  ],
  [
    "subnets of pods without a way out",
    { podSubnets: [podSubnets[0] ?? "", deadEnd.id] },
    `${deadEnd.id} has no way out`,
  ],
  [
    "a subnet of pods that is public",
    { podSubnets: [publicInFirstZone.id, podSubnets[1] ?? ""] },
    `${publicInFirstZone.id} is a public subnet`,
  ],
  [
    "a zone with nodes in which pods have no subnet",
    { podSubnets, privateSubnets: [first, second, inThirdZone.id] },
    "network.podSubnets has no subnet in eu-central-1c, where network.privateSubnets has nodes",
  ],
  [
    "two public subnets in a zone",
    { publicSubnets: [...publicSubnets, publicInFirstZone.id] },
    "network.publicSubnets has two subnets in eu-central-1a, and a load balancer takes one of each zone",
  ],
  [
    "a control plane in one zone",
    { controlPlaneSubnets: [first, controlPlaneSubnets[0] ?? ""] },
    "are all in eu-central-1a, and EKS",
  ],
  [
    "a subnet that is not there",
    { controlPlaneSubnets: [first, "subnet-0123456789abcdef0"] },
    "no matching EC2 Subnet found",
  ],
])("%s: no plan, and the reason", async (_, changes, words) => {
  const plan = await planned({ ...sharedNetwork, ...changes });

  expect(plan).toContain("Error:");
  expect(plan).toContain(words);
});

test.each([
  ["lies in", "10.96.128.0/20"],
  ["has all of", "10.96.0.0/12"],
])("a network of Services that %s a block of the VPC: a warning names both", async (_, serviceCidr) => {
  const plan = await planned(apart, { controlPlane: { serviceCidr } });

  expect(plan).not.toContain("Error:");
  expect(plan).toContain(`controlPlane.serviceCidr ${serviceCidr} shares addresses with 10.96.0.0/16 of ${vpcId}`);
});

test("a network of Services beside the VPC's is planned", async () => {
  expect(await planned(apart, { controlPlane: { serviceCidr: "10.97.0.0/16" } })).not.toMatch(/Error|Warning/);
});

test("where a subnet leads that has the owner's main route table, nobody sees: a warning asks for its owner's word", async () => {
  const plan = await planned({
    ...sharedNetwork,
    privateSubnets: [first, ofMainTable.id],
  });

  expect(plan).not.toContain("Error:");
  expect(plan).toContain(`Nobody can see here the way out of ${ofMainTable.id}, by the main route table of ${vpcId}`);
  expect(plan).toContain("Have the owner associate a table with each subnet, or confirm");
});

test("a zone with nodes in which load balancers have no subnet is warned of", async () => {
  const plan = await planned({ ...sharedNetwork, publicSubnets: [outer] });

  expect(plan).not.toContain("Error:");
  expect(plan).toContain("internet send nothing to nodes in eu-central-1b, where network.publicSubnets has no subnet");
});

test("a subnet of another VPC is named with both", async () => {
  const plan = await planned({ ...sharedNetwork, privateSubnets: [first, own.privateSubnets[0] ?? ""] });

  expect(plan).toContain(`${own.privateSubnets[0]} is a subnet of ${own.vpcId}, and network.vpcId is ${vpcId}`);
});

test("a VPC in which names do not resolve is refused with the command that mends it", async () => {
  expect(await planned(own)).toContain(`aws ec2 modify-vpc-attribute --vpc-id ${own.vpcId} --enable-dns-hostnames`);
});

test("full subnets, and subnets of ours without tags of load balancers, are warned of; what has no table of its own has the main one", async () => {
  const { vpcId: VpcId, privateSubnets: SubnetIds } = own;
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  expect(await planned(own)).toContain(`${SubnetIds[0]} has no way out`);
  const nat = new CreateNatGatewayCommand({ SubnetId: SubnetIds[0], ConnectivityType: "private" });
  const NatGatewayId = (await ec2.send(nat)).NatGateway?.NatGatewayId;
  const Filters = [{ Name: "vpc-id", Values: [VpcId] }];
  const { RouteTables: [main] = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const route = { RouteTableId: main?.RouteTableId, DestinationCidrBlock: "0.0.0.0/0", NatGatewayId };
  await ec2.send(new CreateRouteCommand(route));

  const plan = await planned(own);

  expect(plan).not.toContain("Error:");
  expect(plan).toMatch(/No node fits any more into subnet-\w+ \(\d+ left\), subnet-\w+ \(\d+ left\)/);
  expect(plan).toContain(
    `aws ec2 create-tags --resources ${SubnetIds.join(" ")} --tags Key=kubernetes.io/role/internal-elb`,
  );
});

test("where pods have subnets of their own, nodes' need room for nodes alone, and full ones of pods are warned of by zone", async () => {
  const plan = await planned({ ...own, podSubnets: ofPodsHere });

  expect(plan).not.toContain("Error:");
  expect(plan).not.toContain("No node fits");
  expect(plan).toMatch(/into network\.podSubnets of eu-central-1a \(\d+ left\), eu-central-1b \(\d+ left\)/);
});
