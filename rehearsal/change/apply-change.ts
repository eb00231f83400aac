import { DescribeClusterCommand, EKSClient, UpdateClusterConfigCommand } from "@aws-sdk/client-eks";

import { CommandError } from "../../operations/command/failure";
import { stackName, stackParts } from "../../platform/parts";
import type { Changes } from "../terraform/plan-changes";
import { awsAccess } from "../world/aws-access";
import type { RunningWorld } from "../world/running-world";
import type { ClusterSides } from "./plan-change";
import { replacementsIn, replacementText } from "./replacements";
import type { ClusterStacks } from "./sides";
import { type Place, terraformIn } from "./stacks";

/**
 * Applies a change, says what it replaced, sees that nothing is left to do, and takes the cluster down.
 * @param tell - gets a sentence at a time
 * @throws CommandError if a second plan is not empty, or anything is left in AWS in the end
 */
export async function applyChange(
  { here, there }: ClusterSides,
  world: RunningWorld,
  place: Place,
  tell: (sentence: string) => void,
): Promise<void> {
  if (here !== undefined) {
    await applyStacks(here, place, tell);
    await mustBeDone(here, place, tell);
  }
  const last = here ?? there;
  if (last !== undefined) {
    await destroyStacks(last, world, place, tell);
  }
}

async function applyStacks(stacks: ClusterStacks, place: Place, tell: (sentence: string) => void): Promise<void> {
  for (const part of stackParts) {
    const terraform = terraformIn(stacks, part, place);
    // Planned again, since the stacks before it may publish something else now.
    if (!isEmpty(await terraform.plan("change"))) {
      const replaced = replacementsIn(await terraform.applyWithLog());
      tell(`${terraform.stack}: applied${replaced.length === 0 ? ", and replaced nothing" : ""}`);
      for (const replacement of replaced) {
        tell(`${terraform.stack}: ${replacementText(replacement)}`);
      }
    }
  }
}

async function mustBeDone(stacks: ClusterStacks, place: Place, tell: (sentence: string) => void): Promise<void> {
  for (const part of stackParts) {
    const left = await terraformIn(stacks, part, place).plan("again");
    if (!isEmpty(left)) {
      const lines = Object.entries(left).map(([address, action]) => `  ${action} ${address}`);
      throw new CommandError([`${stackName(place.cluster, part)} was applied and is not done`, ...lines].join("\n"), {
        next: `see ${place.plans}; a plan that is never empty changes something at every apply`,
      });
    }
  }
  tell(`${place.cluster}: planned again, nothing is left to do`);
}

async function destroyStacks(
  stacks: ClusterStacks,
  world: RunningWorld,
  place: Place,
  tell: (sentence: string) => void,
): Promise<void> {
  await endProtection(place.cluster, world);
  for (const part of stackParts.toReversed()) {
    await terraformIn(stacks, part, place).destroy();
  }
  const left = await world.inventory();
  if (Object.keys(left).length > 0) {
    throw new CommandError(`${place.cluster} was destroyed, and AWS still holds ${JSON.stringify(left)}`, {
      next: "npm run teardown knows what Terraform leaves behind; see docs/teardown.md",
    });
  }
  tell(`${place.cluster}: destroyed, nothing is left in AWS`);
}

/** Switches deletion protection off, with which EKS refuses the destroy, as teardown does for who asks for it. */
async function endProtection(name: string, { environment }: RunningWorld): Promise<void> {
  const eks = new EKSClient(awsAccess(environment));
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  if (cluster?.deletionProtection) {
    await eks.send(new UpdateClusterConfigCommand({ name, deletionProtection: false }));
  }
}

function isEmpty(changes: Changes): boolean {
  return Object.keys(changes).length === 0;
}
