import { createHash } from "node:crypto";

/**
 * Returns a function that gives each of several principals an id, whatever their order. Of two that punctuation alone tells apart the
 * second by name gets a digest.
 */
export function principalIds(principals: readonly string[]): (principal: string) => string {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const principal of principals.toSorted()) {
    const id = idOf(principal);
    ids.set(principal, taken.has(id) ? `${id}-${digest(principal)}` : id);
    taken.add(id);
  }
  return (principal) => ids.get(principal) ?? idOf(principal);
}

/** Returns `role-platform-admin-111122223333`: a place in the list would move entries to other principals when one is removed. */
function idOf(arn: string): string {
  const [, , , , account, principal = ""] = arn.split(":");
  return `${principal.replaceAll(/[^A-Za-z0-9]+/g, "-")}-${account}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
