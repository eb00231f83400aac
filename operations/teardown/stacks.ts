import { partsBefore, type StackPart, stackName } from "../../platform/parts";
import { AppliedStack } from "../terraform/applied-stack";
import type { TerraformProps } from "../terraform/terraform-props";
import type { TeardownContext } from "./step";

/** A stack that was applied, as whoever destroys it knows it. */
export type Stack = Pick<
  AppliedStack,
  "stack" | "commandLine" | "init" | "addresses" | "deposedIds" | "ids" | "inputAt" | "forget" | "destroy"
>;

/** The stacks of a cluster, as whoever destroys them knows them. */
export interface Stacks {
  /** `Terraform`, or what runs it. */
  readonly destroyer: string;
  open(part: StackPart, context: TeardownContext): Stack;
}

/** Returns the stacks as Terraform on this machine knows them, for one run: each is initialized once, whichever steps open it. */
export function localStacks(terraform: TerraformProps): Stacks {
  const initialized = new Set<string>();
  return {
    destroyer: "Terraform",
    open: (part, { connection, signal }) => {
      const clusterName = connection.settings.name;
      return new AppliedStack({
        stack: stackName(clusterName, part),
        earlier: partsBefore(part).map((before) => stackName(clusterName, before)),
        signal,
        terraform,
        initialized,
      });
    },
  };
}
