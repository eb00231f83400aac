import { isList, objectOf, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";
import { parseYaml } from "../../diff/parse-yaml";

/**
 * Returns the `objects` in a file for Flux, by kind and name, and the names of all that is `declared` in it; both unknown if it is no
 * YAML.
 */
export function manifests({ file, content }: ValueObject): ValueObject {
  const documents = /\.ya?ml$/.test(String(file)) && typeof content === "string" ? content.split(/^---(?=\s|$)/m) : [];
  const all = documents.map(parseYaml).filter((document) => document !== null);
  if (documents.length === 0 || all.includes(undefined)) {
    return { declared: new Unknown(), objects: new Unknown() };
  }
  const named = all.map((document) => {
    const object = objectOf(document);
    const { namespace = [], name = [] } = objectOf(object["metadata"]);
    return { kind: String(object["kind"]), name: [namespace, name].flat().join("/"), object };
  });
  const kinds = [...new Set(named.map(({ kind }) => kind))];
  const ofKind = (one: string) => named.filter(({ kind }) => kind === one).map(({ name, object }) => [name, object]);
  return {
    // A file of Kustomize's names files and folders, whose objects are declared by it too.
    declared: named.flatMap(({ kind, name, object: { resources } }) => [`${kind} ${name}`, ...strings(resources)]),
    objects: Object.fromEntries(kinds.map((kind) => [kind, Object.fromEntries(ofKind(kind))])),
  };
}

function strings(value: Value = null): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}
