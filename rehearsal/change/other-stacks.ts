import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import type { SynthesizedStack } from "../terraform/local-state";
import { synthesize } from "../terraform/synthesize";
import { type Commit, shortHash } from "./git";
import { providePackages } from "./packages";
import { inWorktree } from "./worktree";

export interface OtherStacksProps {
  /** Where the commit is checked out for as long as it is synthesized, and its stacks stay. */
  readonly folder: string;
  /** Where state is kept. */
  readonly state: string;
  /** All variables of the program that synthesizes. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Synthesizes the stacks of another commit, by its own sources and packages. Of that commit only the `app` of its cdktf.json is asked.
 * @throws CommandError with what that program says if it refuses the settings of its time
 */
export function otherStacks(commit: Commit, props: OtherStacksProps): Promise<SynthesizedStack[]> {
  const { folder, state, environment, signal } = props;
  return inWorktree(commit, join(folder, "sources"), signal, async (project) => {
    await providePackages(project, signal);
    try {
      return await synthesize({ project, folder, state, environment, signal });
    } catch (thrown) {
      signal.throwIfAborted();
      throw new CommandError(
        `${commit.name} (${shortHash(commit)}) cannot be synthesized by its own sources: ${(thrown as Error).message}`,
        { next: "name a commit whose settings its own synth takes, or whose stacks are applied" },
      );
    }
  });
}
