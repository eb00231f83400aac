import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { stackParts } from "../../platform/parts";
import type { ClusterStacks } from "./sides";
import { type Place, terraformIn } from "./stacks";

/**
 * Begins to initialize stacks one after the other, so that providers are installed while other things are waited for.
 * Whatever goes wrong, the run that needs the stack says.
 */
export async function initializeAhead(
  sides: readonly ClusterStacks[],
  { program, environment, signal }: Pick<Place, "program" | "environment" | "signal">,
): Promise<void> {
  for (const folder of sides.flatMap((stacks) => stackParts.map((part) => stacks[part]))) {
    await runProgram(program, ["init", "-input=false", "-no-color"], { cwd: folder, environment, signal });
  }
}

/**
 * Applies a cluster as the other commit makes it.
 * @param onPart - is told what is being applied
 */
export async function applyBase(stacks: ClusterStacks, place: Place, onPart: (part: string) => void): Promise<void> {
  for (const part of stackParts) {
    onPart(part);
    const terraform = terraformIn(stacks, part, place);
    try {
      await terraform.init();
      await terraform.applyUnplanned();
    } catch (thrown) {
      place.signal.throwIfAborted();
      throw new CommandError(
        `the other commit's ${terraform.stack} cannot be applied in a world: ${(thrown as Error).message}`,
        { next: "see docs/rehearsal.md for what a world can do, or name another commit" },
      );
    }
  }
}
