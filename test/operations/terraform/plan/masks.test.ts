import { type Masks, redacted } from "../../../../operations/terraform/plan/masks";
import { Sensitive, same, Unknown } from "../../../../operations/terraform/plan/value";

const unknown = new Unknown();
const hidden = new Sensitive(false);
const hiddenChange = new Sensitive(true);

/** Terraform marks an attribute on both sides, if its provider does. */
function onBothSides(mask: unknown): Masks {
  return { beforeSensitive: mask, afterSensitive: mask };
}

test("what is unknown is told from what is null, at any depth", () => {
  const before = { id: "a", list: [1], block: [{ a: 1 }], none: null };
  const after = { list: [1, null], block: [{ a: 1 }], none: null };
  const afterUnknown = { id: true, list: [false, true], block: [{ b: true }], arn: true };

  expect(redacted(before, after, { afterUnknown })).toStrictEqual({
    before,
    after: { list: [1, unknown], block: [{ a: 1, b: unknown }], none: null, id: unknown, arn: unknown },
  });
});

test.each<[string, Masks]>([
  ["both sides", onBothSides({ p: true })],
  ["the side before, which is to be public", { beforeSensitive: { p: true }, afterSensitive: {} }],
  ["the side after, which was public", { beforeSensitive: false, afterSensitive: { p: true } }],
])("what is sensitive by the word of %s is hidden on both", (_, masks) => {
  expect(redacted({ p: 1 }, { p: 2 }, masks)).toStrictEqual({ before: { p: hidden }, after: { p: hiddenChange } });
  expect(redacted({ p: 1 }, { p: 1 }, masks)).toStrictEqual({ before: { p: hidden }, after: { p: hidden } });
});

test.each([
  ["of an object", { p: { a: 1, b: [2] } }, { p: true }, { p: hidden }],
  ["in an object", { p: { a: 1, b: [2, 3] } }, { p: { b: [false, true] } }, { p: { a: 1, b: [2, hidden] } }],
  ["all", { p: 1 }, true, hidden],
  ["what is not there", { p: 1 }, { q: true, r: [{ s: true }] }, { p: 1 }],
])("nothing remains of what is hidden, and all of what is not: %s", (_, value, mask, result) => {
  expect(redacted(value, value, onBothSides(mask)).before).toStrictEqual(result);
});

test("a secret that comes to be known after the apply is another", () => {
  expect(redacted({ p: 1 }, {}, { ...onBothSides({ p: true }), afterUnknown: { p: true } }).after).toStrictEqual({
    p: hiddenChange,
  });
});

test("a secret that is not set, as one that is written only never is, hides nothing", () => {
  const masks = onBothSides({ p: true });

  expect(redacted({ p: null }, { p: null }, masks)).toStrictEqual({ before: { p: null }, after: { p: null } });
  expect(redacted({ p: null }, { p: 1 }, masks)).toStrictEqual({ before: { p: null }, after: { p: hiddenChange } });
});

test("in a list that changes, what is hidden in one place is hidden in all: it may have moved", () => {
  const before = [{ name: "a", p: 1 }];
  const after = [{ name: "b", p: 2 }, ...before];

  expect(redacted(before, after, { beforeSensitive: [{ p: true }] })).toStrictEqual({
    before: [{ name: "a", p: hidden }],
    after: [
      { name: "b", p: hiddenChange },
      { name: "a", p: hiddenChange },
    ],
  });
  expect(redacted(after, after, onBothSides([{ p: true }])).after).toStrictEqual([{ name: "b", p: hidden }, before[0]]);
});

test("a secret under another key, or in an object that was a list, is still hidden", () => {
  const result = redacted({ p: ["hushhush"] }, { p: { a: "hushhush" } }, { beforeSensitive: { p: [true] } });

  expect(JSON.stringify(result)).not.toContain("hush");
});

test.each([
  ["as the same text", "hushhush"],
  ["within a text", "https://me:hushhush@example.com"],
  ["within JSON that writes it otherwise", '{"password":"\\u0068ushhush"}'],
  ["within JSON as a key", '[{"hush\\u0068ush":1}]'],
  ["as a key", { hushhush: 1 }],
])("what repeats a secret without saying so is hidden too: %s", (_, copy) => {
  const before = { input: "hushhush", output: copy, size: 1 };
  const masks = onBothSides({ input: true });

  expect(redacted(before, { ...before, output: "" }, masks)).toStrictEqual({
    before: { input: hidden, output: hidden, size: 1 },
    after: { input: hidden, output: hiddenChange, size: 1 },
  });
});

const key = "-----BEGIN KEY-----\nMC4CAQAwBQYDK2Vw\nBCIEIGx5\n-----END KEY-----\n";

test.each<[string, unknown, unknown]>([
  ["as Base64", "hush?hush>1", Buffer.from("hush?hush>1").toString("base64")],
  ["within Base64", "hush?hush>1", `Basic ${Buffer.from("me:hush?hush>1").toString("base64")}`],
  ["within Base64 for URLs", "hush?hush>>1", `t.${Buffer.from("me:hush?hush>>1!").toString("base64url")}`],
  ["escaped in a URL", "hush/hush é", `https://me:${encodeURIComponent("hush/hush é")}@example.com`],
  ["escaped in a query", "hush hush!", "a=1&p=hush+hush%21"],
  ["indented in YAML", key, `tls:\n  key: |\n    ${key.trim().replaceAll("\n", "\n    ")}\n`],
  ["of a key without its last line end", key, key.trim()],
  ["as Base64 of a key", key, Buffer.from(key).toString("base64")],
  ["a number", 5432, 5432],
  ["a number in JSON", 54_321, '{"port":54321}'],
  ["a number as a text", 5432, "5432"],
  ["a number within a text", 54_321, "db:54321"],
])("what repeats a secret in other writing is hidden too: %s", (_, input, output) => {
  const value = { input, output, year: 2026, name: "db:15432" };

  expect(redacted(value, value, onBothSides({ input: true })).after).toStrictEqual({
    ...value,
    input: hidden,
    output: hidden,
  });
});

test("what a sensitive document says is hidden where it stands by itself, not in every text that holds it", () => {
  const value = {
    values: "region: eu-central-1\nlogin:\n  - password: 'hushhush'\n",
    metadata: '{"login":[{"password":"hushhush"}]}',
    arn: "arn:aws:eks:eu-central-1:111122223333:cluster/a",
  };

  expect(redacted(value, value, onBothSides({ values: true })).after).toStrictEqual({
    ...{ values: hidden, metadata: hidden, arn: value.arn },
  });
});

test("that something changes beside the copy of a secret is not lost", () => {
  const address = (host: string) => ({ p: "hushhush", url: `https://me:hushhush@${host}` });
  const masks = onBothSides({ p: true });

  expect(redacted(address("a"), address("b"), masks).after).toStrictEqual({ p: hidden, url: hiddenChange });
  expect(redacted(address("a"), address("a"), masks).after).toStrictEqual({ p: hidden, url: hidden });
});

test("short secrets, such as a port, do not hide every text that holds them", () => {
  const value = { login: { port: "5432", name: "ab" }, url: "db:5432", copy: "5432", label: "ab" };

  expect(redacted(value, value, onBothSides({ login: true })).after).toStrictEqual({
    ...{ login: hidden, url: "db:5432", copy: hidden, label: "ab" },
  });
});

test("names that JavaScript knows are names like others", () => {
  const parsed = (text: string) => JSON.parse(text.replaceAll("PROTO", "__proto__"));
  const text = '{"PROTO":{"p":"hushhush"},"constructor":{"a":1}}';
  const result = redacted(parsed(text), {}, onBothSides(parsed('{"PROTO":{"p":true}}'))).before;

  expect(JSON.stringify(result)).toBe(
    JSON.stringify(parsed('{"PROTO":{"p":{"changed":false}},"constructor":{"a":1}}')),
  );
  expect(same(parsed(text), parsed(text))).toBe(true);
});

test.each([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [[1, 2], [2, 1], false],
  [{ a: null }, {}, false],
  [[], {}, false],
  [unknown, {}, false],
  [hidden, hiddenChange, false],
  [null, [], false],
])("%j and %j: are they the same? %j", (one, other, answer) => {
  expect(same(one, other)).toBe(answer);
});

test.each<[string, (secret: string) => string]>([
  ["hex", (secret) => Buffer.from(secret).toString("hex")],
  ["hex in capitals", (secret) => `0x${Buffer.from(secret).toString("hex").toUpperCase()}`],
  ["Base64 of Base64", (secret) => Buffer.from(Buffer.from(secret).toString("base64")).toString("base64")],
  ["the same within more", (secret) => Buffer.from(`a: ${Buffer.from(secret).toString("base64")}`).toString("base64")],
  ["HTML", (secret) => secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#34;")],
  ["HTML with numbers", (secret) => secret.replaceAll("&", "&#38;").replaceAll("<", "&#60;").replaceAll('"', "&#34;")],
])("a copy in %s is hidden", (_, copy) => {
  const secret = 'hunter22&<b>"c';
  const { after } = redacted(null, { secret, copy: `is ${copy(secret)}` }, { afterSensitive: { secret: true } });

  expect(after).toEqual({ secret: expect.any(Sensitive), copy: expect.any(Sensitive) });
});

test.each(["postgres://me:hunter2@db/app", "https://example.com/?a=1&token=hunter2#b", "https://e.com?t=hunter%32"])(
  "a short secret is hidden where an address has its own place for it: %s",
  (url) => {
    const { after } = redacted(null, { secret: "hunter2", url }, { afterSensitive: { secret: true } });

    expect(after).toEqual({ secret: expect.any(Sensitive), url: expect.any(Sensitive) });
  },
);

test("a short secret hides no text that only holds it", () => {
  const url = "https://hunter2.example.com/hunter2s";
  const { after } = redacted(null, { secret: "hunter2", url }, { afterSensitive: { secret: true } });

  expect(after).toMatchObject({ url });
});
