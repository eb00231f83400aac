import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { type StackPart, stackName, stackParts } from "../../platform/parts";
import { type Changes, outputsAlone } from "./plan-changes";
import { Terraform, type TerraformProps } from "./terraform";

/** Changes of several stacks; what is not named does not change. */
export type PlatformChanges = Readonly<Partial<Record<StackPart, Changes>>>;

/** Terraform in the folder of each stack of a cluster. */
export type Stacks = Readonly<Record<StackPart, Terraform>>;

export interface StacksProps extends Omit<TerraformProps, "stack" | "folder"> {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Where `cdktf.out` is. */
  readonly folder: string;
}

export function stacksOf({ cluster, folder, ...props }: StacksProps): Stacks {
  const terraform = (part: StackPart) =>
    new Terraform({ ...props, stack: stackName(cluster, part), folder: stackFolder(folder, cluster, part) });
  return { network: terraform("network"), cluster: terraform("cluster"), bootstrap: terraform("bootstrap") };
}

/** Returns the folder of a stack below the one in which `cdktf.out` is. */
export function stackFolder(folder: string, cluster: string, part: StackPart): string {
  return join(folder, "cdktf.out", "stacks", stackName(cluster, part));
}

/**
 * Applies a stack that was never applied, and returns what that made.
 * @param phase - is told what Terraform does now
 * @throws CommandError if the first plan does more than create
 */
export async function applyFirst(terraform: Terraform, phase: (name: string) => void): Promise<Changes> {
  phase("terraform init");
  await terraform.init();
  phase("terraform plan");
  const changes = await terraform.plan("create");
  // The stack of a network that is there has no resources.
  const { [outputsAlone]: _, ...made } = changes;
  const others = Object.entries(made).filter(([, action]) => action !== "create");
  if (others.length > 0) {
    throw new CommandError(`the first plan of ${terraform.stack} does more than create: ${JSON.stringify(others)}`);
  }
  phase("terraform apply");
  await terraform.apply();
  return made;
}

/** Plans all stacks, side by side, where nothing should be left to do. */
export async function planRest(stacks: Stacks, step: string): Promise<PlatformChanges> {
  const planned = await Promise.all(
    stackParts.map(async (part): Promise<[StackPart, Changes]> => [part, await stacks[part].planRest(step)]),
  );
  return Object.fromEntries(planned.filter(([, changes]) => Object.keys(changes).length > 0));
}
