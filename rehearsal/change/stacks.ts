import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type StackPart, stackName, stackParts } from "../../platform/parts";
import { Terraform } from "../terraform/terraform";
import { type State, standInsFor } from "./random-values";
import type { ClusterStacks } from "./sides";

/** Where a cluster is rehearsed, and by what. */
export interface Place {
  readonly cluster: string;
  /** Where every plan is kept, as JSON. */
  readonly plans: string;
  /** Where the states of both sides' stacks are. */
  readonly states: string;
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** All variables of Terraform: those of a world. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Returns Terraform in a stack of one side. */
export function terraformIn(stacks: ClusterStacks, part: StackPart, { cluster, ...place }: Place): Terraform {
  return new Terraform({ ...place, stack: stackName(cluster, part), folder: stacks[part] });
}

/** Returns the stand-ins for what is random in a cluster's states as they are now, whichever side was applied last. */
export function currentStandIns(
  { cluster, states }: Place,
  sides: readonly ClusterStacks[],
): ReadonlyMap<string, string> {
  const files = stackParts.map((part) => join(states, `${stackName(cluster, part)}.tfstate`));
  const sources = sides.flatMap((stacks) => stackParts.map((part) => parsed(join(stacks[part], "cdk.tf.json"))));
  return standInsFor(
    files.filter((file) => existsSync(file)).map((file) => parsed(file) as State),
    sources,
  );
}

function parsed(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
