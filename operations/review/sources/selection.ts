import { nearest } from "../../../platform/nearest";
import { CommandError } from "../../command/failure";
import { isStackNamed, lastWord } from "../../terraform/stack-name";

/**
 * Returns the items of the stacks that are asked for, each by its name or by the last word of it (`network`); all, if none is.
 * @throws CommandError if a stack is asked for that is not there, or if two items are of one stack
 */
export function selected<Item extends { readonly stack: string }>(
  items: readonly Item[],
  asked: readonly string[],
): readonly Item[] {
  const stacks = items.map(({ stack }) => stack);
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice !== undefined) {
    throw new CommandError(`two plans are named '${twice}', and a report tells stacks apart by their names`, {
      next: "rename one of the files, or review one run at a time",
    });
  }
  const absent = asked.filter((name) => !stacks.some((stack) => isStackNamed(stack, name)));
  if (absent.length > 0) {
    const meant = absent.flatMap((name) => nearest(name, [...stacks, ...stacks.map(lastWord)]) ?? []);
    const question = meant.length === 0 ? "" : `; did you mean '${meant.join("' and '")}'?`;
    throw new CommandError(`no stack is named '${absent.join("' or '")}'; there are ${stacks.join(", ")}${question}`, {
      next: "name some of these after --stack; without it, all are reviewed",
    });
  }
  return asked.length === 0 ? items : items.filter(({ stack }) => asked.some((name) => isStackNamed(stack, name)));
}
