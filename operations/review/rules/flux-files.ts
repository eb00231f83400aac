import { posix } from "node:path";
import type { ResourceChange } from "../../terraform/plan/plan";
import { isList, isObject, objectOf, same, Unknown, type Value, type ValueObject } from "../../terraform/plan/value";
import { parseYaml } from "../diff/parse-yaml";

/** What a file for Flux declares. */
interface Declared {
  /** Kubernetes objects by kind and name: `NodePool default`. */
  readonly objects: ReadonlyMap<string, ValueObject>;
  /** Files and folders whose objects a file of Kustomize's takes in, from the repository's root; of a file that declares nothing, its text. */
  readonly others: readonly string[];
}

interface File {
  readonly change: ResourceChange;
  readonly before: Declared | undefined;
  readonly after: Declared | undefined;
}

/**
 * Adds to files of the repository a list of what each has `declared`, and to the changes those of the objects in the files, as if Terraform
 * applied them itself. What moves from one file to another is declared still.
 */
export function withFluxObjects(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  const files = changes.filter(isFluxFile).map(declarations);
  const known = files.filter(({ before, after }) => before !== undefined && after !== undefined);
  const gone = new Set(
    files.filter(({ change }) => change.action === "delete").map(({ change }) => pathOf(change.before)),
  );
  const declaredAfter = known.flatMap(({ after }) => names(after));
  const others = changes.filter((change) => !isFluxFile(change));
  return [
    ...others,
    ...files.map(({ change, before, after }) => {
      const isKnown = before !== undefined && after !== undefined;
      // Of a file that goes, its own objects are looked at.
      const had = isKnown ? names(before).filter((name) => !gone.has(name)) : new Unknown();
      const has = isKnown ? [...new Set([...names(after), ...declaredAfter])] : new Unknown();
      return {
        ...change,
        before: { ...objectOf(change.before), declared: had },
        after: { ...objectOf(change.after), declared: has },
      };
    }),
    ...objectChanges(known),
  ];
}

function objectChanges(files: readonly File[]): readonly ResourceChange[] {
  const sideOf = (side: "before" | "after") =>
    new Map(
      files.flatMap((file) => [...(file[side]?.objects ?? [])].map(([name, object]) => [name, { file, object }])),
    );
  const [before, after] = [sideOf("before"), sideOf("after")];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    const { change } = (is ?? was)?.file ?? {};
    if (change === undefined || same(was?.object, is?.object)) {
      return [];
    }
    const action = was === undefined ? "create" : is === undefined ? "delete" : "update";
    const sides = { before: was?.object ?? null, after: is?.object ?? null };
    return { ...change, ...sides, action, mode: "flux", type: name.split(" ")[0] ?? "", replacePaths: [] };
  });
}

/** Returns whether Flux may read a file: it leaves hidden folders out, and of the rest YAML alone holds objects. */
function isFluxFile({ type, mode, action, deposed, before, after }: ResourceChange): boolean {
  const path = pathOf(after) || pathOf(before);
  const isDone = ["create", "update", "replace", "delete"].includes(action) && mode === "managed";
  return type === "github_repository_file" && isDone && deposed === undefined && /^(?!.*(^|\/)\.).*\.ya?ml$/.test(path);
}

function declarations(change: ResourceChange): File {
  const [before, after] = [change.before, change.after].map((side) =>
    side === null ? { objects: new Map<string, ValueObject>(), others: [] } : declaredIn(objectOf(side)),
  );
  const isText = change.action === "delete" && before === undefined;
  return {
    change,
    before: isText
      ? { objects: new Map<string, ValueObject>(), others: [`the file ${pathOf(change.before)}`] }
      : before,
    after,
  };
}

/** Returns what a file declares; undefined if it is no YAML, or not known. */
function declaredIn(resource: ValueObject): Declared | undefined {
  const { content = null } = resource;
  const documents = typeof content === "string" ? content.split(/^---(?=\s|$)/m).map(parseYaml) : [undefined];
  if (documents.includes(undefined)) {
    return undefined;
  }
  const all = documents.flatMap((document) => objectsIn(document ?? null));
  const objects = new Map(
    all.flatMap((object): [string, ValueObject][] => (nameOf(object) ? [[nameOf(object), object]] : [])),
  );
  const folder = posix.dirname(pathOf(resource));
  // A file of Kustomize's names files and folders, whose objects are declared by it too.
  const paths = all.flatMap(({ resources }) => strings(resources).map((path) => posix.join(folder, path)));
  return { objects, others: objects.size + paths.length === 0 ? [`the text ${String(content)}`] : paths };
}

/** Returns the objects in a document, each by itself where they are wrapped in a list. */
export function objectsIn(document: Value): readonly ValueObject[] {
  const { kind, items = null } = objectOf(document);
  if (typeof kind === "string" && kind.endsWith("List") && isList(items)) {
    return items.flatMap(objectsIn);
  }
  return isObject(document) ? [document] : [];
}

/** Returns an object's kind, namespace and name; nothing if it has no name. */
function nameOf({ kind, metadata }: ValueObject): string {
  const { namespace = [], name } = objectOf(metadata);
  return typeof kind === "string" && typeof name === "string" ? `${kind} ${[namespace, name].flat().join("/")}` : "";
}

function names(declared: Declared | undefined): readonly string[] {
  return declared === undefined ? [] : [...declared.objects.keys(), ...declared.others];
}

function pathOf(resource: Value): string {
  const { file } = objectOf(resource);
  return typeof file === "string" ? file : "";
}

function strings(value: Value = null): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}
