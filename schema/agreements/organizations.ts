import { defaultProject, hcpHost, hostOf } from "../../platform/hcp";
import { addressSlug } from "../../platform/parts";
import { type CloudCluster, isInCloud } from "../cloud-cluster";
import type { Cluster } from "../cluster";
import { ownerOf } from "../hcp";
import { type CloudSettings, hasIdentity, runSubjects } from "../run-roles";
import type { Mistake } from "./mistake";

/** Longest trust policy of a role, in characters, and that to which AWS raises it on request (IAM, "IAM and STS quotas"). */
const usualTrust = 2048;
const longestTrust = 4096;

/** What a trust policy has beside its subjects, in characters; each of these has quotes and a comma, too. */
const trustFrame = 500;

/** Something that clusters share, and so must say alike. */
interface Shared {
  readonly path: readonly string[];
  /** Returns what those share who must say the same; undefined for a cluster that shares nothing of the kind. */
  group(backend: CloudSettings, account: string | undefined): string | undefined;
  /** Returns what they must say alike. */
  value(backend: CloudSettings, iam: Cluster["iam"] | undefined): string;
  /** @param place - of the first that shares it: `clusters[0]` */
  message(place: string): string;
}

const kinds: readonly Shared[] = [
  {
    path: ["backend", "organization"],
    group: (backend) => placeOf(backend).toLowerCase(),
    value: ({ organization }) => organization,
    message: (place) => `differs from that of ${place} in capitals alone; write it as HCP Terraform shows it`,
  },
  {
    path: ["backend", "identityProvider"],
    group: (backend, account) => account && `${placeOf(backend)} ${account}`,
    value: ({ identityProvider }) => identityProvider,
    message: (place) => `is another than that of ${place} in the same account, which has one; write the same`,
  },
  {
    path: ["backend", "identityProvider"],
    group: (backend, account) =>
      account && backend.identityProvider === "create" ? `${hostOf(backend)} ${account}` : undefined,
    value: ({ organization }) => organization,
    message: (place) => `is made for ${place} in the same account, which has one; write 'existing' here`,
  },
  {
    path: ["backend", "projectMode"],
    group: (backend) => `${placeOf(backend)} ${backend.project}`,
    value: ({ projectMode }) => projectMode,
    message: (place) => `is another than that of ${place}, whose project is the same; write the same`,
  },
  {
    path: ["backend", "project"],
    group: (backend) => `${placeOf(backend)} ${addressSlug(backend.project ?? defaultProject)}`,
    value: ({ project = defaultProject }) => project,
    message: (place) => `differs from that of ${place} in capitals and punctuation alone; rename one of the two`,
  },
  {
    path: ["backend", "agentPool"],
    group: (backend) => backend.agentPool && `${placeOf(backend)} ${addressSlug(backend.agentPool)}`,
    value: ({ agentPool = "" }) => agentPool,
    message: (place) => `differs from that of ${place} in capitals and punctuation alone; rename one of the two`,
  },
  {
    path: ["backend", "vcs", "repository"],
    group: ({ vcs, ...backend }) => vcs && `${placeOf(backend)} ${ownerOf(vcs)?.toLowerCase()}`,
    value: ({ vcs }) => (vcs && ownerOf(vcs)) ?? "",
    message: (place) => `has its owner in other capitals than that of ${place}; write both as GitHub shows it`,
  },
  {
    path: ["backend", "runTask"],
    group: (backend) => (backend.runTask ? placeOf(backend) : undefined),
    value: ({ runTask }) => `${runTask?.keyVariable} ${runTask?.url}`,
    message: (place) => `has another url or keyVariable than that of ${place}; their organization has one review`,
  },
  {
    path: ["iam"],
    group: (backend, account) => (account && hasIdentity(backend) ? `${placeOf(backend)} ${account}` : undefined),
    value: (_, iam) => JSON.stringify([iam?.path, iam?.namePrefix, iam?.permissionsBoundary]),
    message: (place) =>
      `is another than that of ${place}, and runs of both have the same roles in their account; write the same`,
  },
];

/** Returns where clusters contradict the first one with which they share something of an organization. */
export function organizationRivalries(clusters: readonly Partial<Cluster>[]): Mistake[] {
  const firsts = new Map<string, { readonly index: number; readonly value: string }>();
  return clusters.flatMap(({ account, backend, iam }, index) => {
    if (backend?.type !== "cloud") {
      return [];
    }
    return kinds.flatMap(({ path, group, value, message }, kind): Mistake[] => {
      const shared = group(backend, account);
      const first = firsts.get(`${kind} ${shared}`);
      if (shared !== undefined && first === undefined) {
        firsts.set(`${kind} ${shared}`, { index, value: value(backend, iam) });
      }
      return shared === undefined || first === undefined || first.value === value(backend, iam)
        ? []
        : [{ path: ["clusters", index, ...path], message: message(`clusters[${first.index}]`) }];
    });
  });
}

/** Returns where an organization is. */
function placeOf(backend: Pick<CloudSettings, "organization" | "hostname">): string {
  return `${hostOf(backend)}/${backend.organization}`;
}

/** Returns what is allowed of clusters in HCP Terraform, and should be somebody's decision. */
export function organizationWarnings(clusters: readonly Cluster[]): string[] {
  const inCloud = clusters.filter(isInCloud);
  return [...inCloud.flatMap(clusterWarnings), ...trustWarnings(inCloud)];
}

function clusterWarnings(cluster: CloudCluster): string[] {
  const { name, apiAccess, backend } = cluster;
  const isReached = backend.agentPool !== undefined || apiAccess.includes("0.0.0.0/0") || hostOf(backend) !== hcpHost;
  return [
    ...(isReached
      ? []
      : [
          `${name}: the machines of HCP Terraform have no addresses of their own, so none is within apiAccess; run the bootstrap stack by agents in the VPC (backend.agentPool)`,
        ]),
    ...(hasIdentity(cluster.backend)
      ? []
      : [
          `${name}: AWS takes no identity provider with a port, as in ${backend.hostname}, so runs get no credentials of AWS by themselves; give its workspaces some`,
        ]),
  ];
}

/** Returns a warning for each account in which an organization's roles must trust more than the trust policy of a role holds. */
function trustWarnings(clusters: readonly CloudCluster[]): string[] {
  const groups = new Map<string, CloudCluster[]>();
  for (const cluster of clusters.filter(({ backend: { hostname } }) => hasIdentity({ hostname }))) {
    const key = `${placeOf(cluster.backend)} ${cluster.account}`;
    const group = groups.get(key) ?? [];
    group.push(cluster);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    const subjects = runSubjects(group, "apply");
    const length = trustFrame + subjects.reduce((sum, subject) => sum + subject.length + 3, 0);
    const [first] = group;
    return first && length > usualTrust
      ? [
          `${first.backend.organization}: its roles in account ${first.account} trust ${subjects.length} workspaces, in some ${length} characters; IAM takes ${usualTrust}, and ${longestTrust} at most, once its quota 'Role trust policy length' is raised`,
        ]
      : [];
  });
}
