import { CommandError } from "../../operations/command/failure";
import { stackParts } from "../../platform/parts";
import { Platform } from "../terraform/platform";
import type { Repository, RunningWorld } from "../world/running-world";
import { demoWith } from "./demo-settings";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { create, destroy, unchanged } from "./steps";

const repository = { owner: "acme", name: "made-by-terraform", mode: "create", access: "public" } as const;

const fullName = `${repository.owner}/${repository.name}`;

/** Throws unless the repository that was made is archived, without the platform's files, and the others are as they were. */
function archivedBeside(before: readonly Repository[]) {
  return (after: readonly Repository[]): string => {
    const made = after.find(({ full_name }) => full_name === fullName);
    if (!made?.archived || made.files.some((file) => file !== "README.md")) {
      throw new CommandError(`${fullName} should be archived, without our files, and is ${JSON.stringify(made)}`);
    }
    return `${unchanged(before)(after.filter((repository) => repository !== made))}, and what was made is archived`;
  };
}

/** A platform whose switches stand the other way than the demo's. */
const settings = demoWith({
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  natGateways: "single",
  endpoints: ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"],
  flowLogs: true,
  clusterAuth: "exec",
  repository,
  tags: { Team: "platform" },
});

export const switchedLife: Rehearsal = { settings: () => settings, rehearse };

async function rehearse(world: RunningWorld, folder: string): Promise<void> {
  const platform = await Platform.create({ folder, settings, environment: world.environment, signal: world.signal });
  const before = await world.repositories();
  const report = new Report(
    "switches: one NAT gateway, three zones, endpoints, flow logs, exec, a repository that is made",
  );

  for (const part of stackParts) {
    await create(report, platform, part);
  }
  await destroy(report, platform, world, archivedBeside(before));
  await world.rest("DELETE", `repos/${fullName}`);
  report.end();
}
