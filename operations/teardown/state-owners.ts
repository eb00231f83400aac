import { isDeepStrictEqual } from "node:util";

import { stackParts } from "../../platform/parts";
import { type StateOwner, stateOwner, stateOwnerAddress, stateOwnerText } from "../../platform/state-owner";
import { Failure } from "../command/failure";
import type { Stack, Stacks } from "./stacks";
import type { TeardownContext } from "./step";

/** Throws if the state of any stack names another cluster. Local states name none. */
export async function checkOwners(stacks: Stacks, context: TeardownContext): Promise<void> {
  if (context.connection.settings.backend.type === "local") {
    return;
  }
  for (const part of stackParts) {
    const stack = stacks.open(part, context);
    await stack.init();
    await checkOwner(stack, await stack.addresses(), context);
  }
}

/** Throws if the state names another cluster: a plan to destroy is made without asking the postcondition that keeps other plans out. */
export async function checkOwner(
  stack: Stack,
  addresses: readonly string[],
  { connection: { settings } }: TeardownContext,
): Promise<void> {
  if (!addresses.includes(stateOwnerAddress)) {
    return;
  }
  const named = (await stack.inputAt(stateOwnerAddress)) as StateOwner;
  const owner = stateOwner(settings);
  if (!isDeepStrictEqual(named, owner)) {
    throw new Failure(
      "somebody else's",
      `the state of ${stack.stack} is that of ${stateOwnerText(named)}, and settings.ts describes ${stateOwnerText(owner)}`,
      `take that cluster down from its own project; if it is this one, which has moved: ${stack.commandLine(`apply -replace=${stateOwnerAddress}`)}`,
    );
  }
}
