import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandError } from "../../operations/command/failure";
import { type ProgramResult, runProgram } from "../../operations/command/run-program";
import { type StackPart, stackParts } from "../../platform/parts";
import { putBackStates } from "../terraform/local-state";
import { Platform } from "../terraform/platform";
import type { Terraform } from "../terraform/terraform";
import type { RunningWorld } from "../world/running-world";
import { demo } from "./demo-settings";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { finish, nothingLeft, planAgain, unchanged } from "./steps";

/** The demo, of which Terraform is killed again and again while it makes something. */
export const killedLife: Rehearsal = { settings: () => demo, rehearse };

const { name } = demo;

/** A call of AWS that is carried out, and of which Terraform hears nothing. */
interface Unheard {
  readonly service: string;
  readonly action: string;
  /**
   * A part of the name of what is made, where one of several is meant.
   * @default - the first
   */
  readonly resource?: string;
}

/** Calls whose answers are lost: providers repeat them, and are told that it is there already. No call of `kills` needs what they make. */
const lostAnswers: Readonly<Record<StackPart, readonly Unheard[]>> = {
  network: [
    { service: "ec2", action: "CreateSubnet" },
    { service: "ec2", action: "AssociateRouteTable" },
    { service: "ec2", action: "CreateSubnetCidrReservation" },
  ],
  cluster: [
    { service: "iam", action: "CreatePolicy" },
    { service: "iam", action: "CreateRole", resource: "system-nodes" },
    { service: "kms", action: "CreateAlias" },
  ],
  bootstrap: [],
};

/** Calls before whose answers Terraform is killed, in this order. */
const kills: Readonly<Record<StackPart, readonly Unheard[]>> = {
  network: [{ service: "ec2", action: "CreateNatGateway" }],
  cluster: [
    { service: "eks", action: "CreateCluster" },
    { service: "eks", action: "CreateAccessEntry" },
  ],
  bootstrap: [
    { service: "ec2", action: "CreateLaunchTemplate" },
    { service: "eks", action: "CreateNodegroup" },
    { service: "eks", action: "CreateAddon" },
  ],
};

/** Every stack loses answers and is killed, and gets there by `repair` and another apply. Then teardown leaves nothing. */
async function rehearse(world: RunningWorld, folder: string): Promise<void> {
  const { environment, signal } = world;
  const platform = await Platform.create({ folder, settings: demo, environment, signal });
  const repositories = await world.repositories();
  const report = new Report("kills: what is made and no state knows");
  for (const part of stackParts) {
    const terraform = platform.stacks[part];
    await terraform.init();
    for (const lost of lostAnswers[part]) {
      // The connection is cut.
      await world.failAws({ ...lost, status: 0, after: true });
    }
    if (part === "bootstrap") {
      await report.step("bootstrap: GitHub's answer is lost", () => loseKey(world, terraform));
      await report.step("bootstrap: repair", () => repaired(platform, world));
    }
    for (const kill of kills[part]) {
      await report.step(`${part}: Terraform is killed in ${kill.action}`, async () => {
        await terraform.plan("to be killed");
        const start = Date.now();
        await world.failAws({ ...kill, status: 503, code: "ServiceUnavailable", delay: 60, after: true });
        await terraform.applyAndDie(({ signal: ended }) => isMade(world, kill, start, ended));
        putBackStates(join(platform.project, "state"));
        return "SIGKILL";
      });
      await report.step(`${part}: repair`, () => repaired(platform, world));
    }
    await finish(report, platform.stacks, part);
  }
  await planAgain(report, platform.stacks);
  await report.step("teardown", async () => {
    mustEnd(await projectCommand(platform, world, "teardown", [name, "--yes", name]));
    return "";
  });
  await nothingLeft(report, world, unchanged(repositories));
  report.end();
}

/** Has GitHub take a deploy key that Terraform does not hear of. Its key pair is in the state, so each later apply offers the same key. */
async function loseKey(world: RunningWorld, terraform: Terraform): Promise<string> {
  await world.failGithub({ method: "POST", path: "/keys", status: 502, after: true });
  // So that little else is made.
  const code = "InvalidParameterException";
  await world.failAws({ service: "ec2", action: "CreateLaunchTemplate", status: 400, code });
  await terraform.plan("to lose a key");
  await terraform.applyAndFail([/key is already in use/]);
  return "the deploy key";
}

/** Waits until a call has been carried out since some moment. */
async function isMade(
  world: RunningWorld,
  { service, action }: Unheard,
  since: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if ((await world.journal()).some((entry) => entry.time >= since && entry.what === `${service} ${action}`)) {
      return;
    }
    await setTimeout(100);
  }
}

/** Runs `repair` as somebody who confirms all that it asks, and waits where EKS is not done yet. */
async function repaired(platform: Platform, world: RunningWorld): Promise<string> {
  const confirmed = new Set<string>();
  let imported = 0;
  for (const end = Date.now() + 120_000; ; await setTimeout(1_000)) {
    const words = [...confirmed].flatMap((address) => ["--confirm", address]);
    const result = await projectCommand(platform, world, "repair", [name, "--yes", name, ...words]);
    imported += result.output.match(/^ {2}imported /gm)?.length ?? 0;
    if (result.code !== 2 || Date.now() > end) {
      mustEnd(result);
      return `${imported} imported, ${confirmed.size} of them confirmed`;
    }
    for (const [, address = ""] of result.errors.matchAll(/--confirm (\S+)/g)) {
      confirmed.add(address);
    }
  }
}

/** Runs one of the commands in the copy of the project, where its stacks' state is. */
function projectCommand(
  { project }: Platform,
  { environment, signal }: RunningWorld,
  command: string,
  words: readonly string[],
): Promise<ProgramResult> {
  const program = [join("scripts", "run.mjs"), `operations/${command}/main.ts`, ...words];
  return runProgram(process.execPath, program, { cwd: project, environment, signal, endedBy: "signal" });
}

function mustEnd({ code, output, errors }: ProgramResult): void {
  if (code !== 0) {
    throw new CommandError(`it ended with ${code}\n\n${output}\n${errors}`);
  }
}
