import { network, overlap } from "../address";
import type { Cluster } from "../cluster";
import type { Mistake } from "./mistake";

type Given = Partial<Cluster>;

/** Something that two clusters of one file must not share. */
interface Rivalry {
  readonly member: keyof Cluster;
  /** Returns what two clusters have alike that can be rivals; undefined for a cluster that can have none. */
  group(cluster: Given): string | undefined;
  /** Returns what is wrong with `one`, whose rival stands at `place` further up. */
  problem(one: Given, rival: Given, place: string): string | undefined;
}

const kinds: readonly Rivalry[] = [
  {
    member: "name",
    group: ({ name }) => name,
    problem: (_, __, place) => `is the name of ${place} too; stacks are named after clusters, so take another`,
  },
  {
    member: "cidrBlock",
    group: ({ account, region, cidrBlock }) =>
      account && region && cidrBlock && `${account} ${region} ${start(cidrBlock)}`,
    problem: ({ cidrBlock }, rival, place) =>
      overlapping(cidrBlock, rival.cidrBlock)
        ? `overlaps ${rival.cidrBlock} of ${place}, and such networks can never be connected; take another block`
        : undefined,
  },
  {
    member: "repository",
    group: ({ name, repository }) => name && repository && `${repositoryOf(repository)} ${repository.branch} ${name}`,
    problem: ({ name, repository }, _, place) =>
      `and ${place} would both write clusters/${name}/ on branch ${repository?.branch}; take another name`,
  },
  {
    member: "repository",
    group: ({ repository }) => (repository?.mode === "create" ? repositoryOf(repository) : undefined),
    problem: (_, __, place) => `is created by ${place} too; set mode 'existing' in one of them`,
  },
  {
    member: "repository",
    group: ({ repository }) => repository && repositoryOf(repository),
    problem: privacyProblem,
  },
  {
    member: "repository",
    group: ({ repository }) => repository && repositoryOf(repository),
    problem: branchProblem,
  },
];

/** Returns what clusters of one file share and must not: of each kind, and for each cluster, the first other one. */
export function rivalries(clusters: readonly Given[]): Mistake[] {
  return kinds
    .flatMap((kind) => rivalsOf(clusters, kind))
    .sort((one, other) => one.index - other.index || one.rival - other.rival)
    .map(({ index, member, message }) => ({ path: ["clusters", index, member], message }));
}

/** Returns warnings about networks that overlap, as they may in different regions or accounts. */
export function sharedAddresses(clusters: readonly Cluster[]): string[] {
  const kind: Rivalry = {
    member: "cidrBlock",
    group: ({ cidrBlock }) => cidrBlock && start(cidrBlock),
    problem: (one, rival) =>
      overlapping(one.cidrBlock, rival.cidrBlock)
        ? `${one.name}: cidrBlock ${one.cidrBlock} overlaps ${rival.cidrBlock} of ${rival.name}; see that the two need never be connected`
        : undefined,
  };
  return rivalsOf(clusters, kind).map(({ message }) => message);
}

/** Returns each cluster with a rival further up, and the first such rival. */
function rivalsOf(clusters: readonly Given[], { member, group, problem }: Rivalry) {
  const groups = new Map<string, number[]>();
  return clusters.flatMap((one, index) => {
    const key = group(one);
    if (key === undefined) {
      return [];
    }
    const earlier = groups.get(key) ?? [];
    groups.set(key, earlier);
    for (const rival of earlier) {
      const message = problem(one, clusters[rival] ?? {}, `clusters[${rival}]`);
      if (message) {
        earlier.push(index);
        return [{ index, rival, member, message }];
      }
    }
    earlier.push(index);
    return [];
  });
}

/** Returns the /16 that a block lies in: blocks are no larger. */
function start(cidrBlock: string): string {
  return cidrBlock.split(".", 2).join(".");
}

const overlaps = new Map<string, boolean>();

/** Returns whether two blocks share an address. Thousands of clusters have few pairs of blocks that stand in one /16. */
function overlapping(one = "", other = ""): boolean {
  const pair = `${one} ${other}`;
  const known = overlaps.get(pair) ?? overlap(network(one), network(other));
  overlaps.set(pair, known);
  return known;
}

/** Returns a name to compare: GitHub's are the same in either case. */
function repositoryOf({ owner, name }: Cluster["repository"]): string {
  return `${owner}/${name}`.toLowerCase();
}

function privacyProblem({ repository: one }: Given, { repository: rival }: Given, place: string): string | undefined {
  const isPrivate = (given: typeof one) => given?.mode === "create" && given.access === "deploy-key";
  if (isPrivate(rival) && one?.access === "public") {
    return `is made private by ${place}, and read without credentials here; set access 'deploy-key' here, or 'public' there`;
  }
  return isPrivate(one) && rival?.access === "public"
    ? `is made private here, and read without credentials by ${place}; set access 'public' here, or 'deploy-key' there`
    : undefined;
}

/** Git keeps branches like files: `a` cannot be one beside `a/b`. */
function branchProblem({ repository: one }: Given, { repository: rival }: Given, place: string): string | undefined {
  const [branch = "", other = ""] = [one?.branch, rival?.branch];
  return branch.startsWith(`${other}/`) || other.startsWith(`${branch}/`)
    ? `is followed on branch '${branch}', and by ${place} on '${other}', which Git takes for a folder and a file of one name; take another branch`
    : undefined;
}
