import { hcpHost, hostOf, workspacesStackName } from "../platform/hcp";
import type { Mistake } from "./agreements";
import type { Cluster } from "./cluster";
import { type CloudSettings, hasIdentity, runSubjects } from "./run-roles";

/** A cluster whose state and runs are in HCP Terraform. */
export type CloudCluster = Cluster & { readonly backend: CloudSettings };

export function isInCloud(cluster: Cluster): cluster is CloudCluster {
  return cluster.backend.type === "cloud";
}

/** Longest name that HCP Terraform takes for a workspace, in characters (Workspaces API). */
const longestWorkspace = 90;

/** Longest trust policy of a role, in characters, and that to which AWS raises it on request (IAM, "IAM and STS quotas"). */
const usualTrust = 2048;
const longestTrust = 4096;

/** What a trust policy has beside its subjects, in characters; each of these has quotes and a comma, too. */
const trustFrame = 500;

/** Settings of a cluster that are sound by themselves, with its place in the list. */
interface Placed {
  readonly index: number;
  readonly account: string | undefined;
  readonly backend: CloudSettings;
}

/** Returns where clusters of one organization contradict each other about what they share there. */
export function organizationRivalries(clusters: readonly Partial<Cluster>[]): Mistake[] {
  const placed = clusters.flatMap(({ account, backend }, index): Placed[] =>
    backend?.type === "cloud" ? [{ index, account, backend }] : [],
  );
  return [
    ...placed.flatMap(({ index, backend }) => longName(index, backend)),
    ...placed.flatMap((one, place) => placed.slice(0, place).flatMap((other) => contradictions(one, other))),
  ];
}

function longName(index: number, backend: CloudSettings): Mistake[] {
  const { length } = workspacesStackName(backend);
  const message = `has, with the organization's name, ${length} characters in the name of a workspace, and HCP Terraform takes ${longestWorkspace}; take a shorter one`;
  return length > longestWorkspace ? [{ path: ["clusters", index, "backend", "hostname"], message }] : [];
}

function contradictions(one: Placed, other: Placed): Mistake[] {
  const mistakes: Mistake[] = [];
  const clash = (member: keyof CloudSettings, message: string) =>
    mistakes.push({ path: ["clusters", one.index, "backend", member], message });
  const there = `clusters[${other.index}]`;
  const { backend } = one;
  if (hostOf(backend) !== hostOf(other.backend)) {
    return [];
  }
  const isSame = backend.organization === other.backend.organization;
  const sharesAccount = one.account !== undefined && one.account === other.account;
  if (!isSame && backend.organization.toLowerCase() === other.backend.organization.toLowerCase()) {
    clash("organization", `differs from that of ${there} in capitals alone; write it as HCP Terraform shows it`);
  }
  if (sharesAccount && backend.identityProvider !== other.backend.identityProvider && isSame) {
    clash("identityProvider", `is another than that of ${there} in the same account, which has one; write the same`);
  }
  if (
    sharesAccount &&
    !isSame &&
    backend.identityProvider === "create" &&
    other.backend.identityProvider === "create"
  ) {
    clash("identityProvider", `is made for ${there} in the same account, which has one; write 'existing' here`);
  }
  if (isSame) {
    const [mine = "", theirs = ""] = [backend.project, other.backend.project];
    if (mine === theirs && backend.projectMode !== other.backend.projectMode) {
      clash("projectMode", `is another than that of ${there}, whose project is the same; write the same`);
    }
    if (mine !== theirs && slug(mine) === slug(theirs)) {
      clash("project", `differs from that of ${there} in capitals and punctuation alone; rename one of the two`);
    }
    const task = ({ runTask }: CloudSettings) => runTask && `${runTask.keyVariable} ${runTask.url}`;
    if (backend.runTask && other.backend.runTask && task(backend) !== task(other.backend)) {
      clash("runTask", `has another url or keyVariable than that of ${there}; their organization has one review`);
    }
  }
  return mistakes;
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-");
}

/** Returns what is allowed of clusters in HCP Terraform, and should be somebody's decision. */
export function organizationWarnings(clusters: readonly Cluster[]): string[] {
  const inCloud = clusters.filter(isInCloud);
  return [...inCloud.flatMap(clusterWarnings), ...inCloud.flatMap((_, index) => trustWarnings(inCloud, index))];
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

/** Says, for the first cluster of an organization in an account, if its roles there must trust more than a role's trust policy holds. */
function trustWarnings(clusters: readonly CloudCluster[], index: number): string[] {
  const cluster = clusters[index];
  const isAlike = (other: CloudCluster) =>
    cluster !== undefined &&
    other.account === cluster.account &&
    workspacesStackName(other.backend) === workspacesStackName(cluster.backend);
  if (cluster === undefined || clusters.findIndex(isAlike) !== index || !hasIdentity(cluster.backend)) {
    return [];
  }
  const subjects = runSubjects(clusters.filter(isAlike), "apply");
  const length = trustFrame + subjects.reduce((sum, subject) => sum + subject.length + 3, 0);
  return length > usualTrust
    ? [
        `${cluster.backend.organization}: its roles in account ${cluster.account} trust ${subjects.length} workspaces, in some ${length} characters; IAM takes ${usualTrust}, and ${longestTrust} at most, once its quota 'Role trust policy length' is raised`,
      ]
    : [];
}
