/** Returns whether a name is a stack's, or the last word of it: `network` of `demo-network` and of `demo_network`. */
export function isStackNamed(stack: string, name: string): boolean {
  return stack === name || stack.endsWith(`-${name}`) || stack.endsWith(`_${name}`);
}

/** Returns the last word of a stack's name, by which people call it too. */
export function lastWord(stack: string): string {
  return stack.slice(Math.max(stack.lastIndexOf("-"), stack.lastIndexOf("_")) + 1);
}
