import { newId } from "./identifiers";
import { now } from "./now";

export type ExecutionMode = "remote" | "local" | "agent";

export interface Organization {
  /** Its name, which is its id in the API. */
  readonly id: string;
  readonly externalId: string;
  readonly attributes: OrganizationAttributes;
  readonly defaultProject: string;
  readonly defaultAgentPool: string | null;
  readonly entitlements: Entitlements;
}

export interface OrganizationAttributes {
  readonly email: string;
  readonly "default-execution-mode": ExecutionMode;
  readonly "allow-force-delete-workspaces": boolean;
  readonly "assessments-enforced": boolean;
  readonly "collaborator-auth-policy": string;
  readonly "cost-estimation-enabled": boolean;
  readonly "created-at": string;
}

export type Entitlements = Readonly<Record<string, boolean | number | null>>;

/** What an organization of the free edition may use; numbers are limits. */
export const freeEdition: Entitlements = {
  agents: true,
  "audit-logging": false,
  "cost-estimation": false,
  "global-run-tasks": false,
  operations: true,
  "policy-limit": 5,
  "policy-set-limit": 1,
  "private-module-registry": true,
  "private-run-tasks": false,
  "run-task-limit": 1,
  "run-task-mandatory-enforcement-limit": 1,
  "run-task-workspace-limit": 10,
  "run-tasks": true,
  sentinel: false,
  sso: false,
  "state-storage": true,
  teams: false,
  "user-limit": 500,
  "vcs-integrations": true,
};

export function newOrganization(name: string, mode: ExecutionMode, entitlements: Entitlements): Organization {
  return {
    id: name,
    externalId: newId("org"),
    attributes: {
      email: `owner@${name}.invalid`,
      "default-execution-mode": mode,
      "allow-force-delete-workspaces": false,
      "assessments-enforced": false,
      "collaborator-auth-policy": "password",
      "cost-estimation-enabled": false,
      "created-at": now(),
    },
    defaultProject: newId("prj"),
    defaultAgentPool: null,
    entitlements: { ...freeEdition, ...entitlements },
  };
}
