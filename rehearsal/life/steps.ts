import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../../operations/command/failure";
import { type StackPart, stackParts } from "../../platform/parts";
import type { Platform } from "../terraform/platform";
import { applyFirst, planRest, type Stacks } from "../terraform/stacks";
import type { Repository, RunningWorld } from "../world/running-world";
import { judge } from "./judge";
import type { Report } from "./report";

/** Applies a stack that was never applied. */
export async function apply(report: Report, stacks: Stacks, part: StackPart): Promise<void> {
  await report.step(`apply ${part}`, async (phase) => {
    const changes = await applyFirst(stacks[part], phase);
    return `${Object.keys(changes).length} created`;
  });
}

/** Applies a stack that was never applied, and sees that a second plan is empty. */
export async function create(report: Report, { stacks }: Platform, part: StackPart): Promise<void> {
  await apply(report, stacks, part);
  await report.step(`plan ${part} again`, async () => {
    judge(part, await stacks[part].plan("again"), {});
    return "empty";
  });
}

/** Applies a stack again, whose apply failed or was killed half-way. */
export async function finish(report: Report, stacks: Stacks, part: StackPart): Promise<void> {
  await report.step(`${part}: apply again`, async () => {
    const changes = await stacks[part].plan("to be finished");
    await stacks[part].apply();
    return `${Object.keys(changes).length} were left to do`;
  });
}

/** Plans all stacks, which must have nothing left to do. */
export async function planAgain(report: Report, stacks: Stacks): Promise<void> {
  await report.step("plan all stacks again", async () => {
    await allEmpty(stacks, "again");
    return "empty";
  });
}

/** Sees that no stack has anything left to do. */
export async function allEmpty(stacks: Stacks, step: string): Promise<void> {
  const changes = await planRest(stacks, step);
  for (const part of stackParts) {
    judge(part, changes[part] ?? {}, {});
  }
}

/** Destroys the stacks in reverse and sees that nothing is left in AWS, and GitHub as `judgeGithub` wants it. */
export async function destroy(
  report: Report,
  platform: Platform,
  world: RunningWorld,
  judgeGithub: (repositories: readonly Repository[]) => string,
): Promise<void> {
  for (const part of stackParts.toReversed()) {
    await report.step(`destroy ${part}`, async () => {
      await platform.stacks[part].destroy();
      return "";
    });
  }
  await nothingLeft(report, world, judgeGithub);
}

/**
 * Sees that nothing is left in AWS, and that GitHub is as `judgeGithub` wants it.
 * @param before - what AWS held before the platform
 */
export async function nothingLeft(
  report: Report,
  world: RunningWorld,
  judgeGithub: (repositories: readonly Repository[]) => string,
  before: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  await report.step("what is left", async () => {
    const left = await world.inventory();
    if (!isDeepStrictEqual(left, before)) {
      throw new CommandError(`AWS held ${JSON.stringify(before)} and holds ${JSON.stringify(left)}`);
    }
    return `nothing in AWS; GitHub ${judgeGithub(await world.repositories())}`;
  });
}

/** Throws unless the repositories are as they were. */
export function unchanged(before: readonly Repository[]) {
  return (after: readonly Repository[]): string => {
    if (!isDeepStrictEqual(after, before)) {
      throw new CommandError(`GitHub was ${JSON.stringify(before)} and is ${JSON.stringify(after)}`);
    }
    return "as before";
  };
}

/** Throws unless the repository of this name, which was made, is archived, without the platform's files, and the others are as they were. */
export function archivedBeside(before: readonly Repository[], fullName: string) {
  return (after: readonly Repository[]): string => {
    const made = after.find(({ full_name }) => full_name === fullName);
    if (!made?.archived || made.files.some((file) => file !== "README.md")) {
      throw new CommandError(`${fullName} should be archived, without our files, and is ${JSON.stringify(made)}`);
    }
    return `${unchanged(before)(after.filter((repository) => repository !== made))}, and what was made is archived`;
  };
}
