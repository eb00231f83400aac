import { inspect } from "node:util";
import * as z from "zod";

import { accountOf } from "./account";
import { network, overlap } from "./address";
import { disagreements, type Mistake } from "./agreements";
import { type Cluster, type ClusterSettings, cluster } from "./cluster";
import { deployRoleDisagreements } from "./deploy-role-agreements";
import { podAddressCapacity } from "./instance-types";
import { organizationRivalries, organizationWarnings } from "./organizations";

export type { Cluster, ClusterSettings } from "./cluster";

/** Settings that can be built, with every default filled in; or, if anything is wrong with them, all that is. */
export interface CheckedSettings {
  /** Empty if there are problems. */
  readonly clusters: readonly Cluster[];
  /** One line for each mistake: path, what was got, what is allowed, the way out. */
  readonly problems: readonly string[];
  /** One line for each thing that is allowed, and should be somebody's decision. */
  readonly warnings: readonly string[];
}

/** Checks the list of clusters that `settings.ts` exports. */
export function checkSettings(settings: readonly ClusterSettings[]): CheckedSettings {
  if (!Array.isArray(settings)) {
    const mistake = { path: ["clusters"], message: "must be a list of clusters" };
    return { clusters: [], problems: [sentence({ clusters: settings }, mistake)], warnings: [] };
  }
  const parsed = settings.map((given) => cluster.safeParse(given));
  const sound = settings.map(soundMembers);
  const mistakes = [
    ...parsed.flatMap(({ error }, index) => within(index, (error?.issues ?? []).flatMap(mistakesOf))),
    ...sound.flatMap((given, index) => within(index, allDisagreements(given))),
    ...rivalries(sound),
    ...organizationRivalries(sound),
  ];
  if (settings.length === 0) {
    mistakes.push({ path: ["clusters"], message: "must name one cluster at least" });
  }

  const clusters = mistakes.length === 0 ? parsed.flatMap((result) => (result.success ? [result.data] : [])) : [];
  return {
    clusters,
    problems: mistakes.map((mistake) => sentence({ clusters: settings }, mistake)),
    warnings: [...clusters.flatMap(warningsOf), ...organizationWarnings(clusters)],
  };
}

/** Returns all mistakes of `settings.ts` as people read them. */
export function mistakesText(problems: readonly string[]): string {
  const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  return `settings.ts has ${count}\n\n  ${problems.join("\n\n  ")}`;
}

function within(index: number, mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, path: ["clusters", index, ...mistake.path] }));
}

/** Returns what an issue says, with each unknown key as a mistake in its own place. */
function mistakesOf(issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code !== "unrecognized_keys") {
    return [issue];
  }
  const messages = issue.message.split("\n");
  return issue.keys.map((key, index) => ({ path: [...issue.path, key], message: messages[index] ?? "", ofKey: true }));
}

/** A member's schema, as far as it is used here: over the union of their types the compiler would take longer than for all else. */
interface Member {
  safeParse(value: unknown): z.ZodSafeParseResult<unknown>;
}

/** Returns what is right by itself, in lists item by item, so that a mistake in one place does not hide a disagreement of others. */
function soundMembers(given: ClusterSettings): Partial<Cluster> {
  const members = Object.entries<Member>(cluster.shape).flatMap(([key, member]) => {
    const value = given?.[key as keyof ClusterSettings];
    const { data, error } = member.safeParse(value);
    if (error && member instanceof z.ZodArray && Array.isArray(value)) {
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

function allDisagreements(given: Partial<Cluster>): Mistake[] {
  return [...disagreements(given), ...deployRoleDisagreements(given)];
}

/** Returns what two clusters of one file share and must not. */
function rivalries(clusters: readonly Partial<Cluster>[]): Mistake[] {
  return clusters.flatMap((one, index) =>
    clusters.slice(0, index).flatMap((other, otherIndex) => {
      const mistakes: Mistake[] = [];
      const clash = (member: keyof Cluster, message: string) =>
        mistakes.push({ path: ["clusters", index, member], message });
      const sameName = one.name !== undefined && one.name === other.name;
      if (sameName) {
        clash("name", `is the name of clusters[${otherIndex}] too; stacks are named after clusters, so take another`);
      }
      if (one.cidrBlock && other.cidrBlock && overlap(network(one.cidrBlock), network(other.cidrBlock))) {
        clash(
          "cidrBlock",
          `overlaps ${other.cidrBlock} of clusters[${otherIndex}], and such networks can never be connected; take another block`,
        );
      }
      if (one.repository && other.repository && repositoryOf(one.repository) === repositoryOf(other.repository)) {
        if (sameName && one.repository.branch === other.repository.branch) {
          clash(
            "repository",
            `and clusters[${otherIndex}] would both write clusters/${one.name}/ on branch ${one.repository.branch}; take another name`,
          );
        }
        if (one.repository.mode === "create" && other.repository.mode === "create") {
          clash("repository", `is created by clusters[${otherIndex}] too; set mode 'existing' in one of them`);
        }
      }
      return mistakes;
    }),
  );
}

/** Returns a name to compare: GitHub's are the same in either case. */
function repositoryOf({ owner, name }: Cluster["repository"]): string {
  return `${owner}/${name}`.toLowerCase();
}

function sentence(settings: unknown, { path, message, ofKey }: Mistake): string {
  const place = z.core.toDotPath(path);
  if (ofKey) {
    return `${place}: ${message}`;
  }
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key],
    settings,
  );
  return `${place}: ${value === undefined ? "missing; it" : shown(value)} ${message}`;
}

function shown(value: unknown): string {
  const text = inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true });
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function warningsOf({ name, account, admins, apiAccess, nodes }: Cluster): string[] {
  return [
    ...admins
      .filter((arn) => accountOf(arn) !== account)
      .map((arn) => `${name}: admins holds ${arn} of another account than ${account}; see that it is meant`),
    ...(apiAccess.includes("0.0.0.0/0")
      ? [
          `${name}: apiAccess holds 0.0.0.0/0, so everybody may try to log in to the API; name the networks of your clients`,
        ]
      : []),
    ...nodes.instanceTypes
      .filter((type) => podAddressCapacity(type) === undefined)
      .map(
        (type) =>
          `${name}: nodes.instanceTypes: how many pod addresses ${type} has is not known here; see that they are enough`,
      ),
  ];
}
