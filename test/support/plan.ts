import type { Plan, ResourceChange } from "../../operations/terraform/plan/plan";
import { readPlan } from "../../operations/terraform/plan/read";

// Plans for tests in Terraform's JSON, with what a test is not about filled in.

type Json = Readonly<Record<string, unknown>>;

/** What stands in a resource's `change`, and not beside it. */
const ofTheChange = /^(?:before_|after_|replace_paths$|importing$)/;

/**
 * What is to happen to a resource.
 * @param actions - `delete,create` of one that is replaced
 * @param more - other members, of the resource or of its change
 */
export function change(address: string, actions: string, before: unknown, after: unknown, more: Json = {}): Json {
  const [, module = "", data, type, name] =
    /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)(data\.)?(\w+)\.([\w-]+)/.exec(address) ?? [];
  const [inside, beside] = [true, false].map((within) =>
    Object.fromEntries(Object.entries(more).filter(([key]) => ofTheChange.test(key) === within)),
  );
  return {
    address,
    ...(module === "" ? {} : { module_address: module.slice(0, -1) }),
    mode: data === undefined ? "managed" : "data",
    type,
    name,
    change: { actions: actions.split(","), before, after, ...inside },
    ...beside,
  };
}

/** @param parts - members of a plan, as `terraform show -json` names them */
export function planText(parts: Json = {}): string {
  return JSON.stringify({
    ...{ format_version: "1.2", terraform_version: "1.14.0", planned_values: { root_module: {} } },
    ...parts,
  });
}

/** The plan of a stack called `network`. */
export function plan(parts: Json = {}): Plan {
  return readPlan("network", planText(parts));
}

/** One resource's change, as it is read. */
export function changed(...parameters: Parameters<typeof change>): ResourceChange {
  const [first] = plan({ resource_changes: [change(...parameters)] }).changes;
  if (first === undefined) {
    throw new Error("the plan changes nothing");
  }
  return first;
}

/** A statement of a policy that allows something on everything. */
export function statement(Sid: string, ...Action: string[]): Json {
  return { Sid, Effect: "Allow", Action, Resource: "*" };
}

/** The text of a policy. */
export function policy(...Statement: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
