import type { Connection } from "../connection";
import type { ObjectClient } from "../kubernetes/objects";
import type { Ownership } from "./ownership";

/** What every step works with. */
export interface TeardownContext {
  readonly connection: Connection;
  readonly ownership: Ownership;
  /** The objects in the cluster; undefined where no API can be asked. */
  readonly objects: ObjectClient | undefined;
  /** Interrupts whatever takes long. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Something that must go before the next step can begin. */
export interface Obstacle {
  /** `Service default/web`, `i-0a1b2c3d4e5f60718`. */
  readonly name: string;
  /** What keeps it from going: `finalizer a.example/b`. */
  readonly heldBy: string | undefined;
  /** Makes it go; undefined where teardown can only wait for somebody else to do so. */
  readonly clear: (() => Promise<void>) | undefined;
}

/** Returns a line that names an obstacle and what holds it: `Service default/web: finalizer …`. */
export function obstacleText({ name, heldBy }: Pick<Obstacle, "name" | "heldBy">): string {
  return heldBy === undefined ? name : `${name}: ${heldBy}`;
}

/** A step is done when it finds no obstacle. So it can be run again, whether it was interrupted or finished. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** What is said to be done to each obstacle: `delete`. */
  readonly verb: string;
  /** The step is given up after this time. */
  readonly timeoutMinutes: number;
  find(context: TeardownContext): Promise<readonly Obstacle[]>;
}
