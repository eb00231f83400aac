import { embedded } from "./embedded";

// Providers repeat what is sensitive in attributes that they do not mark.

/** What is secret: texts wherever they are all of a text, those that are so within others too, and numbers within texts. */
export interface Secrets {
  readonly alone: ReadonlySet<string>;
  readonly anywhere: readonly string[];
  readonly numbers: ReadonlySet<string>;
}

/** Shorter ones would hide every `true` and `1`; those below the second, much that only happens to hold them. */
const shortest = { alone: 4, anywhere: 8 };

/** What of a value its mask hides, and what that says if it is a document; undefined if nothing. */
export function secretsOf(value: unknown, mask: unknown): Secrets | undefined {
  const secret = hidden(value, mask);
  const whole = secret.map(String);
  const long = whole.filter((text) => text.trim().length >= shortest.anywhere);
  const alone = [...whole, ...long.flatMap(words)].filter((text) => text.length >= shortest.alone);
  const numbers = secret.filter((one) => typeof one === "number").map(String);
  return alone.length === 0
    ? undefined
    : {
        alone: new Set(alone),
        anywhere: [...new Set(long.flatMap(writings))],
        numbers: new Set(numbers.filter((number) => digits(number).length >= shortest.alone)),
      };
}

/** A text as it stands within others: as it is, without its indents, between the quotes of JSON, as Base64. */
function writings(text: string): string[] {
  const secret = text.trim();
  const base64 = [0, 1, 2].map((offset) => base64Within(secret, offset));
  return [
    secret,
    unindented(secret),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
    ...base64.map((word) => word.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/** The part of any Base64 that a text alone decides, where `offset` bytes, or three more and so on, stand before it. */
function base64Within(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  return bytes.toString("base64").slice(Math.ceil((offset * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

function unindented(text: string): string {
  return text.replace(/^[ \t]+/gm, "");
}

/** A text without the escapes of URLs. */
function unescaped(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString());
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

function hidden(value: unknown, mask: unknown): (string | number)[] {
  if (mask === true) {
    return leaves(value);
  }
  return isParent(value) && isParent(mask)
    ? Object.entries(mask).flatMap(([key, part]) => (Object.hasOwn(value, key) ? hidden(value[key], part) : []))
    : [];
}

function leaves(value: unknown): (string | number)[] {
  if (typeof value === "string" || typeof value === "number") {
    return [value];
  }
  return isParent(value) ? Object.values(value).flatMap(leaves) : [];
}

/** What stands behind the keys of JSON, YAML and the like. */
function words(text: string): string[] {
  const lines = text.matchAll(/^[ \t-]*\w[\w.-]* *[:=] *["']?(.{8,}?)["']?$/gm);
  return [...leaves(embedded(text)).map(String), ...[...lines].map(([, word = ""]) => word)];
}

/** The mask of what repeats a secret: as a text, in a text, in a JSON text, or as a key. */
export function copies(secrets: Secrets, value: unknown): unknown {
  if (typeof value === "string") {
    return isCopy(secrets, value) || holdsCopy(secrets, embedded(value));
  }
  if (typeof value === "number") {
    return secrets.alone.has(String(value));
  }
  return isParent(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, namesCopy(secrets, part) || copies(secrets, part)]),
      )
    : undefined;
}

function holdsCopy(secrets: Secrets, value: unknown): boolean {
  return typeof value === "string" || typeof value === "number"
    ? copies(secrets, value) === true
    : isParent(value) && (namesCopy(secrets, value) || Object.values(value).some((part) => holdsCopy(secrets, part)));
}

function namesCopy(secrets: Secrets, value: unknown): boolean {
  return isParent(value) && !Array.isArray(value) && Object.keys(value).some((key) => isCopy(secrets, key));
}

/** Whether a text is, or holds, a secret. */
export function isCopy({ alone, anywhere, numbers }: Secrets, text: string): boolean {
  if (alone.has(text)) {
    return true;
  }
  const readings = new Set([
    text,
    text.includes("\n") ? unindented(text) : text,
    /[%+]/.test(text) ? unescaped(text) : text,
  ]);
  return (
    anywhere.some((secret) => [...readings].some((reading) => reading.includes(secret))) ||
    (numbers.size > 0 && (text.match(/-?\d+(?:\.\d+)?/g) ?? []).some((number) => numbers.has(number)))
  );
}

function isParent(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
