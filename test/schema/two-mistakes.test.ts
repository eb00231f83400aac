import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkSettings } from "../../schema/settings";
import type { Changes } from "./mistakes";

/** A mistake: its place, what is written there, and the places of what that is compared with, which another mistake may take away. */
type Mistake = readonly [place: string, value: unknown, comparedWith?: readonly string[]];

const role = (name: string, partition = "aws") => `arn:${partition}:iam::111122223333:role/${name}`;
const keyElsewhere = "arn:aws:kms:us-east-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
const [a, b, c, d, e, f, g] = [..."0123456"].map((digit) => `subnet-${digit}a1b2c3d4e5f60718`);

const ofAnyCluster: readonly Mistake[] = [
  ["name", "Demo"],
  ["release", "1999-01-01"],
  ["account", "1"],
  ["region", "Frankfurt"],
  ["admins.0", "me"],
  ["admins.1", role("b", "aws-cn"), ["region"]],
  ["access.0.policy", "all"],
  ["access.0.namespaces.0", "A"],
  ["access.1.namespaces", ["shop"]],
  ["access.1.groups.0", "system:masters"],
  ["access.1.principal", role("a"), ["admins.0"]],
  ["access.2.polcy", "view"],
  ["access.2.principal", role("developers"), ["access.0.principal"]],
  ["iam.permissionsBoundary", "arn:aws:iam::444455556666:policy/boundary", ["account"]],
  ["iam.path", "platform"],
  ["iam.namePrefix", "a b"],
  ["deployRole", role("deploy", "aws-cn"), ["region"]],
  ["nodes.instanceTypes.0", "m5.large"],
  ["nodes.instanceTypes.1", "t4g.4xlarge"],
  ["nodes.maxSize", 1],
  ["ingress", "alb"],
  ["repository.owner", "a--b"],
  ["repository.branch", "a b"],
  ["controlPlane.serviceCidr", "8.8.8.0/24"],
  ["controlPlane.logTypes.0", "etcd"],
  ["controlPlane.secretsKeyArn", keyElsewhere, ["region"]],
  ["logRetentionDays", 31],
  ["flowLogs", "yes"],
  ["tags.Team", 5],
  ["tags.Name", "demo"],
  ["newInAws", ["eu-central-1"]],
  ["colour", "blue"],
];

const people: Changes = {
  admins: [role("a"), role("b")],
  access: [
    { principal: role("developers"), policy: "view", namespaces: ["shop"] },
    { principal: role("shop"), groups: ["shop"] },
    { principal: role("others"), policy: "view" },
  ],
  nodes: { instanceTypes: ["t4g.medium", "m7g.large"], minSize: 2 },
  tags: { Cost: "platform" },
};

type Kind = readonly [kind: string, settings: Changes, mistakes: readonly Mistake[], others: readonly Mistake[]];

const kinds: readonly Kind[] = [
  ["of any kind", people, ofAnyCluster, []],
  [
    "with a network that is made and a state in S3",
    { ...people, backend: { type: "s3", bucket: "acme-state" } },
    [
      ["zones.0", "eu-west-1a", ["region"]],
      ["zones.1", 5],
      ["cidrBlock", "10.0.0.0/8"],
      ["podCidr", "10.200.0.0/16", ["cidrBlock"]],
      ["apiAccess.0", "::/0"],
      ["backend.bucket", "B"],
      ["backend.region", "us-gov-west-1", ["region"]],
      ["backend.kmsKeyId", keyElsewhere, ["region", "backend.region"]],
      ["backend.roleArn", role("state", "aws-cn"), ["region", "backend.region"]],
      ["backend.colour", "blue"],
    ],
    ofAnyCluster,
  ],
  [
    "in a network that is there",
    {
      ...people,
      zones: undefined,
      cidrBlock: undefined,
      network: {
        vpcId: "vpc-0a1b2c3d4e5f60718",
        privateSubnets: [a, b],
        podSubnets: [c, d],
        controlPlaneSubnets: [e, f],
        publicSubnets: [g],
      },
    },
    [
      ["network.vpcId", "vpc"],
      ["network.privateSubnets.0", "subnet"],
      ["network.podSubnets.1", c],
      ["network.controlPlaneSubnets.0", 7],
      ["network.publicSubnets.0", b],
      ["network.colour", "blue"],
      ["podCidr", "100.64.0.0/16"],
      ["natGateways", "single"],
    ],
    ofAnyCluster.filter(([place]) => place !== "flowLogs"),
  ],
  [
    "whose runs are in HCP Terraform",
    { ...people, backend: { type: "cloud", organization: "acme" } },
    [
      ["backend.hostname", `${"a".repeat(60)}.${"b".repeat(60)}.example.com`],
      ["backend.project", "!"],
      ["backend.vcs", { repository: "acme" }],
      ["backend.agentPool", "!"],
      ["backend.notificationUrl", "http://example.com"],
      ["backend.runTask", { url: "http://example.com" }],
    ],
    ofAnyCluster,
  ],
];

/** Returns all that is wrong with a cluster, and with what is written into it. */
function problemsOf(settings: Changes, mistakes: readonly Mistake[]): readonly string[] {
  const cluster = structuredClone(demoWith(settings)) as Changes;
  for (const [place, value] of mistakes) {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Changes>((group, key) => {
      group[key] ??= {};
      return group[key] as Changes;
    }, cluster);
    parent[last] = value;
  }
  return checkSettings([cluster as never]).problems;
}

const isWithin = (place: string, other: string) => `${place}.`.startsWith(`${other}.`);

/** Returns whether one mistake is in the place of the other, or of what that is compared with. */
function touches([place]: Mistake, [other, , comparedWith = []]: Mistake): boolean {
  return [other, ...comparedWith].some((one) => isWithin(place, one) || isWithin(one, place));
}

test.each(kinds)(
  "each mistake of a cluster %s is said once, whatever other one is beside it",
  (...[, settings, own, others]) => {
    expect(problemsOf(settings, [])).toEqual([]);
    const alone = [...own, ...others].map((one) => ({ one, said: problemsOf(settings, [one]) }));
    expect(alone.filter(({ said }) => said.length !== 1)).toEqual([]);

    const pairs = alone.slice(0, own.length).flatMap((first, index) =>
      alone
        .slice(index + 1)
        .filter((second) => !touches(first.one, second.one) && !touches(second.one, first.one))
        .map((second) => [first, second] as const),
    );
    const otherwise = pairs.flatMap(([first, second]) => {
      const said = problemsOf(settings, [first.one, second.one]);
      const expected = [...first.said, ...second.said];
      return said.length === 2 && expected.every((line) => said.includes(line)) ? [] : [{ said, expected }];
    });
    expect(otherwise).toEqual([]);
  },
);
