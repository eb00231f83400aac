import { embeddedJson } from "./embedded";
import { member, membersOf, objectOf } from "./value";

// Providers repeat what is sensitive in attributes that they do not mark.

/** What must not be shown, by how it is looked for in a text. */
export interface Secrets {
  /** Texts that are secret where they are all of a text. */
  readonly alone: ReadonlySet<string>;
  /** Texts that are secret within others too, each in all its encodings. */
  readonly anywhere: readonly string[];
  /** Numbers that are secret within texts, as decimals. */
  readonly numbers: ReadonlySet<string>;
}

/** Characters. Shorter texts would hide every `true` and `1`; those below the second limit, much that only happens to hold them. */
const shortest = { alone: 4, anywhere: 8 };

/**
 * Returns what a mask hides of a value; undefined if that is nothing, or all of it is too short to be told from other text.
 *
 *     value { config: "user: root\npassword: hunter22", pin: 12345, ok: true },  mask { config: true, pin: true }
 *
 * gives `alone` the whole of `config`, `hunter22` in it and `12345` (`root` is too short); `anywhere` the whole of `config`, plain,
 * with JSON's escapes and in Base64; and `numbers` `12345`.
 */
export function secretsOf(value: unknown, mask: unknown): Secrets | undefined {
  const hidden = maskedScalars(value, mask);
  const whole = hidden.map(String);
  const long = whole.filter((text) => text.trim().length >= shortest.anywhere);
  const alone = [...whole, ...long.flatMap(valuesWithin)].filter((text) => text.length >= shortest.alone);
  const numbers = hidden.filter((one) => typeof one === "number").map(String);
  return alone.length === 0
    ? undefined
    : {
        alone: new Set(alone),
        anywhere: [...new Set(long.flatMap(encodings))],
        numbers: new Set(numbers.filter((number) => digits(number).length >= shortest.alone)),
      };
}

/** Returns a text as others may hold it: as it is, without its indents, between the quotes of JSON, as hex, as Base64 once or twice. */
function encodings(text: string): string[] {
  const secret = text.trim();
  const once = [0, 1, 2].map((offset) => base64Within(secret, offset));
  const whole = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  // Of the last character of the inner one, what follows decides a part.
  const base64 = [...once, ...[0, 1, 2].map((offset) => base64Within(whole.slice(0, -1), offset))];
  const hex = Buffer.from(secret).toString("hex");
  return [
    secret,
    unindented(secret),
    JSON.stringify(secret).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((code) => code.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/** Returns the characters of Base64 that a text alone decides, if `offset` bytes, or three more and so on, stand before it. */
function base64Within(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  return bytes.toString("base64").slice(Math.ceil((offset * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

function unindented(text: string): string {
  return text.replace(/^[ \t]+/gm, "");
}

/** Undoes the escapes of URLs: `a%20b+c` is `a b c`. */
function unescaped(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString());
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Undoes the escapes of HTML: `a&amp;b&#34;` is `a&b"`. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{1,5}));/gi, (entity, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return entities[name] ?? (Number.isNaN(code) || code > 0x10ffff ? entity : String.fromCodePoint(code));
  });
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

function maskedScalars(value: unknown, mask: unknown): (string | number)[] {
  if (mask === true) {
    return scalarsIn(value);
  }
  return Object.entries(membersOf(mask)).flatMap(([key, inner]) => maskedScalars(member(value, key), inner));
}

function scalarsIn(value: unknown): (string | number)[] {
  if (typeof value === "string" || typeof value === "number") {
    return [value];
  }
  return Object.values(membersOf(value)).flatMap(scalarsIn);
}

/** Returns the values in a text that is JSON, or has lines such as `key: value` and `key="value"`. */
function valuesWithin(text: string): string[] {
  const lines = text.matchAll(/^[ \t-]*\w[\w.-]* *[:=] *["']?(.{8,}?)["']?$/gm);
  return [...scalarsIn(embeddedJson(text)).map(String), ...[...lines].map(([, value = ""]) => value)];
}

/** Returns the mask of what repeats a secret: as a text, within one, within its JSON, or as a key. */
export function maskOfCopies(secrets: Secrets, value: unknown): unknown {
  if (typeof value === "string") {
    return isCopy(secrets, value) || holdsCopy(secrets, embeddedJson(value));
  }
  if (typeof value === "number") {
    return secrets.alone.has(String(value));
  }
  const members = Object.entries(membersOf(value));
  return Object.fromEntries(
    members.map(([key, inner]) => [key, hasSecretKey(secrets, inner) || maskOfCopies(secrets, inner)]),
  );
}

function holdsCopy(secrets: Secrets, value: unknown): boolean {
  return typeof value === "string" || typeof value === "number"
    ? maskOfCopies(secrets, value) === true
    : hasSecretKey(secrets, value) || Object.values(membersOf(value)).some((inner) => holdsCopy(secrets, inner));
}

function hasSecretKey(secrets: Secrets, value: unknown): boolean {
  return Object.keys(objectOf(value)).some((key) => isCopy(secrets, key));
}

/** Returns the passwords in the addresses of a text, and the values that they ask with: there a short secret stands by itself, too. */
function partsOfUrls(text: string): string[] {
  if (!text.includes("://")) {
    return [];
  }
  const found = text.matchAll(/:\/\/[^\s/@:]*:([^\s/@]+)@|[?&][\w.-]+=([^\s&#"']+)/g);
  return [...found]
    .flatMap(([, password, value]) => [password ?? value ?? ""])
    .flatMap((part) => [part, unescaped(part)]);
}

/** Returns whether a text is, or holds, a secret. */
export function isCopy({ alone, anywhere, numbers }: Secrets, text: string): boolean {
  if (alone.has(text)) {
    return true;
  }
  if (partsOfUrls(text).some((part) => alone.has(part))) {
    return true;
  }
  const decodings = new Set([
    text,
    text.includes("\n") ? unindented(text) : text,
    /[%+]/.test(text) ? unescaped(text) : text,
    text.includes("&") ? withoutEntities(text) : text,
  ]);
  return (
    anywhere.some((secret) => [...decodings].some((decoding) => decoding.includes(secret))) ||
    (numbers.size > 0 && (text.match(/-?\d+(?:\.\d+)?/g) ?? []).some((number) => numbers.has(number)))
  );
}
