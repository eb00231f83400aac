import { createHash } from "node:crypto";

/** One resource of a state, as Terraform writes it (version 4). */
interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** A state, as far as it is read here. */
export interface State {
  readonly resources: readonly StateResource[];
}

/** Pieces of values that may be random, longest first: IPv4 addresses, UUIDs, keys in Base64, and words such as the digits of an id. */
const piece =
  /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|[\dA-Za-z+/]{40,}={0,2}|[\dA-Za-z]{8,}/g;

/**
 * Returns what stands in for the random pieces of values that a world has made up, by piece. Each stand-in looks like the piece and
 * depends on nothing but the resource and the attribute that have it, so that another world gives the same.
 * @param states - of all stacks, in the order in which they are applied
 * @param sources - the stacks, parsed: what is written there is not random
 */
export function standInsFor(states: readonly State[], sources: readonly unknown[]): ReadonlyMap<string, string> {
  const written = new Set(sources.flatMap((source) => leaves(source)).flatMap(({ value }) => piecesOf(value)));
  const found = new Map<string, string>();
  for (const { owner, path, value } of valuesIn(states)) {
    piecesOf(value).forEach((random, index) => {
      if (!written.has(random) && looksRandom(random) && !found.has(random)) {
        found.set(random, standInOf(random, `${owner} ${path} ${index}`));
      }
    });
  }
  return found;
}

/** Returns a text with stand-ins in place of random pieces, and without ports of this machine and times. */
export function withStandIns(text: string, standIns: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(piece, (found) => standIns.get(found) ?? found)
    .replaceAll(/\b(127\.0\.0\.1|localhost):\d+/g, "$1")
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, "1970-01-01T00:00:00Z");
}

function piecesOf(value: string): string[] {
  return value.match(piece) ?? [];
}

function looksRandom(found: string): boolean {
  return /\d/.test(found) && !/^(?:127|0)\.|^\d+T\d+Z?$/.test(found);
}

/** An id is named by the resource that has it, not by one of those that refer to it: members of that name come first, lists last. */
function valuesIn(states: readonly State[]): { owner: string; path: string; value: string }[] {
  const values = states.flatMap(({ resources }, stack) =>
    resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances.flatMap(({ attributes }, index) =>
          leaves(attributes).map(({ path, value }) => ({ owner: `${stack} ${type}.${name}.${index}`, path, value })),
        ),
      ),
  );
  const rank = (path: string) => (path === ".id" ? 0 : path.includes("[") ? 2 : 1);
  const order = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  return values.sort(
    (one, other) => rank(one.path) - rank(other.path) || order(one.owner, other.owner) || order(one.path, other.path),
  );
}

/** Returns all texts in a value, with the way to each: `.vpc_config[0].vpc_id`. */
function leaves(value: unknown, path = ""): { path: string; value: string }[] {
  if (typeof value === "string") {
    return [{ path, value }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => leaves(member, `${path}[${index}]`));
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, member]) => leaves(member, `${path}.${key}`))
    : [];
}

/**
 * Returns digits of the same length, up to 40, or an address of a network that nobody has (RFC 2544). Digits are taken for every kind
 * of random characters, since which kind it is would be random itself: an id in hexadecimal may happen to have no letter.
 */
function standInOf(random: string, place: string): string {
  const digest = createHash("sha512").update(place).digest();
  if (random.includes(".")) {
    return `198.18.${digest.readUInt8(0)}.${digest.readUInt8(1)}`;
  }
  return [...random.slice(0, 40)]
    .map((character, index) => (character === "-" ? character : `${digest.readUInt8(index) % 10}`))
    .join("");
}
