import { existsSync } from "node:fs";
import { join, normalize } from "node:path";

import { fluxNamespace, kustomizations } from "../../platform/names";
import { type BuildPlace, build } from "./build";
import type { FluxCheckout } from "./checkout";
import { buildFieldsOf, isKustomization, specOf } from "./kustomization";
import { type FoundObject, type Manifest, nameOf, type Remark } from "./objects";
import { type ConfigMaps, filled, variablesOf } from "./variables";

/** All that Flux would take of a checkout. */
export interface Collection {
  readonly objects: readonly FoundObject[];
  /** What Flux could not send to an API server. */
  readonly broken: readonly Remark[];
  /** What is left out here, and why. */
  readonly left: readonly Remark[];
}

interface Collecting {
  readonly objects: FoundObject[];
  readonly broken: Remark[];
  readonly left: Remark[];
  readonly seen: Set<string>;
  readonly configMaps: Record<string, Readonly<Record<string, string>>>;
}

/**
 * Collects the objects of a cluster: of its folder, and of each path of the checkout that a Kustomization names, and so on.
 * @param configMaps - that are in the cluster, and not in the checkout
 */
export async function collect({ entry }: FluxCheckout, configMaps: ConfigMaps, place: BuildPlace): Promise<Collection> {
  const collecting: Collecting = {
    ...{ objects: [], broken: [], left: [] },
    seen: new Set(),
    configMaps: { ...configMaps },
  };
  const sync: Manifest = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: kustomizations.sync, namespace: fluxNamespace },
    spec: { path: entry },
  };
  for (let queue: FoundObject[] = [{ file: entry, manifest: sync }]; queue.length > 0; ) {
    const found = await collectOne(queue[0] as FoundObject, collecting, place);
    queue = [...queue.slice(1), ...found];
  }
  return collecting;
}

/** Collects what one Kustomization brings, and returns the Kustomizations in it that are to follow. */
async function collectOne(
  { file, manifest }: FoundObject,
  { objects, broken, left, seen, configMaps }: Collecting,
  place: BuildPlace,
): Promise<FoundObject[]> {
  const spec = specOf(manifest);
  const path = normalize(`./${spec.path ?? ""}`).replace(/\/$/, "");
  // Two may build one path in two ways, as with other variables.
  const key = JSON.stringify([path, buildFieldsOf(spec), spec.postBuild]);
  if (seen.has(key)) {
    return [];
  }
  seen.add(key);
  if (path.startsWith("..") || !existsSync(join(place.root, path))) {
    broken.push({ file, object: nameOf(manifest), words: `names the path ${path}, which the checkout has not` });
    return [];
  }
  const built = await build(path, buildFieldsOf(spec), place);
  broken.push(...built.broken);
  Object.assign(configMaps, dataOf(built.objects));
  const variables = variablesOf(manifest, configMaps);
  const next: FoundObject[] = [];
  for (const found of built.objects) {
    const about = { file: found.file, object: nameOf(found.manifest) };
    const result = "sops" in found.manifest ? encrypted : filled(found, variables);
    if ("problem" in result) {
      (result.isFault ? broken : left).push({ ...about, words: result.problem });
      continue;
    }
    objects.push(result.object);
    // Flux's own stands in the folder that it follows.
    if (isKustomization(result.object.manifest) && !isSync(result.object.manifest)) {
      const { kind, name, namespace } = sourceOf(result.object.manifest);
      if (kind === "GitRepository" && name === kustomizations.sync && namespace === fluxNamespace) {
        next.push(result.object);
      } else {
        left.push({ ...about, words: `what it applies is of ${kind} ${namespace}/${name}, and not in the checkout` });
      }
    }
  }
  return next;
}

const encrypted = { problem: "is encrypted by SOPS", isFault: false };

function isSync({ metadata: { name, namespace } }: Manifest): boolean {
  return name === kustomizations.sync && namespace === fluxNamespace;
}

function sourceOf(kustomization: Manifest): { kind: string; name: string; namespace: string | undefined } {
  const {
    kind = "no source",
    name = "",
    namespace = kustomization.metadata.namespace,
  } = specOf(kustomization).sourceRef ?? {};
  return { kind, name, namespace };
}

function dataOf(objects: readonly FoundObject[]): ConfigMaps {
  const maps = objects.filter(({ manifest: { apiVersion, kind } }) => apiVersion === "v1" && kind === "ConfigMap");
  return Object.fromEntries(
    maps.map(({ manifest: { metadata, data } }) => [
      `${metadata.namespace ?? "default"}/${metadata.name}`,
      (data ?? {}) as Readonly<Record<string, string>>,
    ]),
  );
}
