import { readdirSync, rmSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Command } from "commander";

import { allClusterSettings, clusterSettings } from "../../operations/command/cluster-settings";
import { CommandError } from "../../operations/command/failure";
import { interruptible } from "../../operations/command/interruption";
import { commandLine, start } from "../../operations/command/program";
import { environmentText } from "./environment-text";
import { inventoryText, journalText } from "./inspect";
import { nextSteps } from "./next-steps";
import { applyPlatform, synthesizePlatform } from "./platform";
import { RunningWorld } from "./running-world";
import { stopServers } from "./servers";
import { makeReady, setUp } from "./setup";
import { inWorld, isUp } from "./up";
import { isOfWorld, readWorldFile } from "./world-files";

interface UpOptions {
  readonly platform: string | undefined;
}

async function up(dir: string, { platform }: UpOptions): Promise<void> {
  const name = platform ?? allClusterSettings()[0]?.name;
  const cluster = clusterSettings(name, `npm run world -- up ${dir} --platform`);
  const folder = resolve(dir);
  await interruptible("interrupted; the world is gone", async (signal) => {
    expectPlace(dir);
    await makeReady(signal);
    // What an earlier world has left; its control plane may have died alone.
    await stopServers(folder);
    rmSync(folder, { recursive: true, force: true });
    await inWorld({ folder, cluster, signal, keep: true }, async () => {
      // Else commands in this world would find stacks with backends of their own.
      const stacks = await synthesizePlatform(folder, signal);
      if (platform !== undefined) {
        await applyPlatform(folder, stacks, signal);
      }
    });
  });
  process.stdout.write(nextSteps(dir, cluster, platform !== undefined));
}

/** Throws a CommandError if a world runs in a folder, or if it is no folder for a world. */
function expectPlace(dir: string): void {
  const folder = resolve(dir);
  const found = statSync(folder, { throwIfNoEntry: false });
  const next = "name a folder outside of the project that is empty or new, such as /tmp/world";
  if (found && !found.isDirectory()) {
    throw new CommandError(`${dir} is no folder`, { next });
  }
  if (isUp(folder)) {
    throw new CommandError(`a world runs in ${dir}`, { next: `npm run world -- down ${dir}` });
  }
  if (!relative(resolve("."), folder).startsWith("..")) {
    throw new CommandError(`'${dir}' is in the project, and a world holds keys and tokens`, { next });
  }
  const others = found ? readdirSync(folder).filter((name) => !isOfWorld(name)) : [];
  if (others.length > 0) {
    throw new CommandError(`${dir} holds what is no world's: ${others.join(", ")}`, { next });
  }
}

async function down(dir: string): Promise<void> {
  readWorldFile(resolve(dir));
  await stopServers(resolve(dir));
  process.stdout.write(`the world in ${dir} has ended; its folder stays\n`);
}

/**
 * Returns the folder of a world that runs.
 * @throws CommandError if none runs there
 */
function running(dir: string): string {
  const folder = resolve(dir);
  readWorldFile(folder);
  if (!isUp(folder)) {
    throw new CommandError(`the world in ${dir} has ended`, { next: `npm run world -- up ${dir}` });
  }
  return folder;
}

const explanation = `
A world is a folder. Everything in it listens on loopback alone. REHEARSAL_CACHE names another folder for what \`setup\` builds and
downloads; KUBELAB and CHART_RENDERER name programs that are taken in place of those that it would build. docs/rehearsal.md says more.
`;

const program = commandLine(
  "world",
  "Runs an AWS, a GitHub and a control plane on this machine, to see platforms run without an account.",
);
program.addHelpText("after", explanation);

/** Adds a command about the world in a folder. */
function add(name: string, description: string): Command {
  return program.command(name).description(description).helpOption("--help", "print this help");
}

add("setup", "says what is missing on this machine, then builds and downloads once what a world needs")
  .option("--kubernetes <MINOR>", "build the control plane of another minor of Kubernetes too, as 1.35")
  .action(setUp);
add("up <dir>", "starts a world in a folder, in place of an ended one")
  .option(
    "--platform <cluster>",
    "apply the platform of a cluster of settings.ts in it, whose account the world then has",
  )
  .action(up);
add("env <dir>", "prints what a shell reads to be in a world").action((dir: string) => {
  process.stdout.write(environmentText(running(dir), process.env));
});
add("inventory <dir>", "prints all that there is in its AWS and its GitHub").action(async (dir: string) => {
  process.stdout.write(await inventoryText(new RunningWorld(running(dir))));
});
add("journal <dir>", "prints all that was changed there").action(async (dir: string) => {
  process.stdout.write(await journalText(new RunningWorld(running(dir))));
});
add("down <dir>", "ends what runs in a world; its folder stays").action(down);

start(program);
