import { overlap } from "./address";
import { agreements, type Cluster, type ClusterSettings, cluster } from "./cluster";
import { podAddresses } from "./instance-types";

export type { Cluster, ClusterSettings } from "./cluster";

type Path = readonly PropertyKey[];
interface Mistake {
  readonly path: Path;
  readonly message: string;
}

/** Settings that can be built, with every default filled in; or, if anything is wrong with them, all that is. */
export interface CheckedSettings {
  /** Empty if there are problems. */
  readonly clusters: readonly Cluster[];
  /** A line a mistake: path, what was got, what is allowed, the way out. */
  readonly problems: readonly string[];
  /** What is allowed and should be somebody's decision. */
  readonly warnings: readonly string[];
}

/** Checks the list of clusters that `settings.ts` exports. */
export function checkSettings(settings: readonly ClusterSettings[]): CheckedSettings {
  const parsed = settings.map((given) => cluster.safeParse(given));
  const sound = settings.map(soundMembers);
  const mistakes = [
    ...parsed.flatMap((result, index) =>
      (result.error?.issues ?? []).map((issue) => ({ ...issue, path: ["clusters", index, ...issue.path] })),
    ),
    ...sound.flatMap((given, index) =>
      agreements
        .flatMap((agree) => agree(given))
        .map((mistake) => ({ ...mistake, path: ["clusters", index, ...mistake.path] })),
    ),
    ...rivalries(sound),
  ];
  if (settings.length === 0) {
    mistakes.push({ path: ["clusters"], message: "must name one cluster at least" });
  }

  const clusters = mistakes.length === 0 ? parsed.flatMap((result) => (result.success ? [result.data] : [])) : [];
  return {
    clusters,
    problems: mistakes.map((mistake) => sentence({ clusters: settings }, mistake)),
    warnings: clusters.flatMap(warningsOf),
  };
}

/** The members that are right by themselves, so that a mistake in one does not hide a disagreement of others. */
function soundMembers(given: ClusterSettings): Partial<Cluster> {
  const members = Object.entries(cluster.shape).flatMap(([key, member]) => {
    const result = member.safeParse(given?.[key as keyof ClusterSettings]);
    return result.success ? [[key, result.data]] : [];
  });
  return Object.fromEntries(members);
}

/** What two clusters of one file must not share. */
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
      if (one.cidrBlock && other.cidrBlock && overlap(one.cidrBlock, other.cidrBlock)) {
        clash(
          "cidrBlock",
          `overlaps ${other.cidrBlock} of clusters[${otherIndex}], and such networks can never be connected; take another block`,
        );
      }
      if (one.repository && other.repository && repositoryOf(one.repository) === repositoryOf(other.repository)) {
        if (sameName && one.repository.branch === other.repository.branch) {
          clash(
            "repository",
            `and clusters[${otherIndex}] would both write clusters/${one.name}/ on branch ${one.repository.branch}; take another name, branch or repository`,
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

/** GitHub's names are the same in either case. */
function repositoryOf({ owner, name }: Cluster["repository"]): string {
  return `${owner}/${name}`.toLowerCase();
}

function sentence(settings: unknown, { path, message }: Mistake): string {
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key],
    settings,
  );
  const where = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `${where.slice(1)}: ${value === undefined ? "missing; it" : shown(value)} ${message}`;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function warningsOf({ name, apiAccess, nodes }: Cluster): string[] {
  return [
    ...(apiAccess.includes("0.0.0.0/0")
      ? [
          `${name}: apiAccess holds 0.0.0.0/0, so everybody may try to log in to the API; name the networks of your clients`,
        ]
      : []),
    ...nodes.instanceTypes
      .filter((type) => podAddresses(type) === undefined)
      .map(
        (type) =>
          `${name}: nodes.instanceTypes: how many pod addresses ${type} has is not known here; see that they are enough`,
      ),
  ];
}
