import * as z from "zod";

import { type Cluster, type ClusterSettings, cluster } from "./cluster";

/** A member's schema, as far as it is used here: over the union of their types the compiler would take longer than for all else. */
interface Member {
  safeParse(value: unknown): z.ZodSafeParseResult<unknown>;
}

/** Returns what is right by itself, in lists item by item, so that a mistake in one place does not hide a disagreement of others. */
export function soundMembers(given: ClusterSettings): Partial<Cluster> {
  const members = Object.entries<Member>(cluster.shape).flatMap(([key, member]) => {
    const value = given?.[key as keyof ClusterSettings];
    const { data, error } = member.safeParse(value);
    const known = member instanceof z.ZodDefault || member instanceof z.ZodOptional ? member.unwrap() : member;
    if (error && known instanceof z.ZodArray && Array.isArray(value)) {
      // Holes, which iterations skip, keep the places of the others.
      const items = [...value];
      for (const { path } of error.issues) {
        delete items[Number(path[0])];
      }
      return [[key, items]];
    }
    return error ? [] : [[key, data]];
  });
  return Object.fromEntries(members);
}

const groups = ["iam", "controlPlane", "backend"] as const satisfies readonly (keyof Cluster)[];

/** Members of groups by which others are judged, so that no default can stand for a wrong one. */
const deciding = ["namePrefix", "region"];

/** Returns the groups of which a part is wrong, with defaults for that part: good to judge the rest by, and not to compare clusters. */
export function soundParts(given: ClusterSettings | undefined): Partial<Pick<Cluster, (typeof groups)[number]>> {
  const parts = groups.flatMap((key) => {
    const member: Member = cluster.shape[key];
    const { issues = [] } = member.safeParse(given?.[key]).error ?? {};
    const wrong = issues.flatMap(({ path: [name], ...issue }) =>
      name === undefined && issue.code === "unrecognized_keys" ? issue.keys : [String(name)],
    );
    if (wrong.length === 0 || wrong.some((name) => deciding.includes(name))) {
      return [];
    }
    const rest = Object.entries(given?.[key] ?? {}).filter(([name]) => !wrong.includes(name));
    const { data } = member.safeParse(Object.fromEntries(rest));
    return data === undefined ? [] : [[key, data]];
  });
  return Object.fromEntries(parts);
}
