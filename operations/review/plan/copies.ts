import { embedded } from "./embedded";

// Providers repeat what is sensitive in attributes that they do not mark.

/** Texts that are secret wherever they are all of a text, and those that are so within others, too. */
export interface Secrets {
  readonly alone: ReadonlySet<string>;
  readonly anywhere: readonly string[];
}

/** Shorter ones would hide every `true` and `1`; those below the second, much that only happens to hold them. */
const shortest = { alone: 4, anywhere: 8 };

/** What of a value its mask hides, and what that says if it is a document; undefined if nothing. */
export function secretsOf(value: unknown, mask: unknown): Secrets | undefined {
  const secret = hidden(value, mask);
  const long = secret.filter((text) => text.length >= shortest.anywhere);
  const alone = [...secret, ...long.flatMap(words)].filter((text) => text.length >= shortest.alone);
  return alone.length === 0
    ? undefined
    : {
        alone: new Set(alone),
        anywhere: [...new Set(long.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))],
      };
}

function hidden(value: unknown, mask: unknown): string[] {
  if (mask === true) {
    return texts(value);
  }
  return isParent(value) && isParent(mask)
    ? Object.entries(mask).flatMap(([key, part]) => (Object.hasOwn(value, key) ? hidden(value[key], part) : []))
    : [];
}

function texts(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return isParent(value) ? Object.values(value).flatMap(texts) : [];
}

/** What stands behind the keys of JSON, YAML and the like. */
function words(text: string): string[] {
  const lines = text.matchAll(/^[ \t-]*\w[\w.-]* *[:=] *["']?(.{8,}?)["']?$/gm);
  return [...texts(embedded(text)), ...[...lines].map(([, word = ""]) => word)];
}

/** The mask of what repeats a secret: as a text, in a text, in a JSON text, or as a key. */
export function copies(secrets: Secrets, value: unknown): unknown {
  if (typeof value === "string") {
    return isCopy(secrets, value) || holdsCopy(secrets, embedded(value));
  }
  return isParent(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, namesCopy(secrets, part) || copies(secrets, part)]),
      )
    : undefined;
}

function holdsCopy(secrets: Secrets, value: unknown): boolean {
  return typeof value === "string"
    ? copies(secrets, value) === true
    : isParent(value) && (namesCopy(secrets, value) || Object.values(value).some((part) => holdsCopy(secrets, part)));
}

function namesCopy(secrets: Secrets, value: unknown): boolean {
  return isParent(value) && !Array.isArray(value) && Object.keys(value).some((key) => isCopy(secrets, key));
}

function isCopy({ alone, anywhere }: Secrets, text: string): boolean {
  return alone.has(text) || anywhere.some((secret) => text.includes(secret));
}

function isParent(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
