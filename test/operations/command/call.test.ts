import { isRead, readsOnly } from "../../../operations/command/call";

test.each([
  ["eks:DescribeCluster", true],
  ["events:ListRules", true],
  ["ec2:DescribeInstances", true],
  ["sqs:GetQueueUrl", true],
  ["ec2:TerminateInstances", false],
  ["tag:TagResources", false],
])("%s only reads: %s", (action, reads) => {
  expect(isRead({ system: "aws", action })).toBe(reads);
});

test("a command that only reads is kept from anything else", () => {
  expect(() => readsOnly({ system: "aws", action: "eks:DeleteCluster" })).toThrow("eks:DeleteCluster would change");
  expect(() => readsOnly({ system: "aws", action: "eks:ListAddons" })).not.toThrow();
});
