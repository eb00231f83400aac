import { z } from "zod";

import type { ExecutionMode } from "../records/organization";
import { type Changes, changed } from "../records/table";
import type { VcsRepository, Workspace, WorkspaceAttributes } from "../records/workspace";
import { invalid, notFound } from "./api-error";
import type { HcpRequest } from "./request";
import { attributesOf, relatedId } from "./request-body";

const repository = z.object({
  identifier: z
    .string()
    .regex(/^[\w.-]+\/[\w./-]+$/, "is invalid")
    .optional(),
  branch: z.string().nullable().optional(),
  "ingress-submodules": z.boolean().optional(),
  "oauth-token-id": z.string().nullable().optional(),
  "github-app-installation-id": z.string().nullable().optional(),
  "tags-regex": z.string().nullable().optional(),
});

const plain = z.object({
  name: z.string("can't be blank").regex(/^[\w-]{1,90}$/, "can only include letters, numbers, '-', and '_'"),
  description: z.string().nullable(),
  "allow-destroy-plan": z.boolean(),
  "assessments-enabled": z.boolean(),
  "auto-apply": z.boolean(),
  "auto-apply-run-trigger": z.boolean(),
  "file-triggers-enabled": z.boolean(),
  "global-remote-state": z.boolean(),
  "queue-all-runs": z.boolean(),
  "source-name": z.string().nullable(),
  "source-url": z.string().nullable(),
  "speculative-enabled": z.boolean(),
  "structured-run-output-enabled": z.boolean(),
  "terraform-version": z.string().regex(/\d|^latest$/, "is invalid"),
  "trigger-patterns": z.array(z.string()),
  "trigger-prefixes": z.array(z.string()),
  "working-directory": z.string().nullable(),
});

const settings = plain.partial().extend({
  "vcs-repo": repository.nullable().optional(),
  "execution-mode": z.enum(["remote", "local", "agent"]).nullable().optional(),
  operations: z.boolean().nullable().optional(),
  "agent-pool-id": z.string().nullable().optional(),
  "setting-overwrites": z
    .object({ "execution-mode": z.boolean().optional(), "agent-pool": z.boolean().optional() })
    .optional(),
});

type Settings = z.infer<typeof settings>;

/** Returns the workspace as the body's attributes change it; throws 422 for what HCP refuses. */
export function changedWorkspace(request: HcpRequest, workspace: Workspace): Workspace {
  const { "vcs-repo": vcs, ...given } = attributesOf(request.body, settings);
  const plainChanges: Changes<WorkspaceAttributes> = plain.partial().parse(given);
  const attributes = changed(workspace.attributes, {
    ...plainChanges,
    "vcs-repo": vcs === undefined ? undefined : repositoryFrom(request, workspace, vcs),
  });
  if (attributes["trigger-patterns"].length > 0 && attributes["trigger-prefixes"].length > 0) {
    throw invalid("trigger-patterns", "Trigger patterns cannot be used together with trigger prefixes");
  }
  return {
    ...workspace,
    attributes,
    project: projectFrom(request, workspace),
    ...executionFrom(request, workspace, given),
  };
}

/** A name that another workspace of the organization has is refused. */
export function refuseTakenName({ store }: HcpRequest, { id, organization, attributes: { name } }: Workspace): void {
  const isTaken = ({ id: other, ...one }: Workspace) =>
    other !== id && one.organization === organization && one.attributes.name === name;
  if (store.workspaces.all.some(isTaken)) {
    throw invalid("name", "Name has already been taken");
  }
}

function projectFrom({ store, body }: HcpRequest, { organization, project: present }: Workspace): string {
  const id = relatedId(body, "project") ?? present;
  if (store.projects.get(id)?.organization !== organization) {
    throw notFound();
  }
  return id;
}

/** A mode that is given overwrites what the project and the organization say; `false` among the overwrites clears it. */
function executionFrom(
  { store }: HcpRequest,
  { organization, executionMode, agentPool }: Workspace,
  given: Settings,
): Pick<Workspace, "executionMode" | "agentPool"> {
  const { operations } = given;
  const byOperations: ExecutionMode | undefined = operations == null ? undefined : operations ? "remote" : "local";
  const mode = given["execution-mode"] ?? byOperations;
  const isCleared = mode === undefined && given["setting-overwrites"]?.["execution-mode"] === false;
  if (isCleared) {
    return { executionMode: undefined, agentPool: null };
  }
  const pool = given["agent-pool-id"] === undefined ? agentPool : given["agent-pool-id"] || null;
  const effective = mode ?? executionMode;
  if (effective !== "agent") {
    if (given["agent-pool-id"]) {
      throw invalid("agent-pool-id", "Agent pool must not be specified unless using 'agent' execution mode");
    }
    return { executionMode: effective, agentPool: null };
  }
  if (pool === null) {
    throw invalid("agent-pool-id", "Agent pool must be specified when using 'agent' execution mode");
  }
  if (store.agentPools.get(pool)?.organization !== organization) {
    throw notFound();
  }
  return { executionMode: "agent", agentPool: pool };
}

function repositoryFrom(
  { store }: HcpRequest,
  { attributes, organization }: Workspace,
  given: z.infer<typeof repository> | null,
): VcsRepository | null {
  if (given === null) {
    return null;
  }
  const standard: VcsRepository = attributes["vcs-repo"] ?? {
    identifier: "",
    branch: "",
    "ingress-submodules": false,
    "oauth-token-id": null,
    "github-app-installation-id": null,
    "tags-regex": null,
  };
  const wanted = changed(standard, { ...given, branch: given.branch ?? undefined });
  const [token, installation] = [wanted["oauth-token-id"] || null, wanted["github-app-installation-id"] || null];
  const isKnown =
    token === null
      ? store.installations.get(installation ?? "") !== undefined
      : store.oauthTokens.get(token)?.organization === organization;
  if (wanted.identifier === "" || !isKnown) {
    throw invalid(
      "vcs-repo",
      "VCS repo must have an identifier, and the id of an OAuth token or of a GitHub App installation",
    );
  }
  return { ...wanted, "oauth-token-id": token, "github-app-installation-id": installation };
}
