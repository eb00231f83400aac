import { check, expectMistake, mistakesAt } from "./mistakes";

const member = (name: string) =>
  mistakesAt(`controlPlane.${name}`, (value) => ({ endpoints: [], controlPlane: { [name]: value } }));
const controlPlane = mistakesAt("controlPlane", (value) => ({ controlPlane: value }));
const serviceCidr = member("serviceCidr");
const logTypes = member("logTypes");
const logType = mistakesAt("controlPlane.logTypes[1]", (value) => ({ controlPlane: { logTypes: ["api", value] } }));
const secretsKeyArn = member("secretsKeyArn");

const id = "0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
const key = `arn:aws:kms:eu-central-1:111122223333:key/${id}`;

test.each([
  controlPlane("a control plane in one word", "audit", "must be an object such as { serviceCidr: '172.20.0.0/16'"),
  controlPlane("a control plane that is null", null, "must be an object such as"),

  serviceCidr("public addresses for Services", "203.0.113.0/24", "is outside of what EKS takes for Services"),
  serviceCidr("shared addresses for Services", "100.64.0.0/16", "take a network inside 10.0.0.0/8, 172.16.0.0/12 or"),
  serviceCidr("a /11 for Services", "10.0.0.0/11", "must be a /12 to /24, and is a /11"),
  serviceCidr("a /25 for Services", "10.1.2.0/25", "must be a /12 to /24, and is a /25"),
  serviceCidr("Services with host bits", "172.20.0.1/16", "has host bits set; write the network that it lies in"),
  serviceCidr("IPv6 for Services", "fd00::/108", "is IPv6, which this platform's clusters do not use"),
  serviceCidr("Services in the VPC", "10.200.4.0/24", "shares addresses with cidrBlock, 10.200.0.0/16, and EKS takes"),
  serviceCidr("Services around the VPC", "10.192.0.0/12", "shares addresses with cidrBlock, 10.200.0.0/16"),

  logTypes("a log without a list", "audit", "must be a list of logs, such as ['api', 'audit', 'authenticator']"),
  logType("an unknown log", "etcd", "must be one of 'api', 'audit', 'authenticator', 'controllerManager', 'scheduler'"),
  logType("a log with a dash", "controller-manager", "did you mean 'controllerManager'?"),
  logType("a log that stands there twice", "api", "stands in the list twice; leave one out"),

  secretsKeyArn("a key by its id", id, "must be the ARN of a KMS key, such as 'arn:aws:kms:eu-central-1:"),
  secretsKeyArn(
    "a key by its alias",
    "alias/eks",
    "is an alias, which may lead to another key some day; write what this",
  ),
  secretsKeyArn("an alias's ARN", `${key.split("key/")[0]}alias/eks`, "aws kms describe-key --key-id arn:aws:kms:eu"),
  secretsKeyArn("a key in capitals", key.toUpperCase(), "must be the ARN of a KMS key"),
  secretsKeyArn("a key that is none", "arn:aws:kms:eu-central-1:111122223333:key/1", "must be the ARN of a KMS key"),
  secretsKeyArn("a key of another region", key.replace("eu-central-1", "eu-west-1"), "is not of eu-central-1, and EKS"),
  secretsKeyArn(
    "a key of another partition",
    key.replace("arn:aws:", "arn:aws-cn:"),
    "is not of eu-central-1, and EKS",
  ),
])("%s is refused", expectMistake);

test.each([
  ["the largest network for Services", { serviceCidr: "172.16.0.0/12" }],
  ["the smallest network for Services", { serviceCidr: "192.168.7.0/24" }],
  ["one log", { logTypes: ["audit"] }],
  ["no log", { logTypes: [] }],
  ["a key that is there", { secretsKeyArn: key }],
  ["a key of several regions", { secretsKeyArn: `${key.split("key/")[0]}key/mrk-${"0123abcd".repeat(4)}` }],
])("%s is accepted without a warning", (_, controlPlane) => {
  const { clusters, problems, warnings } = check({ controlPlane });

  expect([...problems, ...warnings]).toEqual([]);
  expect(clusters).toMatchObject([{ controlPlane }]);
});

test("a key of another account is accepted with a warning", () => {
  const { problems, warnings } = check({
    name: "demo",
    controlPlane: { secretsKeyArn: key.replace("1111", "9999") },
  });

  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    "demo: controlPlane.secretsKeyArn is of another account than 111122223333; see that its policy lets that account use it",
  ]);
});
