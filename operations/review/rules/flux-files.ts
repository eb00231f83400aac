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
  const declaredAfter = new Map<string, readonly string[]>();
  for (const { change, after } of known) {
    const folder = topFolder(change);
    declaredAfter.set(folder, [...(declaredAfter.get(folder) ?? []), ...names(after)]);
  }
  const others = changes.filter((change) => !isFluxFile(change));
  return [
    ...others,
    ...files.map(({ change, before, after }) => {
      const isKnown = before !== undefined && after !== undefined;
      // Of a file that goes, its own objects are looked at.
      const had = isKnown ? names(before).filter((name) => !gone.has(name)) : new Unknown();
      const has = isKnown
        ? [...new Set([...names(after), ...(declaredAfter.get(topFolder(change)) ?? [])])]
        : new Unknown();
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
  const all = (side: "before" | "after") => new Map(files.flatMap((file) => [...(file[side]?.objects ?? [])]));
  const [had, has] = [all("before"), all("after")];
  return files.flatMap(({ change, before, after }) => {
    const own = new Set([...(before?.objects.keys() ?? []), ...(after?.objects.keys() ?? [])]);
    return [...own].flatMap((name) => {
      const is = after?.objects.get(name);
      const was = before?.objects.get(name) ?? had.get(name);
      if (same(was, is) || (is === undefined && has.has(name))) {
        return [];
      }
      const action = was === undefined ? "create" : is === undefined ? "delete" : "update";
      const sides = { before: was ?? null, after: is ?? null };
      return { ...change, ...sides, action, mode: "flux", type: name.split(" ")[0] ?? "", replacePaths: [] };
    });
  });
}

/** YAML but what Flux leaves out by default (fluxcd/pkg, sourceignore): other hidden folders and files it reads. */
const readByFlux =
  /^(?!(?:.*\/)?\.(?:git|github|circleci)\/)(?!(?:.*\/)?\.(?:travis|gitlab-ci|drone|goreleaser|sops|flux)\.ya?ml$).*\.ya?ml$/;

/** Returns whether Flux may read a file. */
function isFluxFile({ type, mode, action, deposed, before, after }: ResourceChange): boolean {
  const path = pathOf(after) || pathOf(before);
  const isDone = ["create", "update", "replace", "delete"].includes(action) && mode === "managed";
  return type === "github_repository_file" && isDone && deposed === undefined && readByFlux.test(path);
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

/** Returns an object's kind, API group, namespace and name; nothing if it has no name. */
function nameOf({ apiVersion = "", kind, metadata }: ValueObject): string {
  const { namespace = [], name } = objectOf(metadata);
  const group = String(apiVersion).replace(/[^/]*$/, "");
  return typeof kind === "string" && typeof name === "string"
    ? `${kind} ${group}${[namespace, name].flat().join("/")}`
    : "";
}

function names(declared: Declared | undefined): readonly string[] {
  return declared === undefined ? [] : [...declared.objects.keys(), ...declared.others];
}

/** Returns the first folder of a file's path: what moves to another may be where Flux does not look. */
function topFolder({ before, after }: ResourceChange): string {
  return (pathOf(after) || pathOf(before)).replace(/[^/]*$/, "").replace(/\/.*/, "");
}

function pathOf(resource: Value): string {
  const { file } = objectOf(resource);
  return typeof file === "string" ? file : "";
}

function strings(value: Value = null): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}
