import { setTimeout } from "node:timers/promises";

import { ifResourceExists, isResourceNotFound } from "../aws/failure";
import { Failure } from "../command/failure";
import type { Connection } from "../connection";
import type { ObjectClient } from "../kubernetes/objects";
import type { Ownership } from "./ownership";

/** Where something is taken down. */
export interface Place {
  readonly connection: Connection;
  readonly owned: Ownership;
  /** Those in the cluster; nothing where there is no API to ask. */
  readonly objects: ObjectClient | undefined;
  /** Ends what takes long. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Something that is in the way of the next step. */
export interface Thing {
  /** `Service default/web`, `i-0a1b2c3d4e5f60718`. */
  readonly name: string;
  /** What holds it up, which is waited for. */
  readonly held: string | undefined;
  /** Makes it go; nothing where somebody else does, by now or always. */
  readonly act: (() => Promise<void>) | undefined;
}

/** `Service default/web: finalizer …`. */
export function thingText({ name, held }: Pick<Thing, "name" | "held">): string {
  return held === undefined ? name : `${name}: ${held}`;
}

/** A step is done when it finds nothing: so one that was begun, or done, can be taken again. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** What is said of each thing: `delete`. */
  readonly verb: string;
  /** Minutes until what is waited for is given up. */
  readonly timeout: number;
  find(place: Place): Promise<readonly Thing[]>;
}

/** A step that was given up. Another run begins where this one ended. */
export class HeldUp extends Error {
  constructor(
    step: Step,
    readonly things: readonly Thing[],
  ) {
    super(`${step.title}: after ${step.timeout} min there still is ${things.map(({ name }) => name).join(", ")}`);
  }
}

/** Time, which a test can have pass. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number, value: undefined, options: { readonly signal: AbortSignal }): Promise<unknown>;
}

export const realTime: Clock = { now: Date.now, sleep: setTimeout };

/** Between two looks. */
const pause = 2_000;

/** How long one failure after the other is put up with: AWS takes a minute or two to see that something is not used any more. */
const patience = 180_000;

/**
 * Takes a step to its end.
 * @throws HeldUp if that does not come in time
 */
export async function take(step: Step, place: Place, clock: Clock = realTime): Promise<void> {
  const { say, signal } = place;
  const end = clock.now() + step.timeout * 60_000;
  const said = new Set<string>();
  /** Why each of those whose last try failed did. */
  const failed = new Map<string, string>();
  const once = (line: string) => {
    if (!said.has(line)) {
      said.add(line);
      say(line);
    }
  };
  /** Whether nothing was found. What fails does not keep the others, for which it may have to wait. */
  const round = async (): Promise<boolean> => {
    const things = await step.find(place);
    const failures: Error[] = [];
    for (const { act, ...thing } of things) {
      failed.delete(thing.name);
      if (act) {
        once(`  ${step.verb} ${thing.name}`);
        await ifResourceExists(act()).catch((thrown) => {
          if (!mayPass(thrown)) {
            throw thrown;
          }
          failures.push(thrown);
          failed.set(thing.name, thrown.message);
        });
      } else {
        once(`  wait for ${thingText(thing)}`);
      }
    }
    if (failures[0]) {
      throw failures[0];
    }
    return things.length === 0;
  };
  let failing: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    try {
      if (await round()) {
        return;
      }
      failing = undefined;
    } catch (thrown) {
      failing ??= clock.now();
      if (!mayPass(thrown) || clock.now() - failing >= patience) {
        throw thrown;
      }
      once(`  again, since it failed: ${thrown.message}`);
    }
    if (clock.now() >= end) {
      const left = await step.find(place);
      if (left.length === 0) {
        return;
      }
      throw new HeldUp(
        step,
        left.map((thing) => ({ ...thing, held: failed.get(thing.name) ?? thing.held })),
      );
    }
    await clock.sleep(pause, undefined, { signal });
  }
}

/** Whether it may be otherwise in a moment: a connection broke, AWS's lists are behind, or what was used is not let go yet. */
function mayPass(thrown: unknown): thrown is Error {
  return (
    isResourceNotFound(thrown) || (thrown instanceof Failure && ["unexpected", "unreachable"].includes(thrown.kind))
  );
}
