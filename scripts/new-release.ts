import { incompatibilities } from "../releases/compatibility";
import {
  changedComponents,
  changedProviders,
  componentTitles,
  type Release,
  type ReleaseParts,
} from "../releases/release";

/** Returns what of `next` is another version than in a release, by the names that people call it. */
export function changedParts(next: ReleaseParts, newest: Release): string[] {
  return [
    ...changedComponents(newest, next).map((name) => componentTitles[name]),
    ...changedProviders(newest, next).map((name) => `the provider ${name}`),
  ];
}

/** Returns why `next` can't be a release yet, each a sentence that says what to write into releases/next.ts. */
export function problemsOfNext(name: string, next: ReleaseParts, newest: Release): string[] {
  // Whoever proposes a version changes nothing else, and its day is the one fact that is never the same again.
  const stale = changedComponents(newest, next).filter((part) => next[part].released === newest[part].released);
  return [
    ...(changedParts(next, newest).length === 0
      ? [`has the versions of release ${newest.name}, and no other; a release is made when a version is new`]
      : []),
    ...stale.map(
      (part) =>
        `has ${componentTitles[part]} ${next[part].version} with the facts of ${newest[part].version}; write its 'released', 'supportedUntil' and 'source'`,
    ),
    ...incompatibilities({ ...next, name }),
  ];
}

/** Returns the source of releases/<name>.ts. */
export function releaseSource(name: string, nextSource: string): string {
  const [, parts] = nextSource.split(/^export const next: .*\{\n/m);
  if (parts === undefined) {
    throw new Error("releases/next.ts has no line 'export const next: … = {'");
  }
  return `import type { Release } from "./release";\n\nexport const release: Release = {\n  name: "${name}",\n${parts}`;
}

/** Returns the go.mod from which rehearsals of a release take Cilium's and Karpenter's files: the last release's, with these versions. */
export function upstreamModules(
  { cilium, karpenter }: Pick<ReleaseParts, "cilium" | "karpenter">,
  last: string,
): string {
  return last
    .replace(/(?<=github\.com\/cilium\/cilium v)\S+/, cilium.version)
    .replace(/(?<=github\.com\/aws\/karpenter-provider-aws v)\S+/, karpenter.version);
}

/** Returns the source of releases/all.ts with one more release, the newest. */
export function listedSource(name: string, newest: string, allSource: string): string {
  const [last, added] = [newest, name].map((one) => `r${one.replaceAll("-", "_")}`);
  const imported = (variable: string | undefined, release: string) =>
    `import { release as ${variable} } from "./${release}";\n`;
  return allSource
    .replace(imported(last, newest), (line) => line + imported(added, name))
    .replace(`${last}];`, `${last}, ${added}];`)
    .replace(`newestRelease: Release = ${last};`, `newestRelease: Release = ${added};`);
}
