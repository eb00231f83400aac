import { isStackNamed } from "../terraform/stack-name";

/** A stack, and the stacks whose outputs it reads. */
interface Reader {
  readonly stack: string;
  /** Names of stacks, or the last words of their names.
   * @default - none, or not known, as of a stack without a plan */
  readonly reads?: readonly string[];
}

/** Sorts stacks after those that they read; otherwise they keep their order. */
export function inOrderOfApply<Stack extends Reader>(stacks: readonly Stack[]): Stack[] {
  const left = [...stacks];
  const ordered: Stack[] = [];
  while (left.length > 0) {
    const free = left.findIndex(({ reads = [], stack }) =>
      reads.every((name) => !left.some((other) => other.stack !== stack && isStackNamed(other.stack, name))),
    );
    ordered.push(...left.splice(Math.max(free, 0), 1));
  }
  return ordered;
}
