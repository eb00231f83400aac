import { createHash } from "node:crypto";

/** The host of HCP Terraform; HCP Terraform Europe and each Terraform Enterprise have others. */
export const hcpHost = "app.terraform.io";

/** The project that an organization begins with, and that workspaces are in if nobody says otherwise. */
export const defaultProject = "Default Project";

/** The audience of the identities that runs have towards AWS (HCP Terraform, "Dynamic Credentials with the AWS Provider"). */
export const runAudience = "aws.workload.identity";

/** The tag of all workspaces that the stack of an organization's workspaces makes. */
export const workspaceTag = "eks-cilium-platform";

/** The phases of a run. Each has a role in AWS of its own. */
export const runPhases = ["plan", "apply"] as const;

export type RunPhase = (typeof runPhases)[number];

/** An organization of HCP Terraform, or of a Terraform Enterprise. */
export interface Organization {
  readonly organization: string;
  /**
   * Host, with its port if it has one.
   * @default - HCP Terraform's
   */
  readonly hostname?: string | undefined;
}

/** Returns the host of an organization, as hosts are compared. */
export function hostOf({ hostname = hcpHost }: Organization): string {
  return hostname.toLowerCase();
}

/**
 * Returns the name of the stack, and of the workspace of its state, that makes the workspaces of an organization: `acme-workspaces`, or
 * `acme-app-eu-terraform-io-workspaces` on another host than HCP Terraform's.
 */
export function workspacesStackName({ organization, hostname }: Organization): string {
  const host = hostOf({ organization, hostname });
  const place = host === hcpHost ? "" : `${host.replaceAll(/[^a-z\d]+/g, "-")}-`;
  return `${organization}-${place}workspaces`;
}

/**
 * Returns the name of the role in AWS that an organization's runs have in one phase: `acme-runs-apply`. Another host than HCP Terraform's is
 * six characters of it, since hosts are longer than names of roles may be.
 * @param namePrefix - what the names of the account's roles begin with
 */
export function runRoleName({ organization, hostname }: Organization, namePrefix: string, phase: RunPhase): string {
  const host = hostOf({ organization, hostname });
  const place = host === hcpHost ? "" : `${createHash("sha256").update(host).digest("hex").slice(0, 6)}-`;
  return `${namePrefix}${organization}-${place}runs-${phase}`;
}

/** Returns who a run is towards AWS: the subject of its identity. */
export function runSubject(
  { organization }: Organization,
  { project = defaultProject, workspace, phase }: RunIdentity,
): string {
  return `organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${phase}`;
}

export interface RunIdentity {
  /** Name of the project; undefined stands for the organization's default one. */
  readonly project: string | undefined;
  readonly workspace: string;
  readonly phase: RunPhase;
}
