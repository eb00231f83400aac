import { join } from "node:path";

import { Failure } from "../../connection/failure";
import { run } from "../../review/origin/child";
import { plannedStack } from "../../review/origin/terraform";
import type { Plan } from "../../review/plan/plan";
import type { Place, Step, Thing } from "../step";
import { mainResources, type Part } from "./main-resource";

/** How Terraform is run. */
export interface TerraformProps {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** For plans; they hold secrets. */
  readonly folder: string;
  /** Gets what Terraform prints, while it does. */
  readonly stream: (text: string) => void;
  readonly colour: boolean;
}

/** Stacks that are applied before, in this order. */
const earlier: Readonly<Record<Part, readonly Part[]>> = {
  network: [],
  cluster: ["network"],
  bootstrap: ["network", "cluster"],
};

/** One stack, destroyed by a plan that is shown first. */
export function destroyStack(part: Part, props: TerraformProps): Step {
  return {
    id: `destroy-${part}`,
    title: `Terraform destroys the stack ${part}`,
    verb: "destroy",
    timeout: 90,
    find: async (place): Promise<Thing[]> => {
      const stack = `${place.connection.settings.name}-${part}`;
      const addresses = await inState(stack, place, props);
      await inNoState(stack, part, place, props);
      const count = `${addresses.length} resource${addresses.length === 1 ? "" : "s"}`;
      const act = () => destroy(stack, part, addresses, place, props);
      return addresses.length === 0 ? [] : [{ name: `${stack}: ${count} in its state`, held: undefined, act }];
    },
  };
}

/** Addresses of what Terraform keeps, without what it only reads. */
async function inState(stack: string, place: Place, props: TerraformProps): Promise<string[]> {
  await succeed(["init", "-input=false", "-no-color"], stack, place, props);
  const addresses = await listed([], stack, place, props);
  return addresses.filter((address) => !/(?:^|\.)data\./.test(address));
}

/** @param filter - of `terraform state list` */
async function listed(
  filter: readonly string[],
  stack: string,
  { signal }: Place,
  { program }: TerraformProps,
): Promise<string[]> {
  const where = { cwd: folderOf(stack), signal, endedBy: "signal" } as const;
  const { code, output, errors } = await run(program, ["state", "list", ...filter], where);
  if (code !== 0 && !errors.includes("No state file was found")) {
    throw failed(stack, "state list", errors);
  }
  return output.split("\n").filter((address) => address !== "");
}

/** @throws if AWS has what the stack is known by, and the state does not: Terraform would call it destroyed, and it would stay */
async function inNoState(stack: string, part: Part, place: Place, props: TerraformProps): Promise<void> {
  const { word, address, find } = mainResources[part];
  for (const id of await find(place.connection)) {
    const known = await listed([`-id=${id}`], stack, place, props);
    if (known.length === 0) {
      throw new Failure(
        "no state",
        `AWS has the ${word} ${id}, and the state of ${stack} does not know it`,
        `run this where the stacks' state is (with the local backend, in the checkout that has state/); if no state has it, take it into this one: terraform -chdir=${folderOf(stack)} import ${address} ${id}`,
      );
    }
  }
}

async function destroy(
  stack: string,
  part: Part,
  addresses: readonly string[],
  place: Place,
  props: TerraformProps,
): Promise<void> {
  const { program, folder, stream, colour } = props;
  const { objects, say, signal, connection } = place;
  const inside = addresses.filter((address) => /(?:^|\.)(?:helm|kubernetes)_\w+\./.test(address));
  if (!objects && inside.length > 0) {
    say("  there is no API to delete these in: they go with the cluster, and Terraform forgets them");
    await succeed(["state", "rm", "-lock-timeout=5m", ...inside], stack, place, props);
  }
  const file = join(folder, stack);
  const before = earlier[part].map((name) => `${connection.settings.name}-${name}`);
  const plan = () => plannedStack(stack, { program, refresh: true, mode: "destroy", earlier: before, file, signal });
  let planned = await plan();
  const gone = planned.problems.flatMap(({ what }) => unreadable(what));
  if (gone.length > 0) {
    say(`  deleted before, and unreadable to its provider since, so Terraform forgets it: ${gone.join(", ")}`);
    await succeed(["state", "rm", "-lock-timeout=5m", ...gone], stack, place, props);
    planned = await plan();
  }
  const [problem] = planned.problems;
  if (problem) {
    throw failed(stack, "plan", problem.what);
  }
  planned.plans.flatMap(planText).forEach(say);

  const apply = ["apply", "-input=false", "-lock-timeout=5m", ...(colour ? [] : ["-no-color"]), file];
  await succeed(apply, stack, place, props, stream);
}

/** Addresses of what is in the state and no more in AWS, which hashicorp/aws 6.34 says in these words of some resources. */
function unreadable(problem: string): string[] {
  return [...problem.matchAll(/^(\S+): Missing Resource Identity After Read/gm)].map(([, address = ""]) => address);
}

/** What a plan does to each resource. */
function planText({ changes }: Plan): string[] {
  const changed = changes.filter(({ action }) => action !== "no-op" && action !== "read");
  const deleted = changed.filter(({ action }) => action === "delete");
  return [...changed.map(({ action, address }) => `    ${action} ${address}`), `  ${deleted.length} to destroy`];
}

async function succeed(
  words: readonly string[],
  stack: string,
  { signal }: Place,
  { program }: TerraformProps,
  onOutput: (text: string) => void = () => {},
): Promise<void> {
  const { code, errors } = await run(program, words, { cwd: folderOf(stack), signal, endedBy: "signal", onOutput });
  if (code !== 0) {
    throw failed(stack, words[0] ?? "", errors);
  }
}

function failed(stack: string, command: string, errors: string): Failure {
  return new Failure(
    "unexpected",
    `terraform ${command} of ${stack} failed\n${errors.trim()}`,
    "run this again: it goes on where this one ended",
  );
}

function folderOf(stack: string): string {
  return join("cdktf.out", "stacks", stack);
}
