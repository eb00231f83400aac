import type { StackPart } from "../../../platform/parts";
import { Failure } from "../../command/failure";
import type { Connection } from "../../connection";
import { terraformTimeoutMinutes } from "../../terraform/applied-stack";
import type { Plan } from "../../terraform/plan/plan";
import { mainResources } from "../main-resources";
import type { Stack, Stacks } from "../stacks";
import { checkOwner } from "../state-owners";
import type { Step, TeardownContext } from "../step";

/** Returns the step that destroys one stack by a plan, which is shown first. */
export function destroyStack(part: StackPart, stacks: Stacks): Step {
  return {
    id: `destroy-${part}`,
    title: `${stacks.destroyer} destroys the stack ${part}`,
    verb: "destroy",
    timeoutMinutes: terraformTimeoutMinutes,
    find: async (context) => {
      const stack = stacks.open(part, context);
      await stack.init();
      const addresses = await stack.addresses();
      await checkOwner(stack, addresses, context);
      await checkState(part, stack, addresses, context);
      await checkGithubToken(stack, addresses, context);
      if (addresses.length === 0) {
        return [];
      }
      const count = `${addresses.length} resource${addresses.length === 1 ? "" : "s"}`;
      const clear = () => destroy(stack, addresses, context);
      return [{ name: `${stack.stack}: ${count} in its state`, heldBy: undefined, clear }];
    },
  };
}

/** Throws if AWS has the main resource of a stack and its state does not: Terraform would say that all is destroyed. */
async function checkState(
  part: StackPart,
  stack: Stack,
  addresses: readonly string[],
  { connection }: TeardownContext,
): Promise<void> {
  const { word, address } = mainResources[part];
  const atFirst = await unknownToState(part, stack, connection);
  // The Terraform of a teardown that was killed may still be at it, and have written half of its state.
  const [id] = atFirst.length > 0 ? await unknownToState(part, stack, connection) : [];
  if (id === undefined) {
    return;
  }
  const message = `AWS has the ${word} ${id}, and the state of ${stack.stack} does not know it`;
  if (addresses.includes(address)) {
    const orUntag = part === "network" ? ", or to lose this cluster's tags" : "";
    const next = `see whose it is, since Terraform has another one: it has to be deleted first${orUntag}`;
    throw new Failure("no state", message, next);
  }
  throw new Failure(
    "no state",
    message,
    `run this where the stacks' state is (with the local backend, in the checkout that has state/); if no state has it, take it into this one: ${stack.commandLine(`import ${address} ${id}`)}`,
  );
}

/** Returns ids of main resources that AWS has and the state does not. */
async function unknownToState(part: StackPart, stack: Stack, connection: Connection): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of await mainResources[part].find(connection)) {
    if ((await stack.addresses(id)).length === 0 && !(await stack.deposedIds()).includes(id)) {
      unknown.push(id);
    }
  }
  return unknown;
}

/** Throws without a token that sees the repository: Terraform would take its files for gone, and say that all is destroyed. */
async function checkGithubToken(
  stack: Stack,
  addresses: readonly string[],
  { connection }: TeardownContext,
): Promise<void> {
  const { settings, head } = connection;
  const files = addresses.filter((address) => isOfProvider(address, "github"));
  // HCP Terraform has a token of its own.
  if (files.length === 0 || settings.backend.type === "cloud") {
    return;
  }
  const { owner, name } = settings.repository;
  const commit = await head().catch((thrown) => {
    if (thrown instanceof Failure && thrown.kind === "denied") {
      const forget = stack.commandLine(`state rm ${files.map((address) => `'${address}'`).join(" ")}`);
      throw new Failure(thrown.kind, thrown.message, `${thrown.next}, and this forgets what was there: ${forget}`);
    }
    throw thrown;
  });
  if (commit === undefined) {
    throw new Failure(
      "no credentials",
      `GITHUB_TOKEN is not set, and the stack ${stack.stack} has files in ${owner}/${name}`,
      "set GITHUB_TOKEN to a token like the one with which it was applied",
    );
  }
}

async function destroy(stack: Stack, addresses: readonly string[], { objects, say }: TeardownContext): Promise<void> {
  const inside = addresses.filter((address) => isOfProvider(address, "helm") || isOfProvider(address, "kubernetes"));
  if (!objects && inside.length > 0) {
    say("  there is no API to delete these in: they go with the cluster, and Terraform forgets them");
    await stack.forget(inside);
  }
  await stack.destroy({
    onPlan: (plan) => planLines(plan).forEach(say),
    onForget: (gone) =>
      say(`  deleted before, and unreadable to its provider since, so Terraform forgets it: ${gone.join(", ")}`),
  });
}

/** Returns whether the type at an address begins with a provider's name: `module.a.github_repository_file.b`. */
function isOfProvider(address: string, provider: string): boolean {
  return new RegExp(`(?:^|\\.)${provider}_\\w+\\.`).test(address);
}

/** Returns what a plan does to each resource, a line each. */
function planLines({ changes }: Plan): string[] {
  const changed = changes.filter(({ action }) => action !== "no-op" && action !== "read");
  const deleted = changed.filter(({ action }) => action === "delete");
  return [...changed.map(({ action, address }) => `    ${action} ${address}`), `  ${deleted.length} to destroy`];
}
