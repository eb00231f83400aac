import type { Connection } from "../connection";
import type { Tags } from "../teardown/cluster-tags";
import { member, type Value } from "../terraform/plan/value";

/** Something that is there already, where a plan would create a resource. */
export interface Existing {
  /** Its id, as `terraform import` takes it. */
  readonly id: string;
  /** Its tags in AWS; undefined for what has none, so that only a person can say whose it is. */
  readonly tags: Tags | undefined;
  /** What people are shown of it, a line each. */
  readonly details: readonly string[];
  /**
   * Why it cannot be taken into the state, and what to do about that.
   * @default - it can be
   */
  readonly obstacle?: Obstacle;
  /**
   * Deletes it, where the next apply has to make it anew.
   * @default - it is imported
   */
  readonly remove?: () => Promise<void>;
}

export interface Obstacle {
  readonly reason: string;
  readonly next: string;
}

/** What the state has of a resource that is to be created. */
export interface Predecessors {
  /** Ids of those that are there until it is: none of them is a leftover. */
  readonly ids: readonly string[];
  /** Whether one of them is at its address, so that nothing else can be imported to that. */
  readonly isReplaced: boolean;
}

/**
 * Looks for what a resource would collide with.
 * @param planned - the values with which it would be created
 */
export type Finder = (
  planned: Value,
  connection: Connection,
  predecessors: Predecessors,
) => Promise<Existing | undefined>;

/** Values of a plan by their names; every name is there. */
type Known<Name extends string> = Readonly<Record<Name, string>>;

/**
 * Returns a finder that looks by some of the planned values. Where one is not known yet, it belongs to something that is not there
 * either, and so nothing can be.
 * @param names - of the values; `metadata.0.name` is one within others
 */
export function finderBy<Name extends string>(
  names: readonly Name[],
  find: (known: Known<Name>, connection: Connection, predecessors: Predecessors) => Promise<Existing | undefined>,
): Finder {
  return async (planned, connection, predecessors) => {
    const values = names.map((name) => [name, knownText(planned, name)] as const);
    return values.every(([, value]) => value !== undefined)
      ? find(Object.fromEntries(values) as Known<Name>, connection, predecessors)
      : undefined;
  };
}

/** Returns a planned value that is text or a number; undefined for any other, and for one that is known only after the apply. */
export function knownText(planned: Value, name: string): string | undefined {
  const value = name.split(".").reduce<Value>((within, step) => member(within, step), planned);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
