import { check } from "./mistakes";

/** Paths of the lines, in order. */
const paths = (problems: readonly string[]) => problems.map((problem) => problem.split(": ")[0]);

test("all mistakes of a cluster are said at once, each in its own place", () => {
  const { clusters, problems } = check({
    name: "Demo",
    region: "Frankfurt",
    zones: ["eu-central-1a"],
    cidrBlock: "10.200.0.1/16",
    natGateways: "two",
    endpoints: ["sts", "s4"],
    apiAccess: ["10.0.0.0/8", "203.0.113.0/24", "::/0"],
    admins: [],
    nodes: { instanceTypes: ["m5.large"], minSize: 0, maxSize: 500 },
    repository: { owner: "ac--me", name: "clusters.git", branch: "a b", mode: "make", access: "token" },
    backend: { type: "s3", bucket: "B", region: "europe" },
    logRetentionDays: 31,
    tags: { Name: "demo", "aws:team": "platform" },
    colour: "blue",
  });

  expect(clusters).toEqual([]);
  expect(paths(problems).sort()).toEqual(
    [
      "name",
      "region",
      "zones",
      "cidrBlock",
      "natGateways",
      "endpoints[1]",
      "apiAccess[0]",
      "apiAccess[2]",
      "admins",
      "nodes.instanceTypes[0]",
      "nodes.minSize",
      "nodes.maxSize",
      "repository.owner",
      "repository.name",
      "repository.branch",
      "repository.mode",
      "repository.access",
      "backend.bucket",
      "backend.region",
      "logRetentionDays",
      "tags.Name",
      'tags["aws:team"]',
      "colour",
    ]
      .map((path) => `clusters[0].${path}`)
      .sort(),
  );
});

test("each unknown setting is a mistake in its own place", () => {
  expect(paths(check({ colour: "blue", size: "large" }).problems)).toEqual(["clusters[0].colour", "clusters[0].size"]);
});

test("mistakes of two clusters are said at once", () => {
  const { problems } = check({ name: "Demo", cidrBlock: "10.0.0.0/8" }, { name: "default", zones: [] });

  expect(paths(problems)).toEqual([
    "clusters[0].name",
    "clusters[0].cidrBlock",
    "clusters[1].name",
    "clusters[1].zones",
  ]);
});

test("a wrong setting does not hide that two others disagree", () => {
  expect(
    check({ tags: { Name: "demo" }, region: "eu-west-1", admins: ["arn:aws-cn:iam::111122223333:role/a"] }),
  ).toEqual({
    clusters: [],
    problems: [
      expect.stringContaining("clusters[0].tags.Name: 'demo' has a key that the stacks set themselves"),
      expect.stringContaining("clusters[0].zones[0]: 'eu-central-1a' is no availability zone of eu-west-1"),
      expect.stringContaining("clusters[0].zones[1]: 'eu-central-1b' is no availability zone of eu-west-1"),
      expect.stringContaining("clusters[0].admins[0]: 'arn:aws-cn:iam::111122223333:role/a' is not of eu-west-1's"),
    ],
    warnings: [],
  });
});

test("a wrong item of a list does not hide that another disagrees", () => {
  const { problems } = check({
    zones: ["eu-west-1a", "eu-central-1b", "eu-west-1a"],
    admins: ["platform-admin", "arn:aws-cn:iam::111122223333:role/a"],
  });

  expect(paths(problems)).toEqual([
    "clusters[0].zones[2]",
    "clusters[0].admins[0]",
    "clusters[0].zones[0]",
    "clusters[0].admins[1]",
  ]);
});

test("a wrong member of a group does not hide that AWS does not have another", () => {
  const { problems } = check({
    nodes: { instanceTypes: ["m5.large", "t4g.4xlarge"], minSize: 0 },
    backend: { type: "s3", bucket: "B", region: "eu-central-9" },
  });

  expect(paths(problems)).toEqual([
    "clusters[0].nodes.instanceTypes[0]",
    "clusters[0].nodes.minSize",
    "clusters[0].backend.bucket",
    "clusters[0].backend.region",
    "clusters[0].nodes.instanceTypes[1]",
  ]);
});

const abroad = "arn:aws-cn:iam::111122223333";

test.each([
  [
    "an item of a list that has a default",
    { access: ["me", { principal: `${abroad}:role/a`, policy: "view" }] },
    ["access[0]", "access[1].principal"],
  ],
  [
    "what is newer than the tables",
    { newInAws: ["Frankfurt", "eu-central-9"], region: "eu-central-9", zones: ["eu-central-9a", "eu-central-1b"] },
    ["newInAws[0]", "zones[1]"],
  ],
  [
    "a path of roles",
    { iam: { path: "teams", permissionsBoundary: `${abroad}:policy/b` } },
    ["iam.path", "iam.permissionsBoundary"],
  ],
  [
    "a log",
    { controlPlane: { logTypes: ["etcd", "api", "api"], serviceCidr: "10.200.0.0/24" } },
    ["controlPlane.logTypes[0]", "controlPlane.logTypes[2]", "controlPlane.serviceCidr"],
  ],
  [
    "an unknown member",
    { backend: { type: "s3", bucket: "acme-state", colour: "blue", roleArn: `${abroad}:role/a` } },
    ["backend.colour", "backend.roleArn"],
  ],
])("beside %s that is wrong, what disagrees with others is said", (_, changes, places) => {
  expect(paths(check(changes).problems)).toEqual(places.map((place) => `clusters[0].${place}`));
});

const ours = "arn:aws:iam::111122223333";
const keyInVirginia = "arn:aws:kms:us-east-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
const inCloud = { type: "cloud", organization: "acme" };
const reader = (principal: string) => ({ principal, policy: "view" });

test.each([
  [
    "a bucket's region",
    {
      backend: {
        type: "s3",
        bucket: "acme-state",
        region: "Virginia",
        kmsKeyId: keyInVirginia,
      },
    },
    "backend.region",
  ],
  [
    "a prefix of roles",
    { name: "demo", iam: { namePrefix: "a b" }, admins: ["arn:aws:iam::111122223333:role/demo-cluster"] },
    "iam.namePrefix",
  ],
  ["a group", { iam: null, admins: [`${ours}:role/demo-k8s-cilium-cluster`] }, "iam"],
  [
    "a path of roles",
    { backend: inCloud, iam: { path: "teams/" }, admins: [`${ours}:role/teams/acme-runs-apply`] },
    "iam.path",
  ],
  [
    "a host",
    { backend: { ...inCloud, hostname: "https://tfe.example.com" }, access: [reader(`${ours}:role/acme-runs-plan`)] },
    "backend.hostname",
  ],
  [
    "a network of Services",
    { cidrBlock: "172.16.0.0/16", podCidr: "172.20.0.0/16", controlPlane: { serviceCidr: "172.20.0.0" } },
    "controlPlane.serviceCidr",
  ],
  ["a network of pods", { cidrBlock: "10.0.0.0/24", podCidr: "100.64.0.0/28" }, "podCidr"],
  [
    "a region that is misspelt",
    { backend: { type: "s3", bucket: "acme-state", regoin: "us-east-1", kmsKeyId: keyInVirginia } },
    "backend.regoin",
  ],
])("%s that is wrong has no default, by which others would be wrong", (_, changes, place) => {
  expect(paths(check(changes).problems)).toEqual([`clusters[0].${place}`]);
});

test("too many zones are told from zones of another region", () => {
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "eu-west-1d", "us-east-1e"];

  expect(paths(check({ region: "us-east-1", zones }).problems)).toEqual(["clusters[0].zones", "clusters[0].zones[3]"]);
});

test("a wrong setting of one cluster does not hide that it clashes with another", () => {
  const { problems } = check({ tags: { Name: "demo" } }, { name: "second", ingress: "alb" });

  expect(paths(problems)).toEqual(["clusters[0].tags.Name", "clusters[1].ingress", "clusters[1].cidrBlock"]);
});

test("zones are not compared with a region that is wrong itself", () => {
  expect(paths(check({ region: "Frankfurt" }).problems)).toEqual(["clusters[0].region"]);
});

test("warnings are kept for settings that can be built", () => {
  expect(check({ apiAccess: ["0.0.0.0/0"], name: "Demo" })).toMatchObject({
    problems: [expect.any(String)],
    warnings: [],
  });
});
