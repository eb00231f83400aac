import { demoWith } from "../../rehearsal/life/demo-settings";
import { type ClusterSettings, checkSettings } from "../../schema/settings";
import { clusters } from "../../settings";
import { check, expectMistake, mistakesAt } from "./mistakes";

const setting = (path: string) => mistakesAt(path, (value) => ({ [path]: value }));
const repository = { owner: "acme", name: "clusters" };

test("the settings that ship can be built, and nothing about them is doubtful", () => {
  const checked = checkSettings(clusters);

  expect(checked.clusters).toHaveLength(clusters.length);
  expect(checked).toMatchObject({ clusters, problems: [], warnings: [] });
});

test.each([
  [
    "one cluster without a list",
    demoWith({ name: "demo" }),
    /^clusters: \{ name: 'demo', .*… must be a list of clusters: export const clusters: ClusterSettings\[\] = /,
  ],
  ["nothing", undefined, /^clusters: missing; it must be a list of clusters: export/],
  ["a promise", Promise.resolve([]), /^clusters: Promise \{ \[\].* must be a list of clusters: export/],
])("%s is refused, since clusters are a list", (_, clusters, problem) => {
  expect(checkSettings(clusters as unknown as ClusterSettings[]).problems).toEqual([expect.stringMatching(problem)]);
});

test.each([
  setting("name")("a cluster without a name", undefined, "must be 1 to 32"),
  setting("region")("a cluster without a region", undefined, "must be the code of a region"),
  setting("zones")("a cluster without zones", undefined, "must be a list of availability zones"),
  setting("cidrBlock")("a cluster without a block", undefined, "must be an IPv4 network from /16 to /24"),
  setting("apiAccess")("a cluster that says nothing of its API", undefined, "an empty list means private only"),
  setting("admins")("a cluster without admins", undefined, "must be a list of ARNs of IAM users and roles"),
  setting("repository")("a cluster without a repository", undefined, "must name a GitHub repository: { owner:"),

  setting("natGateways")("an unknown number of NAT gateways", "two", "must be one of 'per-zone', 'single'"),
  setting("natGateways")("a switch for NAT gateways", true, "must be one of 'per-zone', 'single'"),
  setting("natGateways")("a number of NAT gateways with a slip", "per_zone", "'single'; did you mean 'per-zone'?"),
  setting("ingress")("an unknown ingress", "alb", "must be one of 'cluster-ip', 'nlb'"),
  setting("clusterAuth")("an unknown login", "password", "must be one of 'token', 'exec'"),
  setting("deletionProtection")("protection in quotes", "false", "must be true or false"),
  setting("flowLogs")("flow logs by number", 1, "must be true or false"),
  setting("logRetentionDays")("a retention that CloudWatch does not know", 31, "must be one of 1, 3, 5, 7, 14, 30"),
  setting("logRetentionDays")("a retention without end", 0, "must be one of 1, 3, 5"),
  setting("logRetentionDays")("a retention in quotes", "30", "must be one of 1, 3, 5"),
  setting("logRetentionDays")("a retention in another word", "forever", "3653 (days), or 'never'"),
  setting("repository")("a repository in one string", "acme/clusters", "must name a GitHub repository: { owner:"),
  setting("endpoints")("one service without a list", "sts", "must be a list of AWS services"),
  setting("apiAccess")("one network without a list", "203.0.113.0/24", "must be a list of IPv4 networks"),
  setting("cidrBlock")("a list of blocks", ["10.200.0.0/16"], "must be an IPv4 network from /16 to /24"),
  setting("name")("a name that has to be computed", () => "demo", "must be 1 to 32"),
])("%s is refused", expectMistake);

const backend = { type: "s3", bucket: "state" };

test.each([
  [
    "a setting that is misspelt",
    { natGateway: "single" },
    ["natGateway: unknown setting; did you mean 'natGateways'?"],
  ],
  [
    "a setting of nodes",
    { nodes: { desiredSize: 3 } },
    ["nodes.desiredSize: unknown setting; take one of instanceTypes, "],
  ],
  [
    "one of the repository",
    { repository: { ...repository, brnch: "x" } },
    ["repository.brnch: unknown setting; did you mean 'branch'?"],
  ],
  [
    "one of a backend",
    { backend: { ...backend, key: "a" } },
    ["backend.key: unknown setting; take one of type, bucket, region"],
  ],
  [
    "one of another backend",
    { backend: { type: "local", bucket: "a" } },
    ["backend.bucket: unknown setting; take one of type"],
  ],
  ["an undefined one", { colour: undefined }, ["colour: unknown setting; take one of name, release, account,"]],
  [
    "several, all that there are being listed once",
    { colour: "blue", Zones: [], size: "large" },
    [
      "colour: unknown setting; take one of name, release, account, regi",
      "Zones: unknown setting; did you mean 'zones'?",
      "size: unknown setting; the known ones are listed above",
    ],
  ],
])("a setting that is unknown is refused: %s", (_, changes, beginnings) => {
  const { problems } = check(changes);

  expect(problems.map((problem, index) => problem.slice(0, `clusters[0].${beginnings[index]}`.length))).toEqual(
    beginnings.map((beginning) => `clusters[0].${beginning}`),
  );
  expect(problems.join("\n").match(/take one of name/g)?.length ?? 0).toBeLessThan(2);
});

test.each([null, "demo", 7, []])("a cluster that is %j is refused, and its neighbour is still checked", (given) => {
  const { problems } = checkSettings([given as never, demoWith({ name: "Demo" })]);

  expect(problems).toEqual([
    expect.stringMatching(
      /^clusters\[0\]: .* must be a cluster: an object with name, release, account, region, zones, .* and repository$/,
    ),
    expect.stringContaining("clusters[1].name: 'Demo'"),
  ]);
});

test("an empty list of clusters is refused", () => {
  expect(checkSettings([]).problems).toEqual(["clusters: [] must name one cluster at least"]);
});

test("a mistake is one line, of whatever length and however many lines the value is", () => {
  const [problem = ""] = check({ name: `demo\n${"demo".repeat(1000)}` }).problems;

  expect(problem).not.toContain("\n");
  expect(problem.length).toBeLessThan(400);
  expect(problem).toMatch(/^clusters\[0\]\.name: 'demo\\ndemodemo.*… must be 1 to 32/);
});

test("what is not set has the defaults of the design", () => {
  const { name, release, account, region, zones, cidrBlock, apiAccess, admins } = demoWith();
  const required: ClusterSettings = { name, release, account, region, zones, cidrBlock, apiAccess, admins, repository };

  expect(checkSettings([required]).clusters).toEqual([
    {
      ...required,
      newInAws: [],
      access: [],
      iam: { path: "/", namePrefix: "" },
      natGateways: "per-zone",
      endpoints: ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"],
      nodes: { instanceTypes: ["t4g.medium"], minSize: 2, maxSize: 2 },
      ingress: "cluster-ip",
      repository: { ...repository, branch: "main", mode: "existing", access: "deploy-key" },
      backend: { type: "local" },
      clusterAuth: "token",
      deletionProtection: true,
      controlPlane: { logTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"] },
      logRetentionDays: 30,
      flowLogs: false,
      tags: {},
    },
  ]);
});

test("a node group grows as far as its maximum says, which is its minimum unless it is set", () => {
  const sizes = (nodes: object) => check({ nodes }).clusters.map((cluster) => cluster.nodes);

  expect(sizes({ minSize: 3 })).toMatchObject([{ minSize: 3, maxSize: 3 }]);
  expect(sizes({ maxSize: 5 })).toMatchObject([{ minSize: 2, maxSize: 5 }]);
  expect(sizes({ minSize: 3, maxSize: 5 })).toMatchObject([{ minSize: 3, maxSize: 5 }]);
});
