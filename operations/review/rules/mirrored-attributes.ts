import { embeddedJson } from "../../terraform/plan/embedded";
import type { Plan, ResourceChange } from "../../terraform/plan/plan";
import { isList, isObject, same, type Value } from "../../terraform/plan/value";
import { inOneForm } from "../diff/readings";

/**
 * Takes out of a drift what mirrors other resources of the same plan: a role shows the policies that are attached to it, a security
 * group its rules, a queue its policy. An apply that made those shows as drift in the next plan.
 */
export function withoutMirroredAttributes({ changes, drift: all }: Plan, drift: ResourceChange): ResourceChange {
  const { address, before, after } = drift;
  // What drifted itself was changed by somebody, not by an apply.
  const drifted = new Set(all.map((other) => other.address));
  if (!isObject(before) || !isObject(after)) {
    return drift;
  }
  const names = ["id", "name", "arn", "url"].map((name) => after[name]).filter((name) => typeof name === "string");
  const neighbours = changes
    .filter((other) => other.action === "no-op" && other.address !== address && !drifted.has(other.address))
    .map((other) => new Set(statedValues(other.before)))
    .filter((values) => names.some((name) => values.has(JSON.stringify(name))));
  const isMirrored = (value: Value) => {
    const own = statedValues(value);
    return own.length > 0 && neighbours.some((values) => own.every((one) => values.has(one)));
  };
  const left = Object.entries(after).map(([key, value]): [string, Value] => {
    const was = before[key] ?? null;
    if (isList(value)) {
      return [key, value.filter((item) => (isList(was) && was.some((one) => same(one, item))) || !isMirrored(item))];
    }
    return [key, !same(was, value) && isMirrored(value) ? was : value];
  });
  return { ...drift, after: Object.fromEntries(left) };
}

/** Returns the JSON of each scalar in a value, but not of empty ones; an embedded document is one of them, as a whole. */
function statedValues(value: Value): string[] {
  if (isList(value) || isObject(value)) {
    return Object.values(value).flatMap(statedValues);
  }
  const document = embeddedJson(value);
  return value === null || value === "" || value === false || value === 0
    ? []
    : [JSON.stringify(document === undefined ? value : inOneForm(document))];
}
