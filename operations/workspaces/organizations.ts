import { hostOf, type Organization, workspacesStackName } from "../../platform/hcp";
import { nearest } from "../../platform/nearest";
import { stackName, stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { CommandError } from "../command/failure";

/** An organization of settings.ts, with what the stack of its workspaces is called and makes. */
export interface OrganizationOfSettings extends Organization {
  readonly stack: string;
  /** Names of the workspaces that the stack makes. */
  readonly workspaces: readonly string[];
}

/**
 * Returns the organizations that clusters of settings.ts have their state in, or the one that is asked for, on each host that has it.
 * @throws CommandError if there is none
 */
export function organizationsOf(
  clusters: readonly Cluster[],
  asked: string | undefined,
): readonly OrganizationOfSettings[] {
  const all = clusters.flatMap(({ backend }) => (backend.type === "cloud" ? [backend] : []));
  const names = [...new Set(all.map(({ organization }) => organization))];
  if (names.length === 0) {
    throw new CommandError("settings.ts has no cluster whose state is in HCP Terraform", {
      next: "give one backend: { type: 'cloud', organization: '…' } (docs/terraform-cloud.md)",
    });
  }
  if (asked !== undefined && !names.includes(asked)) {
    const meant = nearest(asked, names);
    throw new CommandError(
      `settings.ts has no organization '${asked}'; it has ${names.join(", ")}${meant ? `; did you mean '${meant}'?` : ""}`,
      { next: `npm run workspaces -- init --organization ${meant ?? names[0]}` },
    );
  }
  const wanted = all.filter(({ organization }) => asked === undefined || organization === asked);
  const stacks = new Map(
    wanted.map(({ organization, hostname }) => [keyOf({ organization, hostname }), { organization, hostname }]),
  );
  return [...stacks].map(([key, organization]) => ({
    ...organization,
    stack: workspacesStackName(organization),
    workspaces: clusters
      .filter(({ backend }) => backend.type === "cloud" && keyOf(backend) === key)
      .flatMap(({ name }) => stackParts.map((part) => stackName(name, part))),
  }));
}

function keyOf(organization: Organization): string {
  return `${hostOf(organization)}/${organization.organization}`;
}
