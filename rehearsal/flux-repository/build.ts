import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseAllDocuments, stringify } from "yaml";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { machineEnvironment } from "../world/environment";
import { type FoundObject, firstLine, type Manifest, type Remark } from "./objects";

/** What of a Flux Kustomization's spec decides what is built of its path. */
export interface BuildSpec {
  /** @default - objects stay in the namespaces that they name */
  readonly targetNamespace?: string;
  /** @default - none */
  readonly namePrefix?: string;
  /** @default - none */
  readonly nameSuffix?: string;
  /** @default - none */
  readonly patches?: readonly unknown[];
  /** @default - none */
  readonly images?: readonly unknown[];
  /** @default - none */
  readonly components?: readonly string[];
}

export interface BuildPlace {
  /** The root of the checkout. */
  readonly root: string;
  /** Where overlays are written. */
  readonly work: string;
  /** The program that is kubectl by its first argument. */
  readonly kubelab: string;
  readonly signal: AbortSignal;
}

export interface Built {
  readonly objects: readonly FoundObject[];
  /** Of files that cannot be read, and of paths that cannot be built. */
  readonly broken: readonly Remark[];
}

const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const originAnnotation = "config.kubernetes.io/origin";

/**
 * Builds a folder of a checkout as Flux does: by its `kustomization.yaml`, or else of all YAML files that it holds, with the fields of a
 * Flux Kustomization on top.
 * @param path - below the root: `apps/web`
 */
export async function build(path: string, spec: BuildSpec, place: BuildPlace): Promise<Built> {
  const { root, work, kubelab, signal } = place;
  const { resources, broken } = resourcesOf(join(root, path), root);
  if (resources.length === 0) {
    return { objects: [], broken };
  }
  mkdirSync(work, { recursive: true });
  const overlay = mkdtempSync(join(work, "overlay-"));
  const { targetNamespace, namePrefix, nameSuffix, patches, images, components } = spec;
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    ...{ namespace: targetNamespace, namePrefix, nameSuffix, patches, images },
    resources: resources.map((resource) => relative(overlay, resource)),
    components: (components ?? []).map((component) => relative(overlay, join(root, path, component))),
    // Else nobody knows any more which file an object is of.
    buildMetadata: ["originAnnotations"],
  };
  writeFileSync(join(overlay, "kustomization.yaml"), stringify(kustomization));
  const { code, output, errors } = await runProgram(
    kubelab,
    // As Flux, which lets a kustomization read files beside its folder.
    ["kubectl", "kustomize", overlay, "--load-restrictor=LoadRestrictionsNone"],
    { signal, environment: machineEnvironment(process.env) },
  );
  if (code !== 0) {
    const reason = errors
      .trim()
      .replace(/^error: /, "")
      .replaceAll(`${root}/`, "");
    const words = `kustomize cannot build ${path}: ${reason}`;
    return { objects: [], broken: [...broken, { file: path, object: undefined, words }] };
  }
  return { objects: objectsIn(output, path, overlay, root), broken };
}

/** Returns what Flux takes of a folder: the folder, if it has a kustomization; else its files, and folders below that have one. */
function resourcesOf(folder: string, root: string): { resources: string[]; broken: Remark[] } {
  if (kustomizationNames.some((name) => existsSync(join(folder, name)))) {
    return { resources: [folder], broken: [] };
  }
  const resources: string[] = [];
  const broken: Remark[] = [];
  // Names with a dot in front are tools' own, as .git and .sops.yaml, which Flux leaves out.
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  for (const entry of entries.sort((one, other) => one.name.localeCompare(other.name, "en"))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const below = resourcesOf(path, root);
      resources.push(...below.resources);
      broken.push(...below.broken);
    } else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) {
      const words = problemOf(path);
      if (words === undefined) {
        resources.push(path);
      } else if (words !== "") {
        broken.push({ file: relative(root, path), object: undefined, words });
      }
    }
  }
  return { resources, broken };
}

/** Returns why a file holds no objects, if so; an empty text for one that holds nothing at all, which is no mistake. */
function problemOf(file: string): string | undefined {
  const documents = parseAllDocuments(readFileSync(file, "utf8"));
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) {
    return `is no YAML: ${firstLine(error)}`;
  }
  const values: unknown[] = documents.map((document) => document.toJS());
  const objects = values.filter((value) => value !== null && value !== undefined);
  if (objects.length === 0) {
    return "";
  }
  return objects.every(isManifest) ? undefined : "holds something that has no apiVersion, kind or metadata";
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "apiVersion" in value && "kind" in value;
}

function objectsIn(text: string, path: string, overlay: string, root: string): FoundObject[] {
  return parseAllDocuments(text).map((document) => {
    const { errors } = document;
    if (errors.length > 0) {
      throw new CommandError(`kustomize printed what is no YAML for ${path}: ${errors[0]?.message}`);
    }
    const manifest: Manifest = document.toJS();
    const { [originAnnotation]: origin, ...annotations } = manifest.metadata.annotations ?? {};
    const [, file] = /^(?:path|configuredIn): (.*)$/m.exec(origin ?? "") ?? [];
    const metadata = { ...manifest.metadata, annotations };
    return {
      file: file === undefined ? path : relative(root, resolve(overlay, file)),
      manifest: { ...manifest, metadata },
    };
  });
}
