import { parsePolicies } from "../../../../../operations/review/rules/access/policy-document";

type Members = Readonly<Record<string, unknown>>;

const put: Members = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const both: Members = { ...put, Action: ["s3:PutObject", "s3:GetObject"], Resource: ["a", "b"] };
const trust: Members = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "111122223333" } };

function document(Statement: unknown, Version = "2012-10-17"): string {
  return JSON.stringify({ Version, Statement });
}

/** What statements say, as far as they differ. */
function ids(statements: unknown): string[] {
  return [...(parsePolicies([document(statements)])?.keys() ?? [])].sort();
}

function when(Condition: unknown): Members {
  return { ...put, Condition };
}

describe("the same is said in", () => {
  test.each<[string, unknown, unknown]>([
    [
      "another order",
      [both, trust],
      [trust, { ...both, Action: ["s3:GetObject", "s3:PutObject"], Resource: ["b", "a"] }],
    ],
    ["another Sid", put, { ...put, Sid: "Put" }],
    ["a list of one", [put], { ...put, Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::logs/*"] }],
    ["another case of actions", put, { ...put, Action: "S3:putobject" }],
    [
      "another case of a condition's operator and key",
      when({ StringEquals: { "aws:SourceAccount": "1" } }),
      when({ stringEquals: { "AWS:sourceaccount": "1" } }),
    ],
    ["another order of conditions", when({ Null: { a: "1", b: "1" } }), when({ Null: { b: "1", a: "1" } })],
    ["text for numbers and booleans", when({ Bool: { k: true, n: 1 } }), when({ Bool: { k: "True", n: "1" } })],
    ["a name given twice", put, { ...put, Action: ["s3:PutObject", "s3:putObject"] }],
    ["a statement given twice", put, [put, { ...put, Sid: "again" }]],
    ["an account's root", trust, { ...trust, Principal: { AWS: ["arn:aws:iam::111122223333:root"] } }],
    ["an account's root in China", trust, { ...trust, Principal: { AWS: "arn:aws-cn:iam::111122223333:root" } }],
    ["ArnEquals", when({ ArnLike: { k: "a:*" } }), when({ ArnEquals: { k: "a:*" } })],
    ["an empty Condition", put, when({ StringEquals: {} })],
    [
      "NotAction in another order and case",
      { Effect: "Allow", NotAction: ["iam:*", "s3:*"], Resource: "*" },
      { Resource: ["*"], NotAction: ["S3:*", "iam:*"], Effect: "Allow" },
    ],
  ])("%s", (_, one, other) => {
    expect(ids(one)).not.toEqual([]);
    expect(ids(one)).toEqual(ids(other));
  });
});

test.each<[string, unknown, unknown]>([
  ["a service's role and a user of the same name", trust, { ...trust, Principal: { Service: "111122223333" } }],
  ["anyone and anyone at AWS", { ...trust, Principal: "*" }, { ...trust, Principal: { AWS: "*" } }],
  ["Action and NotAction", put, { Effect: "Allow", NotAction: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }],
  ["resources of another case", put, { ...put, Resource: "arn:aws:s3:::LOGS/*" }],
  ["conditions on another key", when({ Null: { a: "true" } }), when({ Null: { b: "true" } })],
  ["keys of an object's prototype", when({ Null: { constructor: "true" } }), when({ Null: { toString: "true" } })],
])("%s are not the same", (_, one, other) => {
  expect(ids(one)).not.toEqual(ids(other));
});

test("a variable is plain text in the older language", () => {
  const home = { ...put, Resource: "home/${aws:username}" };

  expect([...(parsePolicies([document(home, "2008-10-17")])?.keys() ?? [])]).not.toEqual(ids(home));
  expect([...(parsePolicies([document(put, "2008-10-17")])?.keys() ?? [])]).toEqual(ids(put));
});

test("documents that hold together are one policy", () => {
  expect([...(parsePolicies([document(put), document(trust)])?.keys() ?? [])].sort()).toEqual(ids([put, trust]));
  expect(parsePolicies([])?.size).toBe(0);
});

test.each([
  "",
  "(known after apply)",
  "null",
  "[]",
  "{}",
  '"Statement"',
  document("text"),
  document([null]),
  document({ ...put, Effect: "allow" }),
  document({ ...put, Action: { a: 1 } }),
  document({ ...put, Action: [["a"]] }),
  document({ ...put, NotAction: "a" }),
  document({ Effect: "Allow", Resource: "*" }),
  document({ ...put, Actions: "s3:*" }),
  document(when({ StringEquals: "a" })),
  document(when([])),
  JSON.stringify({ Statement: [], Resources: {} }),
  document(put).replace('"s3:PutObject"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
])("no policy document is %.60s", (text) => {
  expect(parsePolicies([document(put), text])).toBeUndefined();
});
