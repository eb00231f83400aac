import { setTimeout } from "node:timers/promises";

import { type StackPart, stackParts } from "../../platform/parts";
import { Platform } from "../terraform/platform";
import type { RunningWorld } from "../world/running-world";
import { demo } from "./demo-settings";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { destroy, finish, planAgain, unchanged } from "./steps";

/** What goes wrong in one stack. */
interface Interruption {
  /** A call that is refused, which no provider repeats. */
  readonly refuse: (world: RunningWorld) => Promise<void>;
  /** What Terraform then says. */
  readonly reasons: readonly RegExp[];
  /** A call that is held up and never carried out, during which Terraform is killed; so nothing is made that no state knows. */
  readonly holdUp: (world: RunningWorld) => Promise<void>;
}

const refusal = { status: 400, code: "InvalidParameterException" };
/** Longer than a kill can take. */
const heldUp = { status: 503, code: "ServiceUnavailable", delay: 60 };

const interruptions: Readonly<Record<StackPart, Interruption>> = {
  network: {
    refuse: (world) => world.failAws({ service: "ec2", action: "CreateNatGateway", ...refusal }),
    reasons: [/CreateNatGateway.*InvalidParameterException/s],
    holdUp: (world) => world.failAws({ service: "ec2", action: "CreateRoute", ...heldUp }),
  },
  cluster: {
    refuse: (world) => world.failAws({ service: "eks", action: "CreateCluster", ...refusal }),
    reasons: [/CreateCluster.*InvalidParameterException/s],
    holdUp: (world) => world.failAws({ service: "eks", action: "AssociateAccessPolicy", ...heldUp }),
  },
  bootstrap: {
    // A commit that is made, and whose answer is lost: the provider repeats it, and GitHub refuses the second.
    refuse: (world) =>
      world.failGithub({ method: "PUT", path: "/contents/karpenter/.*default", status: 502, after: true }),
    reasons: [/422/],
    holdUp: (world) =>
      world.failGithub({
        method: "PUT",
        path: "/contents/clusters/.*gotk-sync",
        status: 503,
        delay: heldUp.delay * 1000,
      }),
  },
};

/** The demo, made against the odds. */
export const interruptedLife: Rehearsal = { settings: () => demo, rehearse };

/** Every stack fails half-way, is killed half-way, and gets there all the same. */
async function rehearse(world: RunningWorld, folder: string): Promise<void> {
  const platform = await Platform.create({
    folder,
    settings: demo,
    environment: world.environment,
    signal: world.signal,
  });
  const repositories = await world.repositories();
  const report = new Report("interruptions: calls that fail, and a kill");

  for (const part of stackParts) {
    const terraform = platform.stacks[part];
    await report.step(`${part}: a call is refused`, async () => {
      await terraform.init();
      await interruptions[part].refuse(world);
      await terraform.plan("to be refused");
      await terraform.applyAndFail(interruptions[part].reasons);
      return "the apply failed";
    });
    await report.step(`${part}: Terraform is killed`, async () => {
      await interruptions[part].holdUp(world);
      await terraform.plan("to be killed");
      await terraform.applyAndDie(({ signal }) => callIsHeldUp(world, signal));
      return "SIGKILL";
    });
    await finish(report, platform.stacks, part);
  }
  await planAgain(report, platform.stacks);
  await destroy(report, platform, world, unchanged(repositories));
  report.end();
}

/** Waits until the call is held up, and what goes on beside it has come to its end: nothing is journalled for a while. */
async function callIsHeldUp(world: RunningWorld, signal: AbortSignal): Promise<void> {
  const quietMilliseconds = 4000;
  // It may be the first call of all.
  let since = Number.POSITIVE_INFINITY;
  while (!signal.aborted) {
    await setTimeout(100);
    if (await world.faultsHaveHit()) {
      since = Math.min(since, Date.now());
    }
    const last = (await world.journal()).at(-1)?.time ?? 0;
    if (Date.now() - Math.max(last, since) > quietMilliseconds) {
      return;
    }
  }
}
