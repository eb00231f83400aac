import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../../operations/command/failure";
import { type StackPart, stackParts } from "../../platform/parts";
import type { Platform } from "../terraform/platform";
import type { Repository, RunningWorld } from "../world/running-world";
import { judge } from "./judge";
import type { Report } from "./report";

/** Applies a stack that was never applied, and sees that a second plan is empty. */
export async function create(report: Report, platform: Platform, part: StackPart): Promise<void> {
  const terraform = platform.stacks[part];
  await report.step(`apply ${part}`, async () => {
    await terraform.init();
    const changes = await terraform.plan("create");
    const others = Object.entries(changes).filter(([, action]) => action !== "create");
    if (others.length > 0) {
      throw new CommandError(`the first plan of ${part} does more than create: ${JSON.stringify(others)}`);
    }
    await terraform.apply();
    return `${Object.keys(changes).length} created`;
  });
  await settle(report, platform, part);
}

/** Sees that a stack that was just made has nothing left to do. */
export async function settle(report: Report, platform: Platform, part: StackPart): Promise<void> {
  await report.step(`plan ${part} again`, async () => {
    judge(part, await platform.stacks[part].plan("again"), {});
    return "empty";
  });
}

/** Sees that no stack has anything left to do. */
export async function allEmpty(platform: Platform, step: string): Promise<void> {
  const changes = await platform.plan(step);
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
  await report.step("what is left", async () => {
    const left = await world.inventory();
    if (Object.keys(left).length > 0) {
      throw new CommandError(`AWS still holds ${JSON.stringify(left)}`);
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
