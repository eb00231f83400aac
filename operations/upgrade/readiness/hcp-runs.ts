import type { Organization } from "../../../platform/hcp";
import { stackName, stackParts } from "../../../platform/parts";
import type { Cluster } from "../../../schema/settings";
import { apiHost, connectHcp, type Environment, isLoggedIn } from "../../hcp/connection";
import { isOver, lastRun, pageOf, type Run } from "../../hcp/runs";
import { findWorkspace } from "../../hcp/workspaces";
import { broken, type CheckOutcome, holds, notAsked } from "../../verify/check";
import { counted } from "../../verify/wording";

/** Looks at the last run of each workspace, since those plan in HCP Terraform, and not here. */
export async function runsOfHcp(
  { name }: Pick<Cluster, "name">,
  organization: Organization,
  environment: Environment,
): Promise<CheckOutcome> {
  if (!isLoggedIn(organization, environment)) {
    return notAsked(
      "you are not logged in to HCP Terraform, where the runs are",
      `terraform login ${apiHost(organization, environment)}`,
    );
  }
  const hcp = await connectHcp(organization, environment);
  for (const part of stackParts) {
    const workspaceName = stackName(name, part);
    const workspace = await findWorkspace(hcp, organization.organization, workspaceName);
    const run = workspace && (await lastRun(hcp, workspace));
    if (run === undefined) {
      return broken(
        `${workspaceName} has had no run`,
        "the stack was not applied",
        "docs/terraform-cloud.md says how its runs begin",
      );
    }
    const unfinished = unfinishedText(run);
    if (unfinished !== undefined) {
      const page = pageOf(hcp, organization.organization, workspaceName, run);
      return broken(`${run.id} of ${workspaceName} ${unfinished}`, "what it plans was not applied", page);
    }
  }
  return holds(`the last run of each of ${counted(stackParts.length, "workspace")} is applied, or had nothing to do`);
}

/** Returns what a run has left undone; nothing if its plan was applied, or empty. */
export function unfinishedText(run: Run): string | undefined {
  if (!isOver(run)) {
    return run.isConfirmable ? "waits to be confirmed" : `is under way (${run.status})`;
  }
  return run.status === "applied" || run.status === "planned_and_finished" ? undefined : `ended as ${run.status}`;
}
