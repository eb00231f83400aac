import { type RunPhase, runRoleName, runSubject } from "../platform/hcp";
import { stackName, stackParts } from "../platform/parts";
import type { Cluster } from "./cluster";
import { partitionOf } from "./region";

/** Backend of clusters whose state and runs are in HCP Terraform. */
export type CloudSettings = Extract<Cluster["backend"], { type: "cloud" }>;

/** A cluster whose state and runs are in HCP Terraform. */
export type CloudCluster = Cluster & { readonly backend: CloudSettings };

export function isInCloud(cluster: Cluster): cluster is CloudCluster {
  return cluster.backend.type === "cloud";
}

/** Returns whether AWS can know runs by their host: IAM takes no port in the address of an identity provider. */
export function hasIdentity({ backend: { hostname = "" } }: Pick<CloudCluster, "backend">): boolean {
  return !hostname.includes(":");
}

/**
 * Returns the ARNs of the roles that runs have in a cluster's account, by phase; undefined for a cluster whose runs are elsewhere, or have
 * no identity towards AWS. They are known by name, since the stack that makes them is applied before any other and read by none.
 */
export function runRoles({
  account,
  region,
  backend,
}: Pick<Cluster, "account" | "region" | "backend">): Readonly<Record<RunPhase, string>> | undefined {
  if (backend.type !== "cloud" || !hasIdentity({ backend })) {
    return undefined;
  }
  const arn = (phase: RunPhase) => `arn:${partitionOf(region)}:iam::${account}:role/${runRoleName(backend, phase)}`;
  return { plan: arn("plan"), apply: arn("apply") };
}

/** Returns the ARNs of all who administer a cluster: those of the settings, and the role that runs apply with. */
export function administrators(cluster: Pick<Cluster, "admins" | "account" | "region" | "backend">): readonly string[] {
  const roles = runRoles(cluster);
  return roles === undefined ? cluster.admins : [...new Set([...cluster.admins, roles.apply])];
}

/** Returns who the runs of clusters are in a phase: the subjects of their identities, one for each workspace. */
export function runSubjects(clusters: readonly RunsOfCluster[], phase: RunPhase): readonly string[] {
  return clusters.flatMap(({ name, backend }) =>
    stackParts.map((part) =>
      runSubject(backend, { project: backend.project, workspace: stackName(name, part), phase }),
    ),
  );
}

/** What names the runs of a cluster. */
export interface RunsOfCluster {
  readonly name: string;
  readonly backend: Pick<CloudSettings, "organization" | "project">;
}
