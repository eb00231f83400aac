import { allows, statementsOf } from "../../../operations/verify/aws-policy";

const policy = (...statements: readonly object[]) => statementsOf(JSON.stringify({ Statement: statements }));

const allow = (...Action: readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" });

test("a policy that IAM encodes, and one whose lists are single texts, are read as others", () => {
  const document = { Statement: { Effect: "Allow", Action: "ec2:DescribeVpcs", Resource: "*" } };
  const read = [{ Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] }];

  expect(statementsOf(JSON.stringify(document))).toEqual(read);
  expect(statementsOf(encodeURIComponent(JSON.stringify(document)))).toEqual(read);
  expect(() => statementsOf("{}")).toThrow();
  const Condition = { Bool: { "aws:SecureTransport": false } };
  expect(policy({ Effect: "Deny", Action: "*", Condition })[0]?.Condition).toEqual({
    Bool: { "aws:SecureTransport": ["false"] },
  });
});

test.each([
  ["ec2:DescribeVpcs", true],
  ["ec2:Describe*", true],
  ["EC2:describevpcs", true],
  ["*", true],
  ["ec2:DescribeVpc?", true],
  ["ec2:DescribeVpc", false],
  ["ec2:DescribeVpcsX", false],
  ["ec2.DescribeVpcs", false],
])("%s allows ec2:DescribeVpcs: %s", (pattern, is) => {
  expect(allows(policy(allow(pattern)), "ec2:DescribeVpcs")).toBe(is);
});

test("what is denied everywhere is not allowed; what is denied on a condition, or elsewhere, may be", () => {
  const denial = { Effect: "Deny", Action: "ec2:*", Resource: "*" };
  const action = "ec2:RunInstances";

  expect(allows(policy(allow(action), denial), action)).toBe(false);
  expect(allows(policy(allow(action), { ...denial, Resource: "arn:of:one" }), action)).toBe(true);
  const condition = { Bool: { "aws:SecureTransport": "false" } };
  expect(allows(policy(allow(action), { ...denial, Condition: condition }), action)).toBe(true);
  expect(allows([], action)).toBe(false);
});
