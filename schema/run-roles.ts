import { type RunPhase, runRoleName, runSubject } from "../platform/hcp";
import { stackName, stackParts } from "../platform/parts";
import type { BackendSettings } from "./backend";
import type { IamSettings } from "./iam";
import { partitionOf } from "./region";

/** Backend of clusters whose state and runs are in HCP Terraform. */
export type CloudSettings = Extract<BackendSettings, { type: "cloud" }>;

/** Returns whether AWS can know runs by their host: IAM takes no port in the address of an identity provider. */
export function hasIdentity({ hostname = "" }: Pick<CloudSettings, "hostname">): boolean {
  return !hostname.includes(":");
}

/**
 * Returns the ARNs of the roles that runs have in a cluster's account, by phase; undefined for a cluster whose runs are elsewhere, or have
 * no identity towards AWS. They are known by name, since the stack that makes them is applied before any other and read by none.
 */
export function runRoles({ account, region, backend, iam }: RunsIn): Readonly<Record<RunPhase, string>> | undefined {
  if (backend.type !== "cloud" || !hasIdentity(backend)) {
    return undefined;
  }
  const { path, namePrefix } = iam ?? { path: "/", namePrefix: "" };
  const arn = (phase: RunPhase) =>
    `arn:${partitionOf(region)}:iam::${account}:role${path}${runRoleName(backend, namePrefix, phase)}`;
  return { plan: arn("plan"), apply: arn("apply") };
}

/** Where the runs of a cluster are, and where the cluster is. */
interface RunsIn {
  readonly account: string;
  readonly region: string;
  readonly backend: Exclude<BackendSettings, CloudSettings> | Pick<CloudSettings, "type" | "organization" | "hostname">;
  /** @default - names as they are, without a path */
  readonly iam?: Pick<IamSettings, "path" | "namePrefix"> | undefined;
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
