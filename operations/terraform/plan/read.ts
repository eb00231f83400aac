import { NotAPlan, objectList, optionalText, parsePlanJson } from "./json";
import { redacted } from "./masks";
import type { FailedCheck, Invocation, Plan } from "./plan";
import { deferredChange, outputChange, pathFrom, resourceChange } from "./resource-change";
import { holdsToken, withoutTokens } from "./tokens";
import { type Json, objectOf } from "./value";

/**
 * Reads what `terraform show -json` or `tofu show -json` prints of a saved plan, format version 1.x.
 * @param stack - name of the stack that was planned
 * @throws NotAPlan for anything else
 */
export function readPlan(stack: string, json: string): Plan {
  try {
    const plan = { ...planFrom(stack, parsePlanJson(json)), place: placeIn(json) };
    return holdsToken(json) ? withoutTokens(plan) : plan;
  } catch (failure) {
    if (failure instanceof NotAPlan) {
      const { message, next } = failure;
      throw new NotAPlan(`${stack}: ${message}`, next === undefined ? {} : { next });
    }
    // V8's other messages quote the text.
    throw failure instanceof RangeError ? new NotAPlan(`${stack}: a plan that is nested too deep to be read`) : failure;
  }
}

/** ARNs that are looked at: a large plan has many of them, and nearly all are of one place. */
const mostArns = 500;

function placeIn(json: string): string | undefined {
  const counts = new Map<string, number>();
  const arns = /"arn:aws[\w-]*:[\w-]+:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):/g;
  for (
    let found = arns.exec(json), index = 0;
    found !== null && index < mostArns;
    found = arns.exec(json), index += 1
  ) {
    const [, region, account] = found;
    const place = `${account}, ${region}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function planFrom(stack: string, plan: Json): Omit<Plan, "place"> {
  const deferred = objectList(plan, "deferred_changes").map(deferredChange);
  const invocations = [
    ...objectList(plan, "action_invocations").map((entry) => invocation(entry, undefined)),
    ...objectList(plan, "deferred_action_invocations").map(({ action_invocation, reason }) =>
      invocation(objectOf(action_invocation), optionalText(reason) ?? "deferred"),
    ),
  ];
  const drifted = objectList(plan, "resource_drift");
  // OpenTofu lists ephemeral resources too, which are opened for the time of a run.
  const changing = objectList(plan, "resource_changes").filter(({ mode }) => mode !== "ephemeral");
  return {
    stack,
    terraformVersion: optionalText(plan["terraform_version"]) ?? "",
    incomplete: incompleteness(
      plan,
      [...deferred, ...invocations].some(({ deferredBecause }) => deferredBecause !== undefined),
    ),
    // What drifted is compared with what stays, so that values are wanted there too.
    changes: changing.map((entry) => resourceChange(entry, drifted.length > 0)),
    deferred,
    invocations,
    drift: drifted.map((entry) => resourceChange(entry, false)),
    relevant: objectList(plan, "relevant_attributes").map((relevant) => ({
      address: optionalText(relevant["resource"]) ?? "",
      path: pathFrom(relevant["attribute"]),
    })),
    outputs: Object.entries(objectOf(plan["output_changes"])).map(([name, change]) =>
      outputChange(name, objectOf(change)),
    ),
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

function invocation(entry: Json, deferredBecause: string | undefined): Invocation {
  const { address, type, config_values, config_sensitive, config_unknown, lifecycle_action_trigger } = entry;
  const { action_trigger_event: event, triggering_resource_address: resource } = objectOf(lifecycle_action_trigger);
  const masks = { afterSensitive: config_sensitive, afterUnknown: config_unknown };
  return {
    address: optionalText(address) ?? "",
    type: optionalText(type) ?? "",
    trigger: resource === undefined ? undefined : `${eventWords(optionalText(event))} of ${optionalText(resource)}`,
    deferredBecause,
    configuration: redacted(undefined, config_values, masks).after,
  };
}

/** Writes `AfterUpdate` as `after update`. */
function eventWords(event = "a change"): string {
  return event.replaceAll(/(?<=[a-z])[A-Z]/g, " $&").toLowerCase();
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
