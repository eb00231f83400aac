import { visibleLine } from "../../../platform/visible-text";
import { isTooDeep } from "./embedded";
import { NotAPlan, optionalText } from "./json";
import { hidesAnything, redacted } from "./masks";
import type { Action, OutputChange, Path, ResourceChange } from "./plan";
import { isCopy, secretsOf } from "./secrets";
import { isObject, type Json, member, objectOf, type Sides } from "./value";

/**
 * Reads what happens to a resource.
 * @param unchanged - whether values are wanted where nothing changes
 */
export function resourceChange(entry: Json, unchanged: boolean): ResourceChange {
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
    forgetsPredecessor: /forget/.test(actionsOf(change)) && actionsOf(change) !== "forget",
    deferredBecause: undefined,
    deposed: optionalText(entry["deposed"]),
    reason: optionalText(entry["action_reason"]),
    importing: isObject(change["importing"]) ? importId(change["importing"], change) : undefined,
    // The version of a cluster that stays is what its nodes may have.
    ...sidesOf(address, change, unchanged || entry["type"] === "aws_eks_cluster"),
    replacePaths: replacePaths.map((path) => visibleSteps(pathFrom(path), change)),
    unmarked: unmarkedNames(change),
  };
}

/** Reads what happens to an output. */
export function outputChange(name: string, change: Json): OutputChange {
  const { after, before_sensitive, after_sensitive } = change;
  return {
    name,
    isUnmarked: (after ?? null) !== null && hidesAnything(before_sensitive) && !hidesAnything(after_sensitive),
    ...sidesOf(`output ${name}`, change, false),
  };
}

/** Returns the attributes of which a part has lost its mark, and has a value still. */
function unmarkedNames({ after, before_sensitive, after_sensitive }: Json): string[] {
  const [was, is] = [objectOf(before_sensitive), objectOf(after_sensitive)];
  return after_sensitive === true
    ? []
    : Object.keys(was).filter(
        (name) => member(after, name) !== null && hidesAnything(was[name]) && !hidesAnything(is[name]),
      );
}

/** Reads what Terraform puts off to a later plan; of an instance that it cannot count yet, the address may be all that it knows. */
export function deferredChange({ reason, resource_change }: Json): ResourceChange {
  const entry = objectOf(resource_change);
  const known = { ...entry, change: { actions: ["no-op"], ...objectOf(entry["change"]) } };
  return { ...resourceChange(known, false), deferredBecause: optionalText(reason) ?? "deferred" };
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

/** Returns what happens to a resource or an output, and both sides of it. */
function sidesOf(address: string, change: Json, unchanged: boolean): { readonly action: Action } & Sides {
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

export function pathFrom(value: unknown): Path {
  return Array.isArray(value)
    ? value.map((step) => (typeof step === "number" ? step : (optionalText(step) ?? "")))
    : [];
}
