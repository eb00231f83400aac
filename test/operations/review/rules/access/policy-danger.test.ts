import { isClusterAdministration, isWideOpen } from "../../../../../operations/review/rules/access/policy-danger";
import { parsePolicies, policyJson } from "../../../../../operations/review/rules/access/policy-document";

const everything = { Effect: "Allow", Resource: "*" };
const assume = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } };
const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/1";
const pods = {
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
  Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } },
};

function are(...statements: Readonly<Record<string, unknown>>[]): boolean[] {
  return statements.flatMap((one) => [...(parsePolicies([policyJson(one)])?.values() ?? [])].map(isWideOpen));
}

describe("on everything", () => {
  test.each(["*", "iam:*", "s3:PutObject", "sts:AssumeRole", "secretsmanager:GetSecretValue", "kms:Decrypt"])(
    "%s is a danger",
    (Action) => {
      expect(are({ ...everything, Action }, { ...everything, Action: ["s3:ListBucket", Action] })).toEqual([
        true,
        true,
      ]);
    },
  );

  test.each(["s3:Get*", "ec2:DescribeInstances", "dynamodb:Query", "iam:ListRoles"])("%s is none", (Action) => {
    expect(are({ ...everything, Action })).toEqual([false]);
  });

  test("a condition makes an action none, and all actions of a service a danger still", () => {
    const Condition = { StringEquals: { "aws:RequestedRegion": "eu-central-1" } };

    expect(are({ ...everything, Action: "ec2:RunInstances", Condition })).toEqual([false]);
    expect(are({ ...everything, Action: "ec2:*", Condition })).toEqual([true]);
  });

  test.each(["arn:aws:s3:::*", "arn:aws:s3:*:*:*", "arn:*", "**"])("means %s too", (Resource) => {
    expect(are({ Effect: "Allow", Action: "s3:PutObject", Resource })).toEqual([true]);
  });

  test.each(["arn:aws:s3:::logs/*", "arn:aws:iam::111122223333:role/*"])("does not mean %s", (Resource) => {
    expect(are({ Effect: "Allow", Action: "*", Resource })).toEqual([false]);
  });
});

test("to hand every role to a service is to have them all", () => {
  const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*" };
  const passed = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };

  expect(are(pass, { ...pass, Condition: passed })).toEqual([true, true]);
  expect(are({ ...pass, Resource: "arn:aws:iam::111122223333:role/app" })).toEqual([false]);
});

describe("for anybody", () => {
  test("is a danger, but not for all of an account", () => {
    expect(are(assume, { ...assume, Principal: "*" })).toEqual([true, true]);
    expect(are({ Effect: "Allow", Action: "kms:*", Resource: "*", Principal: { AWS: "111122223333" } })).toEqual([
      false,
    ]);
  });

  test.each([
    ["StringEquals", "aws:PrincipalOrgID", "o-1"],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::logs"],
    ["IpAddress", "aws:SourceIp", "192.0.2.0/24"],
    ["StringEquals", "kms:CallerAccount", "111122223333"],
  ])("is none if %s says with %s who it is", (operator, key, value) => {
    expect(are({ ...assume, Condition: { [operator]: { [key]: value } } })).toEqual([false]);
  });

  test.each([
    ["Bool", "aws:SecureTransport", "true"],
    ["StringNotEquals", "aws:SourceVpc", "vpc-1"],
    ["StringEqualsIfExists", "aws:SourceAccount", "111122223333"],
    ["ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-1/*"],
    ["StringLike", "aws:SourceArn", "*"],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["StringEquals", "aws:PrincipalType", "AssumedRole"],
    ["StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"],
    ["Bool", "aws:PrincipalIsAWSService", "false"],
    ["StringEquals", "aws:PrincipalTag/team", "a"],
  ])("is a danger whatever %s asks of %s: %s", (operator, key, value) => {
    expect(are({ ...assume, Condition: { [operator]: { [key]: value } } })).toEqual([true]);
  });

  test("means whoever an OIDC provider knows, unless the subject is asked for", () => {
    const subject = (like: string) => ({ StringLike: { [`${issuer}:sub`]: like } });
    const only = (like: string) => ({ ...pods, Condition: { ...pods.Condition, ...subject(like) } });

    expect(are(pods, only("system:serviceaccount:app:*"), only("*"))).toEqual([true, false, true]);
  });
});

test("what is denied is none", () => {
  expect(are({ ...everything, Action: "*", Effect: "Deny" })).toEqual([false]);
});

describe("an access policy of EKS's", () => {
  const inNamespace = { StringEquals: { namespace: ["shop"] } };
  const given = (policy: string, Condition: object = {}) =>
    [
      ...(parsePolicies([
        policyJson({ Effect: "Allow", Action: `all of ${policy}`, Resource: "demo", Condition }),
      ])?.values() ?? []),
    ].map(isClusterAdministration);

  test.each(["AmazonEKSEditPolicy", "AmazonEKSAdminPolicy"])(
    "%s is a danger in all namespaces, where one can act as Flux, and none in some",
    (policy) => {
      expect(given(policy)).toEqual([true]);
      expect(given(policy, inNamespace)).toEqual([false]);
    },
  );

  test("AmazonEKSClusterAdminPolicy is a danger wherever it is given, and those who only look are none", () => {
    expect(given("AmazonEKSClusterAdminPolicy", inNamespace)).toEqual([true]);
    expect(["AmazonEKSViewPolicy", "AmazonEKSAdminViewPolicy"].map((policy) => given(policy))).toEqual([
      [false],
      [false],
    ]);
  });
});
