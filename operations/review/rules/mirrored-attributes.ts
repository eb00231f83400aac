import { embeddedJson } from "../../terraform/plan/embedded";
import type { Plan, ResourceChange } from "../../terraform/plan/plan";
import { isList, isObject, same, type Value } from "../../terraform/plan/value";
import { inOneForm } from "../diff/readings";

/**
 * Drift without what other resources of the same plan gave to this one: a role has the policies that are attached to it, a security
 * group its rules, a queue its policy. What an apply did so shows as drift in the next plan.
 */
export function withoutOwnDoing({ changes, drift: all }: Plan, drift: ResourceChange): ResourceChange {
  const { address, before, after } = drift;
  // What somebody changed by hand is nothing that an apply gave.
  const happened = new Set(all.map((other) => other.address));
  if (!isObject(before) || !isObject(after)) {
    return drift;
  }
  const names = ["id", "name", "arn", "url"].map((name) => after[name]).filter((name) => typeof name === "string");
  const parts = changes
    .filter((other) => other.action === "no-op" && other.address !== address && !happened.has(other.address))
    .map((other) => new Set(leaves(other.before)))
    .filter((texts) => names.some((name) => texts.has(JSON.stringify(name))));
  const mirrored = (value: Value) => {
    const mine = leaves(value);
    return mine.length > 0 && parts.some((texts) => mine.every((leaf) => texts.has(leaf)));
  };
  const own = Object.entries(after).map(([key, value]): [string, Value] => {
    const was = before[key] ?? null;
    if (isList(value)) {
      return [key, value.filter((item) => (isList(was) && was.some((one) => same(one, item))) || !mirrored(item))];
    }
    return [key, !same(was, value) && mirrored(value) ? was : value];
  });
  return { ...drift, after: Object.fromEntries(own) };
}

/** What a value says, piece by piece; policies as wholes. */
function leaves(value: Value): string[] {
  if (isList(value) || isObject(value)) {
    return Object.values(value).flatMap(leaves);
  }
  const document = embeddedJson(value);
  return value === null || value === "" || value === false || value === 0
    ? []
    : [JSON.stringify(document === undefined ? value : inOneForm(document))];
}
