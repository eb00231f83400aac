import { visibleLine } from "../../command/visible-text";
import { isTooDeep } from "./embedded";
import { isObject, type Json, list, NotAPlan, object, planJson, text } from "./json";
import { shown } from "./masks";
import type { Action, FailedCheck, Path, Plan, ResourceChange } from "./plan";
import { isCopy, secretsOf } from "./secrets";
import type { Value } from "./value";

/**
 * Reads what `terraform show -json` or `tofu show -json` prints of a saved plan, format version 1.x.
 * @param stack - what it is a plan of
 * @throws NotAPlan for anything else
 */
export function readPlan(stack: string, json: string): Plan {
  try {
    return planOf(stack, planJson(json));
  } catch (failure) {
    if (failure instanceof NotAPlan) {
      throw new NotAPlan(`${stack}: ${failure.message}`);
    }
    // V8's messages quote the text.
    throw failure instanceof RangeError ? new NotAPlan(`${stack}: a plan that is nested too deep to be read`) : failure;
  }
}

function planOf(stack: string, plan: Json): Plan {
  const deferred = list(plan, "deferred_changes");
  const drifted = list(plan, "resource_drift");
  return {
    stack,
    terraformVersion: text(plan["terraform_version"]) ?? "",
    incomplete:
      plan["errored"] === true
        ? "errored"
        : plan["complete"] !== false
          ? undefined
          : deferred.length > 0
            ? "deferred"
            : "targeted",
    changes: list(plan, "resource_changes")
      .filter(lasting)
      .map((entry) => resourceChange(entry, drifted.length > 0)),
    deferred: deferred.map((entry) => text(object(entry["resource_change"])["address"]) ?? ""),
    invocations: list(plan, "action_invocations").map(({ address }) => text(address) ?? ""),
    drift: drifted.map((entry) => resourceChange(entry, false)),
    relevant: list(plan, "relevant_attributes").map((relevant) => ({
      address: text(relevant["resource"]) ?? "",
      path: path(relevant["attribute"]),
    })),
    outputs: Object.entries(object(plan["output_changes"])).map(([name, change]) => ({
      name,
      ...changeOf(`output ${name}`, object(change), false),
    })),
    failedChecks: list(plan, "checks").flatMap(failedChecks),
    reads: remoteStates(object(object(plan["configuration"])["root_module"])),
  };
}

/** OpenTofu lists ephemeral resources, which are opened for the time of a run. */
function lasting(entry: Json): boolean {
  return entry["mode"] !== "ephemeral";
}

/** @param unchanged - whether values are wanted where nothing changes */
function resourceChange(entry: Json, unchanged: boolean): ResourceChange {
  const change = object(entry["change"]);
  const address = text(entry["address"]) ?? "";
  return {
    address,
    previousAddress: text(entry["previous_address"]),
    mode: text(entry["mode"]) ?? "managed",
    type: text(entry["type"]) ?? "",
    name: text(entry["name"]) ?? "",
    module: text(entry["module_address"]) ?? "",
    createBeforeDestroy: actionsOf(change) === "create,delete",
    deposed: text(entry["deposed"]),
    reason: text(entry["action_reason"]),
    importing: isObject(change["importing"]) ? imported(change["importing"], change) : undefined,
    ...changeOf(address, change, unchanged),
    replacePaths: paths(change["replace_paths"]).map((one) => shownSteps(one, change)),
  };
}

/** A path as far as it is shown: the keys of a map that is sensitive are so too. */
function shownSteps(steps: Path, { before_sensitive, after_sensitive }: Json): Path {
  const hides = (mask: unknown, length: number) =>
    steps.slice(0, length).reduce((part, step) => (part === true ? true : Object(part)[step]), mask) === true;
  const end = steps.findIndex((_, length) => hides(before_sensitive, length) || hides(after_sensitive, length));
  return end < 0 ? steps : steps.slice(0, end);
}

/** Nothing if that is secret: what is imported by its value, as a password is, has it for its id. */
function imported({ id, identity }: Json, change: Json): string {
  const { before, after, before_sensitive, after_sensitive } = change;
  const masks = [before_sensitive, after_sensitive];
  const secrets = secretsOf([before, after, before, after], [...masks, ...masks.toReversed()]);
  const parts = Object.entries(object(identity)).map(([key, value]) => [key, text(value) ?? ""] as const);
  const said = text(id);
  const all = said === undefined ? parts.map(([, value]) => value) : [said];
  return secrets !== undefined && all.some((one) => isCopy(secrets, one))
    ? ""
    : (said ?? parts.map((part) => part.join("=")).join(", "));
}

/** Terraform's actions, joined; where the predecessor is forgotten, nothing is destroyed. */
const actions: ReadonlyMap<string, Action> = new Map([
  ["no-op", "no-op"],
  ["read", "read"],
  ["create", "create"],
  ["update", "update"],
  ["delete", "delete"],
  ["forget", "forget"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
  ["create,forget", "create"],
  ["forget,create", "create"],
]);

function actionsOf({ actions: words }: Json): string {
  return Array.isArray(words) ? words.map(text).join() : "";
}

function changeOf(address: string, change: Json, unchanged: boolean): { action: Action; before: Value; after: Value } {
  const action = actions.get(actionsOf(change));
  if (action === undefined) {
    throw new NotAPlan(`what the plan does to ${visibleLine(address)} is not known here; a newer review may know it`);
  }
  // What stays is most of a large plan; what is read of another state has no marks of what is sensitive.
  if ((action === "no-op" && !unchanged) || action === "read") {
    return { action, before: null, after: null };
  }
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change;
  if (isTooDeep(before) || isTooDeep(after)) {
    throw new NotAPlan(`${visibleLine(address)} is nested too deep to be read`);
  }
  const masks = { beforeSensitive: before_sensitive, afterSensitive: after_sensitive, afterUnknown: after_unknown };
  return { action, ...shown(before ?? undefined, after ?? undefined, masks) };
}

/** Only what went wrong: a status that is not known yet is the apply's business. */
function failedChecks(check: Json): FailedCheck[] {
  const instances = list(check, "instances");
  // Terraform names no instance where it could not tell how many there are.
  return (instances.length > 0 ? instances : [check]).flatMap((instance) => {
    const { status } = instance;
    const address =
      text(object(instance["address"])["to_display"]) ?? text(object(check["address"])["to_display"]) ?? "";
    const messages = list(instance, "problems").map(({ message }) => text(message) ?? "");
    return status === "fail" || status === "error" ? [{ address, status, messages }] : [];
  });
}

function remoteStates(module: Json): string[] {
  const calls = Object.values(object(module["module_calls"])).map((call) => object(object(call)["module"]));
  return [
    ...list(module, "resources")
      .filter(({ type }) => type === "terraform_remote_state")
      .map(({ name }) => text(name) ?? ""),
    ...calls.flatMap(remoteStates),
  ];
}

function paths(value: unknown): readonly Path[] {
  return Array.isArray(value) ? value.map(path) : [];
}

function path(value: unknown): Path {
  return Array.isArray(value) ? value.map((step) => (typeof step === "number" ? step : (text(step) ?? ""))) : [];
}
