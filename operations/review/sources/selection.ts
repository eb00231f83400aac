/**
 * Returns the items of the stacks that are asked for, each by its name or by the last word of it (`network`); all, if none is.
 * @throws if a stack is asked for that is not there, or if two items are of one stack
 */
export function selected<Item extends { readonly stack: string }>(
  items: readonly Item[],
  asked: readonly string[],
): readonly Item[] {
  const stacks = items.map(({ stack }) => stack);
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice !== undefined) {
    throw new Error(`two plans are named '${twice}', and a report tells stacks apart by their names; rename one`);
  }
  const absent = asked.filter((name) => !stacks.some((stack) => isCalled(stack, name)));
  if (absent.length > 0) {
    throw new Error(`no stack is named '${absent.join("' or '")}'; there are ${stacks.join(", ")}`);
  }
  return asked.length === 0 ? items : items.filter(({ stack }) => asked.some((name) => isCalled(stack, name)));
}

function isCalled(stack: string, name: string): boolean {
  return stack === name || stack.endsWith(`-${name}`);
}
