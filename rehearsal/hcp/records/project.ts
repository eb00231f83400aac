import { now } from "./now";
import type { ExecutionMode } from "./organization";

export interface Project {
  readonly id: string;
  readonly organization: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: string;
  readonly tags: Tags;
  /** Undefined for what the organization decides. */
  readonly executionMode: ExecutionMode | undefined;
  readonly agentPool: string | null;
}

/** Values by key; a tag of the old kind, which has no value, has an empty one. */
export type Tags = Readonly<Record<string, string>>;

export function newProject(id: string, organization: string, name: string): Project {
  return {
    id,
    organization,
    name,
    description: null,
    createdAt: now(),
    tags: {},
    executionMode: undefined,
    agentPool: null,
  };
}
