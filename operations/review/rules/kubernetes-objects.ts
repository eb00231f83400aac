import type { ResourceChange } from "../../terraform/plan/plan";
import { isList, isObject, objectOf, type Value, type ValueObject } from "../../terraform/plan/value";
import { parseYaml } from "../diff/parse-yaml";
import { objectsIn } from "./flux-files";

/** Members whose own members are names of people's choice. */
const maps = /^(?:data|binary_data|labels|annotations|match_labels|node_selector|selector)$/;

/**
 * Returns the change of the Kubernetes object that a resource holds, with the object's kind for its type: one of `kubernetes_manifest`, or
 * of a resource of its own such as `kubernetes_role_v1`. Any other change stays as it is.
 */
export function asObjectChange(change: ResourceChange): ResourceChange {
  const { type, before, after } = change;
  const [, noun] = /^kubernetes_(?!manifest$)(\w+?)(?:_v\d\w*?)?(?:_data)?$/.exec(type) ?? [];
  if (noun !== undefined) {
    const kind = noun
      .replace(/^daemonset$/, "daemon_set")
      .replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    return { ...change, type: kind, before: inCamelCase(before), after: inCamelCase(after) };
  }
  if (!/^(?:kubernetes|kubectl)_manifest$/.test(type)) {
    return change;
  }
  const [was, is] = [manifestOf(before), manifestOf(after)];
  const { kind } = is ?? was ?? {};
  return typeof kind === "string" ? { ...change, type: kind, before: was ?? null, after: is ?? null } : change;
}

function manifestOf(resource: Value): ValueObject | undefined {
  const { manifest, yaml_body } = objectOf(resource);
  return isObject(manifest ?? null)
    ? objectOf(manifest)
    : objectsIn(typeof yaml_body === "string" ? (parseYaml(yaml_body) ?? null) : null)[0];
}

/** Returns a value with the names that Kubernetes has for its members: `role_ref` is `roleRef`. */
function inCamelCase(value: Value): Value {
  if (isList(value)) {
    return value.map(inCamelCase);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, member]): [string, Value] => [
          key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
          maps.test(key) ? member : inCamelCase(member),
        ]),
      )
    : value;
}
