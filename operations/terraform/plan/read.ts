import { visibleLine } from "../../../platform/visible-text";
import { isTooDeep } from "./embedded";
import { NotAPlan, objectList, optionalText, parsePlanJson } from "./json";
import { redacted } from "./masks";
import type { Action, FailedCheck, Path, Plan, ResourceChange } from "./plan";
import { isCopy, secretsOf } from "./secrets";
import { isObject, type Json, objectOf, type Sides } from "./value";

/**
 * Reads what `terraform show -json` or `tofu show -json` prints of a saved plan, format version 1.x.
 * @param stack - name of the stack that was planned
 * @throws NotAPlan for anything else
 */
export function readPlan(stack: string, json: string): Plan {
  try {
    return planFrom(stack, parsePlanJson(json));
  } catch (failure) {
    if (failure instanceof NotAPlan) {
      const { message, next } = failure;
      throw new NotAPlan(`${stack}: ${message}`, next === undefined ? {} : { next });
    }
    // V8's other messages quote the text.
    throw failure instanceof RangeError ? new NotAPlan(`${stack}: a plan that is nested too deep to be read`) : failure;
  }
}

function planFrom(stack: string, plan: Json): Plan {
  const deferred = objectList(plan, "deferred_changes");
  const drifted = objectList(plan, "resource_drift");
  // OpenTofu lists ephemeral resources too, which are opened for the time of a run.
  const changing = objectList(plan, "resource_changes").filter(({ mode }) => mode !== "ephemeral");
  return {
    stack,
    terraformVersion: optionalText(plan["terraform_version"]) ?? "",
    incomplete: incompleteness(plan, deferred.length > 0),
    // What drifted is compared with what stays, so that values are wanted there too.
    changes: changing.map((entry) => resourceChange(entry, drifted.length > 0)),
    deferred: deferred.map((entry) => optionalText(objectOf(entry["resource_change"])["address"]) ?? ""),
    invocations: objectList(plan, "action_invocations").map(({ address }) => optionalText(address) ?? ""),
    drift: drifted.map((entry) => resourceChange(entry, false)),
    relevant: objectList(plan, "relevant_attributes").map((relevant) => ({
      address: optionalText(relevant["resource"]) ?? "",
      path: pathFrom(relevant["attribute"]),
    })),
    outputs: Object.entries(objectOf(plan["output_changes"])).map(([name, change]) => ({
      name,
      ...changeOf(`output ${name}`, objectOf(change), false),
    })),
    failedChecks: objectList(plan, "checks").flatMap(failedChecks),
    reads: remoteStates(objectOf(objectOf(plan["configuration"])["root_module"])),
  };
}

function incompleteness({ errored, complete }: Json, isDeferred: boolean): Plan["incomplete"] {
  if (errored === true) {
    return "errored";
  }
  if (complete !== false) {
    return undefined;
  }
  return isDeferred ? "deferred" : "targeted";
}

/** @param unchanged - whether values are wanted where nothing changes */
function resourceChange(entry: Json, unchanged: boolean): ResourceChange {
  const change = objectOf(entry["change"]);
  const address = optionalText(entry["address"]) ?? "";
  const replacePaths = Array.isArray(change["replace_paths"]) ? change["replace_paths"] : [];
  return {
    address,
    previousAddress: optionalText(entry["previous_address"]),
    mode: optionalText(entry["mode"]) ?? "managed",
    type: optionalText(entry["type"]) ?? "",
    name: optionalText(entry["name"]) ?? "",
    module: optionalText(entry["module_address"]) ?? "",
    createBeforeDestroy: actionsOf(change) === "create,delete",
    deposed: optionalText(entry["deposed"]),
    reason: optionalText(entry["action_reason"]),
    importing: isObject(change["importing"]) ? importId(change["importing"], change) : undefined,
    ...changeOf(address, change, unchanged),
    replacePaths: replacePaths.map((path) => visibleSteps(pathFrom(path), change)),
  };
}

/** Returns a path up to the first value that is sensitive: the keys in that are sensitive too. */
function visibleSteps(steps: Path, { before_sensitive, after_sensitive }: Json): Path {
  const hides = (mask: unknown, length: number) =>
    steps.slice(0, length).reduce((inner, step) => (inner === true ? true : Object(inner)[step]), mask) === true;
  const end = steps.findIndex((_, length) => hides(before_sensitive, length) || hides(after_sensitive, length));
  return end < 0 ? steps : steps.slice(0, end);
}

/** Returns the id, or the identity, of an import; nothing of a secret: what is imported by its value, as a password is, has it for its id. */
function importId({ id, identity }: Json, change: Json): string {
  const { before, after, before_sensitive, after_sensitive } = change;
  const masks = [before_sensitive, after_sensitive];
  const secrets = secretsOf([before, after, before, after], [...masks, ...masks.toReversed()]);
  const attributes = Object.entries(objectOf(identity)).map(
    ([key, value]) => [key, optionalText(value) ?? ""] as const,
  );
  const idText = optionalText(id);
  const values = idText === undefined ? attributes.map(([, value]) => value) : [idText];
  return secrets !== undefined && values.some((value) => isCopy(secrets, value))
    ? ""
    : (idText ?? attributes.map((attribute) => attribute.join("=")).join(", "));
}

/** Actions by Terraform's list of them, joined; where the predecessor is forgotten, nothing is destroyed. */
const actionByList: ReadonlyMap<string, Action> = new Map([
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

function actionsOf({ actions }: Json): string {
  return Array.isArray(actions) ? actions.map(optionalText).join() : "";
}

function changeOf(address: string, change: Json, unchanged: boolean): { readonly action: Action } & Sides {
  const action = actionByList.get(actionsOf(change));
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
  return { action, ...redacted(before ?? undefined, after ?? undefined, masks) };
}

/** Returns only what went wrong: a status that is not known yet is the apply's business. */
function failedChecks(check: Json): FailedCheck[] {
  const instances = objectList(check, "instances");
  // Terraform names no instance where it could not tell how many there are.
  return (instances.length > 0 ? instances : [check]).flatMap((instance) => {
    const { status } = instance;
    const address =
      optionalText(objectOf(instance["address"])["to_display"]) ??
      optionalText(objectOf(check["address"])["to_display"]) ??
      "";
    const messages = objectList(instance, "problems").map(({ message }) => optionalText(message) ?? "");
    return status === "fail" || status === "error" ? [{ address, status, messages }] : [];
  });
}

function remoteStates(module: Json): string[] {
  const calls = Object.values(objectOf(module["module_calls"])).map((call) => objectOf(objectOf(call)["module"]));
  return [
    ...objectList(module, "resources")
      .filter(({ type }) => type === "terraform_remote_state")
      .map(({ name }) => optionalText(name) ?? ""),
    ...calls.flatMap(remoteStates),
  ];
}

function pathFrom(value: unknown): Path {
  return Array.isArray(value)
    ? value.map((step) => (typeof step === "number" ? step : (optionalText(step) ?? "")))
    : [];
}
