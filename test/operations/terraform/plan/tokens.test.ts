import { change, plan } from "../../../support/plan";

/** Texts that nobody was given, in the forms of what somebody might be. */
const tokens: readonly [string, string][] = [
  ["an access key", `AKIA${"A1".repeat(8)}`],
  ["GitHub's", `ghp_${"a1B2".repeat(9)}`],
  ["GitHub's fine-grained", `github_pat_${"a1B2".repeat(10)}`],
  ["GitLab's", `glpat-${"a1B2".repeat(5)}`],
  ["Slack's", `xoxb-${"1234".repeat(4)}`],
  ["Stripe's", `sk_live_${"a1B2".repeat(6)}`],
  ["Google's", `AIza${"a1B2-".repeat(7)}`],
  ["npm's", `npm_${"a1B2".repeat(9)}`],
  ["HCP Terraform's", `${"a1".repeat(7)}.atlasv1.${"a1B2".repeat(16)}`],
  ["Vault's", `hvs.${"a1B2".repeat(7)}`],
  ["age's", `AGE-SECRET-KEY-1${"A1".repeat(29)}`],
];

test.each([
  ...tokens,
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"],
  ["a private key's beginning", "-----BEGIN PRIVATE KEY-----\nMIIE"],
])("nothing that looks like a key or a token is shown, whoever marks it or not: %s", (_, token) => {
  const read = plan({
    resource_changes: [change("aws_x.a", "update", { note: `a ${token}`, [token]: 1 }, { note: { text: token } })],
    output_changes: { a: { actions: ["create"], before: null, after: token } },
    checks: [{ status: "fail", instances: [{ status: "fail", problems: [{ message: `with ${token}` }] }] }],
  });

  expect(JSON.stringify(read)).not.toContain(JSON.stringify(token).slice(1, -1));
  expect(JSON.stringify(read)).toContain("(key or token 1, not shown)");
});

test.each(["\n", "\t", "\u0001"])("a key after %j is none that is shown", (before) => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const read = plan({ resource_changes: [change("aws_x.a", "create", null, { note: `key:${before}${token}` })] });

  expect(JSON.stringify(read)).not.toContain(token);
});

test("another key is seen to be another", () => {
  const [one, other] = ["a", "b"].map((letter) => ({ note: `ghp_${letter.repeat(36)}` }));
  const [update] = plan({ resource_changes: [change("aws_x.a", "update", one, other)] }).changes;

  expect(update).toMatchObject({
    before: { note: "(key or token 1, not shown)" },
    after: { note: "(key or token 2, not shown)" },
  });
});

test.each(["AROAAAAAAAAAAAAAAAAAA", "ghp_short", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"])(
  "%j is none",
  (note) => {
    const [create] = plan({ resource_changes: [change("aws_x.a", "create", null, { note })] }).changes;

    expect(create?.after).toEqual({ note });
  },
);
