import type { StackPart } from "../../../platform/parts";
import { Failure } from "../../command/failure";
import type { Plan } from "../../terraform/plan/plan";
import type { Place, Step, Thing } from "../step";
import { mainResources } from "./main-resource";
import { Stack, type TerraformProps, timeout } from "./terraform-stack";

/** One stack, destroyed by a plan that is shown first. */
export function destroyStack(part: StackPart, props: TerraformProps): Step {
  return {
    id: `destroy-${part}`,
    title: `Terraform destroys the stack ${part}`,
    verb: "destroy",
    timeout,
    find: async (place): Promise<Thing[]> => {
      const stack = new Stack(part, place, props);
      await stack.init();
      const addresses = await stack.addresses();
      await expectKnown(part, stack, addresses, place);
      await expectGithub(stack, addresses, place);
      const count = `${addresses.length} resource${addresses.length === 1 ? "" : "s"}`;
      const act = () => destroy(stack, addresses, place);
      return addresses.length === 0 ? [] : [{ name: `${stack.name}: ${count} in its state`, held: undefined, act }];
    },
  };
}

/** @throws if AWS has what the stack is known by, and its state does not: Terraform would say that all is destroyed */
async function expectKnown(
  part: StackPart,
  stack: Stack,
  addresses: readonly string[],
  { connection }: Place,
): Promise<void> {
  const { word, address, find } = mainResources[part];
  for (const id of await find(connection)) {
    if ((await stack.addresses(id)).length === 0 && !(await stack.deposed()).includes(id)) {
      throw new Failure(
        "no state",
        `AWS has the ${word} ${id}, and the state of ${stack.name} does not know it`,
        addresses.includes(address)
          ? `see whose it is, since Terraform has another one: it has to be deleted first${part === "network" ? ", or to lose this cluster's tags" : ""}`
          : `run this where the stacks' state is (with the local backend, in the checkout that has state/); if no state has it, take it into this one: terraform -chdir=${stack.folder} import ${address} ${id}`,
      );
    }
  }
}

/** @throws if GitHub would show Terraform nothing, which takes that for gone, forgets it, and says that all is destroyed */
async function expectGithub(stack: Stack, addresses: readonly string[], { connection }: Place): Promise<void> {
  const { settings, head } = connection;
  const files = addresses.filter((address) => /(?:^|\.)github_\w+\./.test(address));
  // HCP Terraform has a token of its own.
  if (files.length === 0 || settings.backend.type === "cloud") {
    return;
  }
  const { owner, name } = settings.repository;
  const commit = await head().catch((thrown) => {
    if (thrown instanceof Failure && thrown.kind === "denied") {
      const forget = `terraform -chdir=${stack.folder} state rm ${files.map((address) => `'${address}'`).join(" ")}`;
      throw new Failure(thrown.kind, thrown.message, `${thrown.next}, and this forgets what was there: ${forget}`);
    }
    throw thrown;
  });
  if (commit === undefined) {
    throw new Failure(
      "no credentials",
      `GITHUB_TOKEN is not set, and the stack ${stack.name} has files in ${owner}/${name}`,
      "set GITHUB_TOKEN to a token like the one with which it was applied",
    );
  }
}

async function destroy(stack: Stack, addresses: readonly string[], { objects, say }: Place): Promise<void> {
  const inside = addresses.filter((address) => /(?:^|\.)(?:helm|kubernetes)_\w+\./.test(address));
  if (!objects && inside.length > 0) {
    say("  there is no API to delete these in: they go with the cluster, and Terraform forgets them");
    await stack.forget(inside);
  }
  await stack.destroy((plan) => planText(plan).forEach(say));
}

/** What a plan does to each resource. */
function planText({ changes }: Plan): string[] {
  const changed = changes.filter(({ action }) => action !== "no-op" && action !== "read");
  const deleted = changed.filter(({ action }) => action === "delete");
  return [...changed.map(({ action, address }) => `    ${action} ${address}`), `  ${deleted.length} to destroy`];
}
