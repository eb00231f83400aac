import { setTimeout } from "node:timers/promises";

import type { Answer, Api, ServedKind } from "./api";
import { type FoundObject, type Manifest, nameOf, type Remark } from "./objects";

/** What an API server says of all objects. */
export interface Judgement {
  readonly taken: number;
  readonly refused: readonly Remark[];
  readonly warnings: readonly Remark[];
  /** Objects of kinds that nobody has brought. */
  readonly unknown: readonly Remark[];
}

/** Milliseconds until the kinds of new definitions are served, at most. */
const patience = 20_000;

/**
 * Asks an API server of each object whether it would take it. Definitions and namespaces of the checkout are made there, since other
 * objects need them; nothing else is kept.
 * @param version - of the API server, as people call it: `1.36`
 */
export async function judge(objects: readonly FoundObject[], api: Api, version: string): Promise<Judgement> {
  const definitions = objects.filter(isDefinition);
  const others = objects.filter((found) => !isDefinition(found));
  const before = await catalogueOf(api);
  const first = await all(definitions, (found) => judged(found, before, api, { version, dryRun: false }));
  const catalogue = await catalogueWith(definitions, first, api);
  await all(namespacesOf(others), (name) => makeNamespace(name, catalogue, api));
  const rest = await all(others, (found) => judged(found, catalogue, api, { version, dryRun: true }));
  const verdicts = [...first, ...rest];
  return {
    taken: verdicts.filter(({ outcome }) => outcome === "taken").length,
    refused: verdicts.flatMap(({ outcome, remark }) => (outcome === "refused" ? [remark] : [])),
    warnings: verdicts.flatMap(({ warnings }) => warnings),
    unknown: verdicts.flatMap(({ outcome, remark }) => (outcome === "unknown" ? [remark] : [])),
  };
}

interface Verdict {
  readonly outcome: "taken" | "refused" | "unknown";
  readonly remark: Remark;
  readonly warnings: readonly Remark[];
}

/** What an API server serves. */
interface Catalogue {
  readonly kinds: readonly ServedKind[];
  readonly groupsOfDefinitions: ReadonlySet<string>;
}

async function catalogueOf(api: Api): Promise<Catalogue> {
  const [kinds, groupsOfDefinitions] = await Promise.all([api.kinds(), api.groupsOfDefinitions()]);
  return { kinds, groupsOfDefinitions };
}

/** Returns what is served once the definitions that were taken are. */
async function catalogueWith(
  definitions: readonly FoundObject[],
  verdicts: readonly Verdict[],
  api: Api,
): Promise<Catalogue> {
  const wanted = definitions
    .filter((_, index) => verdicts[index]?.outcome === "taken")
    .map(({ manifest }) => definedBy(manifest));
  const end = Date.now() + patience;
  for (;;) {
    const catalogue = await catalogueOf(api);
    const isServed = ({ group, kind }: (typeof wanted)[number]) =>
      catalogue.kinds.some((served) => served.group === group && served.kind === kind);
    if (wanted.every(isServed) || Date.now() > end) {
      return catalogue;
    }
    await setTimeout(200);
  }
}

async function judged(
  { file, manifest }: FoundObject,
  catalogue: Catalogue,
  api: Api,
  { version, dryRun }: { readonly version: string; readonly dryRun: boolean },
): Promise<Verdict> {
  const about = (words: string): Remark => ({ file, object: nameOf(manifest), words });
  const kind = servedAs(manifest, catalogue.kinds);
  if (kind === undefined) {
    return { ...absent(manifest, catalogue, version, about), warnings: [] };
  }
  const { isTaken, reason, warnings }: Answer = await api.apply(manifest, kind, dryRun);
  return {
    outcome: isTaken ? "taken" : "refused",
    remark: about(reason),
    warnings: warnings.map(about),
  };
}

/** Says whether a kind that is not served was never brought here, or is one that this API server has no more, or not yet. */
function absent(
  { apiVersion, kind }: Manifest,
  { kinds, groupsOfDefinitions }: Catalogue,
  version: string,
  about: (words: string) => Remark,
): Pick<Verdict, "outcome" | "remark"> {
  const { group } = partsOf(apiVersion);
  const isBuiltIn = (name: string) => formerGroups.has(name) || !groupsOfDefinitions.has(name);
  const isKnown = groupsOfDefinitions.has(group) || formerGroups.has(group) || kinds.some((one) => one.group === group);
  // Ingress has moved from one group of Kubernetes' to another.
  const served = kinds
    .filter(
      (one) => one.kind === kind && (one.group === group || (isKnown && isBuiltIn(group) && isBuiltIn(one.group))),
    )
    .map((one) => (one.group === "" ? one.version : `${one.group}/${one.version}`));
  if (served.length > 0) {
    return { outcome: "refused", remark: about(`${kind} is served as ${served.join(", ")}, and not as ${apiVersion}`) };
  }
  return isKnown && isBuiltIn(group)
    ? { outcome: "refused", remark: about(`Kubernetes ${version} has no ${kind} of ${apiVersion}`) }
    : {
        outcome: "unknown",
        remark: about(`${apiVersion} is of a definition that neither the release nor the checkout has`),
      };
}

/** Groups of Kubernetes' own that are gone as a whole (kubernetes.io, "Deprecated API Migration Guide"). */
const formerGroups = new Set(["extensions", "settings.k8s.io", "auditregistration.k8s.io"]);

function servedAs({ apiVersion, kind }: Manifest, kinds: readonly ServedKind[]): ServedKind | undefined {
  const { group, version } = partsOf(apiVersion);
  return kinds.find((one) => one.group === group && one.version === version && one.kind === kind);
}

function partsOf(apiVersion: string): { group: string; version: string } {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined ? { group: "", version: group } : { group, version };
}

function definedBy({ spec }: Manifest): { group: unknown; kind: unknown } {
  const { group, names }: { group?: unknown; names?: { kind?: unknown } } = spec ?? {};
  return { group, kind: names?.kind };
}

function isDefinition({ manifest: { kind, apiVersion } }: FoundObject): boolean {
  return kind === "CustomResourceDefinition" && apiVersion.startsWith("apiextensions.k8s.io/");
}

function namespacesOf(objects: readonly FoundObject[]): string[] {
  return [...new Set(objects.flatMap(({ manifest: { metadata } }) => metadata.namespace ?? []))];
}

/** Makes a namespace and its usual service account, which pods need: no controller does it here. What is refused there is said of objects in it. */
async function makeNamespace(name: string, { kinds }: Catalogue, api: Api): Promise<void> {
  const objects: readonly Manifest[] = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } },
  ];
  for (const object of objects) {
    const kind = servedAs(object, kinds);
    if (kind !== undefined) {
      await api.apply(object, kind, false);
    }
  }
}

/** Does something with each, a few at a time, and returns what comes of it in the same order. */
async function all<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 8) {
    results.push(...(await Promise.all(items.slice(start, start + 8).map(act))));
  }
  return results;
}
