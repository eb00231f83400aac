import { comparePolicies } from "../../../../../operations/review/rules/access/policy";

type Members = Record<string, unknown>;

const logs = "arn:aws:s3:::logs/*";
const put: Members = { Effect: "Allow", Action: "s3:PutObject", Resource: logs };
const deny: Members = { Effect: "Deny", Action: ["s3:DeleteObject", "s3:PutObject"], Resource: "*" };
const trust: Members = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };

function document(statement: unknown, version = "2012-10-17"): string {
  return JSON.stringify({ Version: version, Statement: statement });
}

/** Every change between two lists of statements, a line each. */
function changes(before: unknown, after: unknown): string[] | undefined {
  const found = comparePolicies([document(before)], [document(after)], () => false);
  return found?.map(({ direction, what }) => `${direction}: ${what}`);
}

function when(Condition: unknown): Members {
  return { ...put, Condition };
}

describe("what is wider", () => {
  test.each<[string, unknown, unknown, string[]]>([
    [
      "a new action",
      put,
      { ...put, Action: ["s3:PutObject", "s3:GetObject"] },
      [`wider: allowed now: s3:GetObject on ${logs}`],
    ],
    [
      "a new principal",
      trust,
      { ...trust, Principal: { Service: "ec2.amazonaws.com", AWS: "111122223333" } },
      ["wider: allowed now: sts:AssumeRole for AWS:111122223333"],
    ],
    [
      "a new statement, as one sentence for all it allows",
      put,
      [
        put,
        {
          Effect: "Allow",
          Action: ["iam:PassRole", "iam:GetRole"],
          Resource: ["known after apply", "a"],
          Condition: { StringEquals: { "iam:PassedToService": "s" } },
        },
      ],
      ["wider: allowed now: iam:GetRole, iam:PassRole on a, known after apply, if iam:PassedToService is s"],
    ],
    [
      "an action for all resources where two statements had one each",
      [put, { ...put, Action: "s3:GetObject", Resource: "b" }],
      { ...put, Action: ["s3:PutObject", "s3:GetObject"], Resource: [logs, "b"] },
      [`wider: allowed now: s3:GetObject on ${logs}; s3:PutObject on b`],
    ],
    [
      "a wildcard in place of an action",
      put,
      { ...put, Action: "s3:*" },
      [`wider: allowed now: s3:* on ${logs} (before only in part)`],
    ],
    [
      "anyone in place of anyone at AWS",
      { ...trust, Principal: { AWS: "*" } },
      { ...trust, Principal: "*" },
      ["wider: allowed now: sts:AssumeRole for * (before only in part)"],
    ],
    ["a Deny that goes", [put, deny], put, ["wider: denied no longer: s3:DeleteObject, s3:PutObject on *"]],
    [
      "a Deny that covers less",
      deny,
      { ...deny, Action: "s3:DeleteObject" },
      ["wider: denied no longer: s3:PutObject on *"],
    ],
    [
      "a Deny that holds under a condition only",
      deny,
      { ...deny, Condition: { Bool: { "aws:SecureTransport": false } } },
      ["wider: denied no longer: s3:DeleteObject, s3:PutObject on * (now only if aws:SecureTransport is false)"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});

test("a statement without any action, or any value of a condition, allows nothing", () => {
  expect(changes([], [{ ...put, Action: [] }, when({ StringEquals: { key: [] } })])).toEqual([]);
});

test("a wildcard covers no name that ends before it does", () => {
  expect(changes({ ...put, Action: "s3:*Object" }, { ...put, Action: "s3:Get" })?.[0]).toMatch(/^wider/);
});

describe("what is narrower", () => {
  test.each<[string, unknown, unknown, string[]]>([
    [
      "an action that goes",
      { ...put, Action: ["s3:PutObject", "s3:GetObject"] },
      put,
      [`narrower: allowed no longer: s3:GetObject on ${logs}`],
    ],
    [
      "a wildcard that becomes one action",
      { ...put, Action: "s3:*" },
      put,
      [`narrower: allowed no longer: s3:* on ${logs} (now only in part)`],
    ],
    ["a new Deny", put, [put, deny], ["narrower: denied now: s3:DeleteObject, s3:PutObject on *"]],
    [
      "a condition that is new",
      put,
      when({ StringEquals: { "aws:SourceAccount": "1" } }),
      [`narrower: allowed no longer: s3:PutObject on ${logs} (now only if aws:SourceAccount is 1)`],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});

describe("a condition that is", () => {
  const account = { StringEquals: { "aws:SourceAccount": "1" } };

  test("lost is named", () => {
    expect(changes(when(account), put)).toEqual([
      `wider: allowed now: s3:PutObject on ${logs} (before only if aws:SourceAccount is 1)`,
    ]);
    expect(changes(when({ ...account, ArnLike: { k: "a:*" } }), when(account))).toEqual([
      `wider: allowed now: s3:PutObject on ${logs}, if aws:SourceAccount is 1 (before only if k is like a:*)`,
    ]);
  });

  test("lost is named after the statement that went, not after one that stays", () => {
    const stays = when({ StringEquals: { "aws:SourceVpc": "v" } });

    expect(changes([stays, when(account)], [stays, put])).toEqual([
      `wider: allowed now: s3:PutObject on ${logs} (before only if aws:SourceAccount is 1)`,
    ]);
  });

  test.each(["StringEquals", "StringLike", "ArnLike", "ArnEquals", "IpAddress", "ForAnyValue:StringEquals"])(
    "%s is wider with a value more and narrower with one less",
    (operator) => {
      const [one, two] = [when({ [operator]: { key: "a" } }), when({ [operator]: { key: ["a", "b"] } })];

      expect(changes(one, two)).toEqual([
        expect.stringMatching(/^wider: allowed now: .*, if key .* b \(before only if key .* a\)$/),
      ]);
      expect(changes(two, one)).toEqual([
        expect.stringMatching(/^narrower: allowed no longer: .*, if key .* b \(now only if key .* a\)$/),
      ]);
    },
  );

  test.each([
    "StringNotEquals",
    "StringNotLike",
    "ArnNotLike",
    "ArnNotEquals",
    "NotIpAddress",
    "ForAllValues:StringNotEquals",
  ])("%s is wider with a value less and narrower with one more", (operator) => {
    const [one, two] = [when({ [operator]: { key: "a" } }), when({ [operator]: { key: ["a", "b"] } })];

    expect(changes(two, one)).toEqual([expect.stringMatching(/^wider: .*\(before only if key .* a or b\)$/)]);
    expect(changes(one, two)).toEqual([expect.stringMatching(/^narrower: .*\(now only if key .* a or b\)$/)]);
  });

  test.each([
    ["StringEquals", "a", "StringEqualsIfExists", "a"],
    ["StringEquals", "a", "StringLike", "a*"],
    ["StringNotLike", "a*", "StringNotEquals", "a"],
  ])("%s %s is wider as %s %s, and narrower the other way", (strict, value, loose, pattern) => {
    const [one, other] = [when({ [strict]: { key: value } }), when({ [loose]: { key: pattern } })];

    expect(changes(one, other)).toEqual([expect.stringMatching(/^wider: allowed now: .* \(before only if key /)]);
    expect(changes(other, one)).toEqual([expect.stringMatching(/^narrower: allowed no longer: .* \(now only if key /)]);
  });

  test.each([
    ["StringEquals", "StringLike"],
    ["StringNotEquals", "StringNotLike"],
  ])("%s is the same as %s without a wildcard", (equals, like) => {
    expect(changes(when({ [equals]: { key: "a" } }), when({ [like]: { key: "a" } }))).toEqual([]);
  });

  test("a pattern is wider in place of what it matches, but an equal text is not a pattern", () => {
    const like = (operator: string, value: string) => when({ [operator]: { key: value } });

    expect(changes(like("StringLike", "a/b"), like("StringLike", "a/*"))?.[0]).toMatch(/^wider/);
    expect(changes(like("StringLike", "a/*"), like("StringLike", "a/b"))?.[0]).toMatch(/^narrower/);
    expect(changes(like("StringEquals", "a/*"), like("StringEquals", "a/b"))?.[0]).toMatch(/^wider/);
  });

  test("ForAllValues is no sum of its values", () => {
    const all = (values: string[]) => when({ "ForAllValues:StringEquals": { "aws:TagKeys": values } });

    expect(changes([all(["a"]), all(["b"])], all(["a", "b"]))?.[0]).toMatch(
      /^wider: .*ForAllValues:StringEquals a or b/,
    );
    expect(changes(all(["a", "b"]), all(["a"]))?.map((line) => line.split(":")[0])).toEqual(["narrower"]);
  });
});

describe("no change is", () => {
  const both = { ...put, Action: ["s3:PutObject", "s3:GetObject"], Resource: [logs, "b"] };
  const accounts = (value: unknown) => when({ StringEquals: { "aws:SourceAccount": value } });
  const split = (statement: Members, parts: readonly Members[]) => parts.map((part) => ({ ...statement, ...part }));

  test.each<[string, unknown, unknown]>([
    ["a statement split by action", both, split(both, [{ Action: "s3:PutObject" }, { Action: "s3:GetObject" }])],
    ["a statement split by resource", both, split(both, [{ Resource: "b" }, { Resource: logs }])],
    ["a statement split by value", accounts(["1", "2"]), [accounts("1"), accounts("2")]],
    [
      "a statement split by principal",
      { ...trust, Principal: { AWS: ["1", "2"] } },
      split(trust, [{ Principal: { AWS: "1" } }, { Principal: { AWS: "2" } }]),
    ],
    ["a Deny split by action", deny, split(deny, [{ Action: "s3:PutObject" }, { Action: "s3:DeleteObject" }])],
    [
      "an action beside the wildcard that covers it",
      { ...put, Action: "s3:*" },
      { ...put, Action: ["s3:*", "s3:Get?bject"] },
    ],
    ["a resource that a wildcard covers", { ...put, Resource: "i/*" }, { ...put, Resource: ["i/*", "i/i-1", "i/i-*"] }],
    [
      "a principal beside everyone",
      { ...trust, Principal: "*" },
      [trust, { ...trust, Principal: "*" }, { ...trust, Principal: { AWS: "*" } }],
    ],
    ["a conditional statement beside the same without", put, [put, accounts("1")]],
  ])("%s", (_, before, after) => {
    expect([changes(before, after), changes(after, before)]).toEqual([[], []]);
  });
});

describe("a statement that cannot be judged", () => {
  test.each([
    ["Allow with NotAction", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    ["Deny with NotResource", { Effect: "Deny", Action: "*", NotResource: "a" }],
    ["Deny with NotPrincipal", { Effect: "Deny", Action: "*", NotPrincipal: { AWS: "1" } }],
  ])("is to be read when it changes, comes or goes: %s", (name, statement) => {
    const expected = [`wider: ${name} changed: read it in the code`];
    const other = { ...statement, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

    expect(changes(statement, other)).toEqual(expected);
    expect(changes([statement, put], [put, statement])).toEqual([]);
  });

  test("only narrows where it allows and goes, or denies and comes", () => {
    const allow = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
    const deny = { ...allow, Effect: "Deny" };

    expect([changes(allow, []), changes([], allow)].flat().map((text) => text?.split(":")[0])).toEqual([
      "narrower",
      "wider",
    ]);
    expect([changes(deny, []), changes([], deny)].flat().map((text) => text?.split(":")[0])).toEqual([
      "wider",
      "narrower",
    ]);
  });

  test("is a danger where it comes and allows, since it allows all that it does not name", () => {
    const severities = (before: unknown, after: unknown) =>
      comparePolicies(
        [JSON.stringify({ Statement: before })],
        [JSON.stringify({ Statement: after })],
        () => false,
      )?.map(({ severity }) => severity);
    const all = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };

    expect(severities([], [all])).toEqual(["danger"]);
    expect(severities([all], [])).toEqual(["caution"]);
    expect(severities([all], [{ ...all, NotAction: ["iam:*", "sts:*"] }])).toEqual(["caution"]);
    expect(severities([], [{ ...all, Effect: "Deny" }])).toEqual(["caution"]);
  });

  test("covers no other statement", () => {
    const all = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };

    expect(changes(all, [all, put])).toEqual([`wider: allowed now: s3:PutObject on ${logs}`]);
  });
});

describe("variables", () => {
  const home = { ...put, Resource: "home/${aws:username}" };

  test("stand for text of any length, which a question mark does not", () => {
    expect(changes({ ...put, Resource: `home/${"?".repeat(15)}` }, home)?.[0]).toMatch(/^wider/);
    expect(changes({ ...put, Resource: "home/?" }, home)?.[0]).toMatch(/^wider/);
    expect(changes({ ...put, Resource: "home/?" }, { ...put, Resource: "home/*" })?.[0]).toMatch(/^wider/);
    expect(changes({ ...put, Resource: "home/${*}" }, home)?.[0]).toMatch(/^wider/);
    expect(changes({ ...put, Resource: "home/*" }, home)?.[0]).toMatch(/^narrower/);
  });
});

test("documents that hold together are compared together", () => {
  const [one, other] = [document(put), document({ ...put, Action: "s3:GetObject" })];

  expect(comparePolicies([one, other], [other, one], () => false)).toEqual([]);
  expect(comparePolicies([one], [], () => false)).toEqual([
    { direction: "narrower", severity: "caution", what: `allowed no longer: s3:PutObject on ${logs}` },
  ]);
  expect(comparePolicies([], [], () => false)).toEqual([]);
});

test("text that is no policy gives undefined, unless it stays", () => {
  expect(comparePolicies(["{}"], [document(put)], () => false)).toBeUndefined();
  expect(comparePolicies([document(put)], ["{}"], () => false)).toBeUndefined();
  expect(comparePolicies(["{}"], ["{}"], () => false)).toEqual([]);
});

test("what is wider is a danger if it is judged to be one, what is narrower never", () => {
  const severities = (before: unknown, after: unknown) =>
    comparePolicies([document(before)], [document(after)], () => true)?.map(({ severity }) => severity);

  expect(severities([put, deny], [])).toEqual(["danger", "caution"]);
  expect(severities([], put)).toEqual(["danger"]);
});

test("a list is said in full, so that what is silenced is all that it says, and begins with what stands for the most", () => {
  const Action = [..."abcdefghijk"].map((letter) => `s3:${letter}`);

  expect(changes([], { ...put, Action: [...Action, "s3:x*"], Resource: ["a", "b", "c", "d", "e"] })).toEqual([
    "wider: allowed now: s3:x*, s3:a, s3:b, s3:c, s3:d, s3:e, s3:f, s3:g, s3:h, s3:i, s3:j, s3:k on a, b, c, d, e",
  ]);
});

test.each<[string, (side: string) => unknown]>([
  ["statements", (side) => many(300, (i) => ({ ...put, Action: `${side}${i}*` }))],
  ["patterns", (side) => ({ ...put, Action: many(1000, (i) => (side === "a" ? `${i}*` : `x${i}`)) })],
  [
    "conditions",
    (side) => many(100, (i) => when({ StringLike: Object.fromEntries(many(50, (j) => [`${j}`, side + i])) })),
  ],
  ["text", (side) => ({ ...put, Action: side.repeat(1_000_000) })],
])("made to be slow by its %s, a policy is a danger that is to be read", (_, made) => {
  expect(comparePolicies([document(made("a"))], [document(made("b"))], () => false)).toEqual([
    { direction: "wider", severity: "danger", what: "what it allows is too much to compare: read it in the code" },
  ]);
});

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
